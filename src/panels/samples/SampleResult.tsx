import { useStore } from '../../state/store';
import { chooseSample } from '../../state/threads/samples';
import { column, type Column } from '../../ui/table/features';
import { counted } from '../format';
import { CopyRows, ResultRows } from './ResultRows';
import { TimedTable } from './TimedTable';

/** What a pipeline ends in, and matches of several events. */
export function SampleResult() {
  const judged = useStore((state) => state.samples.judged);
  const table = judged?.table ?? null;
  const sequences = judged?.sequences ?? [];
  const strip = judged?.strip ?? null;
  return (
    <>
      {table === null ? null : (
        <section aria-label="Result rows">
          <header className="resulthead">
            <h3>{counted(table.total, 'result row')}</h3>
            <CopyRows stage={null} />
          </header>
          <ResultRows label="Result rows" table={table} strip={strip} />
        </section>
      )}
      {sequences.length === 0 ? null : (
        <section aria-label="Matched sequences">
          <h3>{counted(sequences.length, 'matched sequence')}</h3>
          <TimedTable label="Matched sequences" columns={SEQUENCE} rows={sequences} what="Sequences by their first sample" strip={strip} />
        </section>
      )}
    </>
  );
}

const SEQUENCE: readonly Column<readonly (number | null)[]>[] = [
  column('events', 'Samples in order', (row) => row.map((number) => (number === null ? 'none' : number + 1)).join(' '), {
    cell: (row) => (
      <span className="sequence">
        {row.map((number, at) =>
          number === null ? (
            <span key={at} className="label">
              none
            </span>
          ) : (
            <button key={at} type="button" className="link" onClick={() => chooseSample(number)}>
              {number + 1}
            </button>
          ),
        )}
      </span>
    ),
  }),
];
