import { useEffect, useState } from 'react';
import type { DraftAnswer, RuleFacts } from '../../model';
import { analysed } from '../../state/threads/analysis';
import { fetchText, reasonOf } from '../../state/drafts/rule-text';

/** A rule's own text: from the catalog when it holds texts, else from its pinned public source when the reader asks. */
export type SourceText =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'asked' }
  /** `isOther`: what it says is not what the catalog says of the rule. */
  | { readonly kind: 'here'; readonly text: string; readonly answer: DraftAnswer | null; readonly isOther: boolean }
  | { readonly kind: 'failed'; readonly message: string };

/** Whether a text is not the one the catalog's facts were read from: it has no such rule, another ID or title, or says more or less. */
export function isOtherText(
  { id, title, ordinal, leaves, kind }: Pick<RuleFacts, 'id' | 'title' | 'ordinal' | 'leaves'> & { readonly kind?: RuleFacts['kind'] },
  answer: Pick<DraftAnswer, 'reports'> | null,
): boolean {
  if (answer === null) return false;
  const report = answer.reports[ordinal];
  if (report === undefined) return true;
  const { meta } = report.rule;
  return (
    (id !== '' && meta.id !== id) ||
    (id === '' && meta.title !== '' && meta.title !== title) ||
    (kind !== 'no query text' && report.leaves.length !== leaves.length)
  );
}

const answerOf = async (text: string, path: string): Promise<DraftAnswer | null> => analysed({ text, format: null, path, macros: '' }).catch(() => null);

/** The text and its analysis, and what asks for it. */
export function useSourceText(facts: RuleFacts): readonly [SourceText, () => void] {
  const [held, setHeld] = useState<{ readonly index: number; readonly source: SourceText }>({ index: -1, source: { kind: 'unasked' } });
  const source = held.index === facts.index ? held.source : facts.text === null ? ({ kind: 'unasked' } as const) : ({ kind: 'asked' } as const);
  const { index, path, text: own } = facts;
  useEffect(() => {
    if (own === null) return undefined;
    let isWanted = true;
    void answerOf(own, path).then((answer) => isWanted && setHeld({ index, source: { kind: 'here', text: own, answer, isOther: false } }));
    return () => {
      isWanted = false;
    };
  }, [index, path, own]);
  const ask = (): void => {
    const keep = (next: SourceText): void => setHeld({ index, source: next });
    keep({ kind: 'asked' });
    fetchText(facts.url).then(
      async (text) => {
        const answer = await answerOf(text, path);
        keep({ kind: 'here', text, answer, isOther: isOtherText(facts, answer) });
      },
      (error: unknown) => keep({ kind: 'failed', message: reasonOf(error) }),
    );
  };
  return [source, ask];
}
