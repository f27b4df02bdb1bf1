import type { ReactNode } from 'react';
import { fold } from '../../state/settings';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';

interface FolderProps {
  readonly name: string;
  readonly count: number;
  /** The rail is a strip of letters: every folder is open, and has no head. */
  readonly isStrip: boolean;
  /** What is looked for is shown, folded or not. */
  readonly isSearched: boolean;
  readonly menu?: ReactNode;
  readonly children: ReactNode;
}

/** Rows of the rail under a name that folds them; it stays as it was left. */
export function Folder({ name, count, isStrip, isSearched, menu, children }: FolderProps) {
  const isFolded = useStore((state) => state.preferences.folded.includes(name)) && !isSearched && !isStrip;
  return (
    <section className="folder" aria-label={name}>
      {isStrip ? null : (
        <header>
          <h3>
            <button type="button" className="inset-focus" aria-expanded={!isFolded} onClick={() => fold(name, !isFolded)}>
              <Icon name={isFolded ? 'right' : 'down'} size="tiny" />
              <span className="clip">{name}</span>
              <span className="count">{count.toLocaleString('en')}</span>
            </button>
          </h3>
          {menu}
        </header>
      )}
      {isFolded ? null : <ul className="walk">{children}</ul>}
    </section>
  );
}
