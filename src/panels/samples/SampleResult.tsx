import { useStore } from '../../state/store';
import { chooseSample } from '../../state/threads/samples';
import { DataTable } from '../../ui/table/DataTable';
import { column, type Column } from '../../ui/table/features';
import { ResultRows, ResultStrip } from './ResultRows';

/** What a pipeline ends in, and matches of several events. */
export function SampleResult() {
  const judged = useStore((state) => state.samples.judged);
  const table = judged?.table ?? null;
  const sequences = judged?.sequences ?? [];
  const strip = judged?.strip ?? null;
  return (
    <>
      {strip === null || (table === null && sequences.length === 0) ? null : (
        <ResultStrip what={table === null ? 'Sequences by their first sample' : 'Rows by their time'} strip={strip} />
      )}
      {table === null ? null : (
        <section aria-label="Result rows">
          <h3>{`${table.total.toLocaleString('en')} result ${table.total === 1 ? 'row' : 'rows'}`}</h3>
          <ResultRows label="Result rows" table={table} />
        </section>
      )}
      {sequences.length === 0 ? null : (
        <section aria-label="Matched sequences">
          <h3>{`${sequences.length.toLocaleString('en')} matched ${sequences.length === 1 ? 'sequence' : 'sequences'}`}</h3>
          <DataTable label="Matched sequences" columns={SEQUENCE} rows={sequences} keyOf={(row, index) => `${index} ${row.join()}`} first={20} />
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
