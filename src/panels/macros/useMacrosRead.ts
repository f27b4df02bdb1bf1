import { useEffect, useState } from 'react';
import type { MacrosRead } from '../../model';
import { askAnalysis } from '../../state/threads/analysis';

/** What a macros.conf gives; `about` is the text its places are in. Null: not known yet. The last answer stays until the next is there. */
export function useMacrosRead(conf: string): (MacrosRead & { readonly about: string }) | null {
  const [read, setRead] = useState<(MacrosRead & { readonly about: string }) | null>(null);
  useEffect(() => {
    let isWanted = true;
    askAnalysis((api) => api.macrosOf(conf)).then(
      (found) => isWanted && setRead({ ...found, about: conf }),
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [conf]);
  return read;
}
