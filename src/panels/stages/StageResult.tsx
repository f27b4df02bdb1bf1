import { counted } from '../format';
import { CopyRows, ResultRows } from '../samples/ResultRows';
import type { StageCounts } from './stageCounts';
import type { StageRow } from './stageRows';
import { useStageRows } from './useStageRows';

interface StageResultProps {
  readonly row: StageRow;
  /** The place of its last stage. */
  readonly at: number;
  readonly counts: StageCounts;
}

/** The rows that leave a stage of a pipeline. */
export function StageResult({ row, at, counts }: StageResultProps) {
  const found = useStageRows(at);
  const before = counts.get(row.stages[0]!.span.start)?.before ?? null;
  if (found === null || before === null) return null;
  const { total, more, strip } = found;
  const name = `After stage ${row.number}`;
  return (
    <section className="stageresult" aria-label={name}>
      <header className="resulthead">
        <h2>
          {`${name}: ${row.kind}`}
          <span className="label">
            {`${counted(total, 'row')} of ${before.toLocaleString('en')}`}
            {more > 0 ? `; ${counted(more, 'column')} more` : ''}
          </span>
        </h2>
        <CopyRows stage={at} />
      </header>
      <ResultRows label={`Rows after stage ${row.number}`} table={found} strip={strip} />
    </section>
  );
}
