import { useMemo } from 'react';
import type { SampleStrip, SampleTable } from '../../model';
import { copied } from '../../state/clipboard';
import { notify } from '../../state/notices';
import { askSamples } from '../../state/threads/samples';
import { valueColumn } from '../../ui/table/columns';
import type { Column } from '../../ui/table/features';
import { counted } from '../format';
import { TimedTable } from './TimedTable';

type ResultRow = readonly string[];

interface ResultRowsProps {
  readonly label: string;
  readonly table: SampleTable;
  readonly strip: SampleStrip | null;
}

/** Rows of a pipeline. */
export function ResultRows({ label, table: { columns: names, rows }, strip }: ResultRowsProps) {
  const columns = useMemo<readonly Column<ResultRow>[]>(
    () => names.map((name, at) => valueColumn<ResultRow>(`column ${name}`, name, (row) => row[at] ?? '')),
    [names],
  );
  return <TimedTable label={label} columns={columns} rows={rows} what="Rows by their time" strip={strip} />;
}

/** Copies all rows with all their columns, those that leave a stage where one is given: what the table cuts short is whole. */
export const CopyRows = ({ stage }: { readonly stage: number | null }) => (
  <button type="button" className="btn plain" onClick={() => void copyRows(stage)}>
    Copy as CSV
  </button>
);

async function copyRows(stage: number | null): Promise<void> {
  const csv = await askSamples((api) => api.csv(stage)).catch(() => null);
  if (csv === null || !(await copied(csv.text))) notify('error', 'The rows could not be copied. Try again.');
  else
    notify(
      'info',
      csv.rows < csv.total ? `The first ${counted(csv.rows, 'row')} of ${csv.total.toLocaleString('en')} copied.` : `${counted(csv.rows, 'row')} copied.`,
    );
}
