import { useEffect, useState } from 'react';
import type { AnalysisApi } from '../../model';
import { useStore } from '../store';
import { askAnalysis } from './analysis';
import { askSamples } from './samples';

/** What two texts of the open draft do not mean alike. */
interface Told {
  readonly about: readonly [before: string, after: string];
  /** Null: one of them holds no rule. */
  readonly changes: ReturnType<AnalysisApi['changes']>;
  /** How many of the draft's tests each of them passes; null where it has none. */
  readonly tests: readonly [before: number, after: number] | null;
  readonly error: string | null;
}

const JUDGING = 30_000;

/** What one text of the open draft means beside another, rule by rule; null while it is told. */
export function useChanges(before: string, after: string): Told | null {
  const { format, path, tests } = useStore((state) => state.doc);
  const macros = useStore((state) => state.macros);
  const [told, setTold] = useState<Told | null>(null);
  useEffect(() => {
    if (format === null) return undefined;
    let isWanted = true;
    const holding = async (text: string): Promise<number> =>
      (await askSamples((api) => api.judgeTests({ text, format, path, macros }, tests), JUDGING)).filter(({ why }) => why === null).length;
    const ask = async (): Promise<Told> => {
      const changes = await askAnalysis((api) => api.changes({ before, after, format }));
      return { about: [before, after], changes, tests: tests.length === 0 ? null : [await holding(before), await holding(after)], error: null };
    };
    ask().then(
      (answer) => isWanted && setTold(answer),
      () =>
        isWanted &&
        setTold({ about: [before, after], changes: null, tests: null, error: 'What it means could not be told now. Choose another text to try again.' }),
    );
    return () => {
      isWanted = false;
    };
  }, [before, after, format, path, macros, tests]);
  return told?.about[0] === before && told.about[1] === after ? told : null;
}
