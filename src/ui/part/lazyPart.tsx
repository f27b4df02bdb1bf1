import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { Boundary } from './Boundary';
import { Failed, type PartAction } from './Failed';
import { loadFailure } from './load-failure';

interface LazyPartOptions<Props> {
  /** With its article, at the beginning of a sentence: "The guide". */
  readonly name: string;
  /** Stands in its place until it is there. */
  readonly waiting?: (props: Props) => ReactNode;
  /** A way around it when it fails. */
  readonly leave?: (props: Props) => PartAction;
  /** Where it says that it failed: `part`: in its place; `page`: as a page; `over`: over the page, for what floats; `rows`: as a row under those that wait. */
  readonly place?: 'part' | 'page' | 'over' | 'rows';
}

/**
 * A component whose code is fetched when it is first drawn, and that says so in its place when it cannot be. Unlike a suspended one it appears as soon
 * as it is there (React holds back what follows a fallback for three tenths of a second), and a fetch that failed is tried again.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  { name, waiting, leave, place = 'part' }: LazyPartOptions<Props>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;

  function Later(props: Props) {
    const [failure, setFailure] = useState<Error | null>(null);
    const [, setLoaded] = useState(loaded !== null);
    useEffect(() => {
      if (loaded !== null) return undefined;
      let isWanted = true;
      load().then(
        (module) => {
          loaded = module.default;
          if (isWanted) setLoaded(true);
        },
        (error: unknown) => isWanted && setFailure(loadFailure(error)),
      );
      return () => {
        isWanted = false;
      };
    }, []);
    if (failure !== null) throw failure;
    const Loaded = loaded;
    return Loaded === null ? (waiting?.(props) ?? null) : <Loaded {...props} />;
  }

  return function Guarded(props: Props) {
    const failed = (error: unknown, again: () => void): ReactNode => {
      const said = <Failed name={name} error={error} onAgain={again} leave={leave?.(props)} isPage={place === 'page'} />;
      switch (place) {
        case 'part':
          return said;
        case 'page':
          return (
            <main id="main" className="page" tabIndex={-1}>
              {said}
            </main>
          );
        case 'over':
          return <div className="pop dialog over">{said}</div>;
        case 'rows':
          return (
            <>
              {waiting?.(props)}
              <tbody>
                <tr>
                  <td colSpan={99}>{said}</td>
                </tr>
              </tbody>
            </>
          );
        default:
          return place satisfies never;
      }
    };
    return (
      <Boundary failed={failed}>
        <Later {...props} />
      </Boundary>
    );
  };
}
