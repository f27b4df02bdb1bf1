import { useMemo } from 'react';
import type { KeptTest } from '../../model';
import { useStore } from '../../state/store';
import { counted } from '../format';

/** The open draft's tests, why each fails (null: it holds; missing: not judged yet), and all of it in a few words. */
export function useTests(): {
  readonly tests: readonly KeptTest[];
  readonly whyOf: ReadonlyMap<string, string | null>;
  readonly failing: number;
  readonly sentence: string;
  readonly trouble: string | null;
} {
  const tests = useStore((state) => state.doc.tests);
  const { outcomes, trouble } = useStore((state) => state.tests);
  const isStale = useStore((state) => state.analysis.staleSince !== null);
  return useMemo(() => {
    const whyOf = new Map(outcomes.map(({ id, why }) => [id, why]));
    const judged = tests.filter(({ id }) => whyOf.has(id));
    const holding = judged.filter(({ id }) => whyOf.get(id) === null).length;
    const sentence =
      tests.length === 0
        ? 'no tests'
        : judged.length < tests.length
          ? `judging ${counted(tests.length, 'test')}`
          : `${holding} of ${counted(tests.length, 'test')} ${isStale ? 'held' : tests.length === 1 ? 'holds' : 'hold'}`;
    return { tests, whyOf, failing: judged.length - holding, sentence, trouble };
  }, [tests, outcomes, trouble, isStale]);
}
