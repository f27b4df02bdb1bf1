import { useEffect, useState } from 'react';
import type { StageRows } from '../../model';
import { useStore } from '../../state/store';
import { askSamples } from '../../state/threads/samples';

/** What leaves a stage, by its place, asked again as the draft is judged; null: nothing is chosen, or it cannot be told. */
export function useStageRows(at: number | null): StageRows | null {
  const judged = useStore((state) => state.samples.judged);
  const [rows, setRows] = useState<StageRows | null>(null);
  useEffect(() => {
    let isOver = false;
    const found = at === null || judged === null ? Promise.resolve(null) : askSamples((api) => api.stage(at)).catch(() => null);
    void found.then((answer) => (isOver ? undefined : setRows(answer)));
    return () => {
      isOver = true;
    };
  }, [at, judged]);
  return rows;
}
