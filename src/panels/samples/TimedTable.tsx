import type { RowData } from '@tanstack/react-table';
import { useState } from 'react';
import type { SampleStrip } from '../../model';
import { DataTable } from '../../ui/table/DataTable';
import type { Column } from '../../ui/table/features';
import { TimeStrip } from '../../ui/TimeStrip';
import { stampOf } from './sampleColumns';

interface TimedTableProps<Row extends RowData> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** What the strip counts. */
  readonly what: string;
  /** When the rows were; null: they do not say. */
  readonly strip: SampleStrip | null;
}

/** So many rows first, the rest on request. */
const FIRST = 20;

/** Rows below the time they are of: the chosen row is lit in the strip, and a place of the strip chooses its first row. */
export function TimedTable<Row extends RowData>({ label, columns, rows, what, strip }: TimedTableProps<Row>) {
  const [chosen, setChosen] = useState<{ readonly rows: readonly Row[]; readonly at: number } | null>(null);
  const at = chosen?.rows === rows ? chosen.at : -1;
  const part = strip?.of[at] ?? null;
  const count = part === null ? '' : `; the chosen row's part has ${strip!.parts[part]!.toLocaleString('en')}`;
  return (
    <>
      {strip === null ? null : (
        <figure className="resultstrip">
          <TimeStrip parts={strip.parts} lit={part} onChoose={(place) => setChosen({ rows, at: strip.of.indexOf(place) })} />
          <figcaption>{`${what}, ${stampOf(strip.from)} to ${stampOf(strip.to)} UTC${count}`}</figcaption>
        </figure>
      )}
      <DataTable
        label={label}
        className="fixed"
        columns={columns}
        rows={rows}
        keyOf={(_row, index) => String(index)}
        first={FIRST}
        lit={at}
        onChoose={(row) => setChosen({ rows, at: rows.indexOf(row) })}
      />
    </>
  );
}
