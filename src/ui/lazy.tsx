import { type ComponentType, useEffect, useState } from 'react';

/**
 * A component whose code is fetched when it is first drawn, an empty page in its place meanwhile. Unlike a suspended one it appears as soon as it is there:
 * React holds back what follows a fallback for three tenths of a second.
 */
export function lazyPage<Props extends object>(load: () => Promise<{ readonly default: ComponentType<Props> }>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const [outcome, setOutcome] = useState<{ readonly error?: unknown }>({});
    useEffect(() => {
      if (loaded !== null) return undefined;
      let isWanted = true;
      load().then(
        (module) => {
          loaded = module.default;
          if (isWanted) setOutcome({});
        },
        (error: unknown) => isWanted && setOutcome({ error }),
      );
      return () => {
        isWanted = false;
      };
    }, []);
    if (outcome.error !== undefined) throw outcome.error;
    const Loaded = loaded;
    return Loaded === null ? <main className="page" /> : <Loaded {...props} />;
  };
}
