import { useEffect, useState } from 'react';
import type { DraftAnswer, Registry } from '../../model';
import { analysed, MAX_ANALYSED, registryOf } from '../../state/threads/analysis';
import { linkOfEmbedded } from '../../state/links/link-address';
import { openLink } from '../../state/links/permalink';

/** The rule that the address holds, read. */
export type Embedded =
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'here'; readonly text: string; readonly format: string; readonly answer: DraftAnswer };

const FAILED = 'The rule could not be analysed: what reads it did not come, or did not come to an end. Reload to try again.';

/** Reads the rule of the address once; nothing of it is kept. */
export function useEmbedded(): Embedded {
  const [embedded, setEmbedded] = useState<Embedded>({ kind: 'reading' });
  useEffect(() => {
    let isWanted = true;
    read(location.hash).then(
      (found) => isWanted && setEmbedded(found),
      () => isWanted && setEmbedded({ kind: 'failed', message: FAILED }),
    );
    return () => {
      isWanted = false;
    };
  }, []);
  return embedded;
}

async function read(hash: string): Promise<Embedded> {
  const { formats }: Registry = await registryOf();
  const opened = openLink(linkOfEmbedded(hash), (id) => formats.some((format) => format.id === id));
  if (opened.kind === 'problem') return { kind: 'failed', message: opened.message };
  const { text, format } = opened;
  if (text.length > MAX_ANALYSED) return { kind: 'failed', message: 'This rule is too long to be analysed. Open it in Rulewright to read it.' };
  const answer = await analysed({ text, format, path: '', macros: '' });
  return { kind: 'here', text, format: formats.find(({ id }) => id === format)?.label ?? format, answer };
}
