import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { Icon } from '../Icon';
import { explained, isLoadFailure, toldOf } from './load-failure';

export interface PartAction {
  readonly name: string;
  readonly run: () => void;
}

/** What can be done about any failed part, beside reloading and trying again: the application gives it (copy the text). */
export const PartActions = createContext<readonly PartAction[]>([]);

interface FailedProps {
  /** With its article, at the beginning of a sentence: "The guide". */
  readonly name: string;
  readonly error: unknown;
  /** What still holds, in a sentence. */
  readonly holds?: string;
  /** Draws the part anew; absent: only a reload does. */
  readonly onAgain?: () => void;
  /** A way around it: fold it, close it, go back. */
  readonly leave?: PartAction | undefined;
  /** It stands for a whole page. */
  readonly isPage?: boolean;
  /** More for whoever asks for help, below what happened. */
  readonly details?: string;
  readonly children?: ReactNode;
}

/** In the place of a part that could not be shown: what happened, what still holds, what can be done, in that order. */
export function Failed({
  name,
  error,
  holds = 'Your text is safe; all else goes on working.',
  onAgain,
  leave,
  isPage = false,
  details,
  children,
}: FailedProps) {
  const [told, setTold] = useState(() => toldOf(error));
  const actions = useContext(PartActions);
  useEffect(() => {
    let isWanted = true;
    void explained(error).then((more) => isWanted && setTold(more));
    return () => {
      isWanted = false;
    };
  }, [error]);
  const title = `${name} ${isLoadFailure(error) ? 'could not be loaded' : 'stopped while drawing'}`;
  return (
    <div className="failed" role="alert">
      {isPage ? (
        <h1>
          <Icon name="error" className="error" /> {title}
        </h1>
      ) : (
        <p>
          <strong>
            <Icon name="error" className="error" /> {title}.
          </strong>
        </p>
      )}
      <p>
        {told.why} {holds}
      </p>
      {children}
      <div className="acts">
        <button type="button" className="btn" onClick={() => location.reload()}>
          {told.isReplaced ? 'Reload, with the newer version' : 'Reload'}
        </button>
        {onAgain === undefined ? null : (
          <button type="button" className="btn" onClick={onAgain}>
            Try again
          </button>
        )}
        {[...actions, ...(leave === undefined ? [] : [leave])].map((action) => (
          <button key={action.name} type="button" className="btn plain" onClick={action.run}>
            {action.name}
          </button>
        ))}
      </div>
      <details>
        <summary>What happened</summary>
        <pre>{[told.details, details].filter(Boolean).join('\n')}</pre>
      </details>
    </div>
  );
}
