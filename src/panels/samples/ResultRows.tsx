import { useMemo } from 'react';
import type { SampleStrip, SampleTable } from '../../model';
import { DataTable } from '../../ui/table/DataTable';
import { valueColumn } from '../../ui/table/columns';
import type { Column } from '../../ui/table/features';
import { TimeStrip } from '../../ui/TimeStrip';
import { stampOf } from './sampleColumns';

type ResultRow = readonly string[];

/** Rows of a pipeline. */
export function ResultRows({ label, table: { columns: names, rows } }: { readonly label: string; readonly table: SampleTable }) {
  const columns = useMemo<readonly Column<ResultRow>[]>(
    () => names.map((name, at) => valueColumn<ResultRow>(`column ${name}`, name, (row) => row[at] ?? '')),
    [names],
  );
  return <DataTable label={label} className="fixed" columns={columns} rows={rows} keyOf={(_row, index) => String(index)} first={20} />;
}

/** When rows or sequences were. */
export const ResultStrip = ({ what, strip: { parts, from, to } }: { readonly what: string; readonly strip: SampleStrip }) => (
  <figure className="resultstrip">
    <TimeStrip parts={parts} />
    <figcaption>{`${what}, ${stampOf(from)} to ${stampOf(to)} UTC`}</figcaption>
  </figure>
);
