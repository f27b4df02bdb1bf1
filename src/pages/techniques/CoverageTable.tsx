import { useMemo } from 'react';
import { VENDORS } from '../../knowledge/families';
import { tacticName } from '../../panels/names';
import { VendorCounts } from '../../panels/Vendor';
import { pathOf } from '../../state/links/routes';
import { countColumn, shareColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { RowLink } from '../../ui/table/InRow';
import { type Cell, isLacking, type TacticColumn } from './matrixOf';

interface CoverageTableProps {
  readonly columns: readonly TacticColumn[];
  readonly isDim: (cell: Cell) => boolean;
}

const FIRST = 60;
const othersOf = ({ rules, yours }: Cell): number => rules - yours;

/** The reader's own rules beside all others', a technique a row: first where others have most and the reader none. */
export function CoverageTable({ columns: tactics, isDim }: CoverageTableProps) {
  const rows = useMemo<readonly Cell[]>(() => {
    const cells = new Map(tactics.flatMap((tactic) => tactic.cells.map((cell) => [cell.technique.id, cell] as const)));
    return [...cells.values()]
      .filter((cell) => cell.rules > 0 && !isDim(cell))
      .sort((a, b) => Number(isLacking(b)) - Number(isLacking(a)) || othersOf(b) - othersOf(a) || (a.technique.id < b.technique.id ? -1 : 1));
  }, [tactics, isDim]);
  const columns = useMemo<readonly Column<Cell>[]>(() => {
    const most = Math.max(1, ...rows.map(othersOf));
    return [
      column<Cell>('technique', 'Technique', ({ technique }) => technique.id, {
        rowHead: true,
        cell: ({ technique }) => (
          <RowLink href={`#${pathOf.technique(technique.id)}`}>
            {technique.id} {technique.name}
          </RowLink>
        ),
      }),
      column<Cell>('tactic', 'Tactic', ({ technique }) => technique.today.map(tacticName).join(', '), { className: 'clipped second' }),
      countColumn<Cell>('yours', 'Yours', ({ yours }) => yours, { width: 'var(--col-mark)', sortable: true }),
      shareColumn<Cell>('others', "Others'", othersOf, most, { width: 'var(--col-reach-wide)', sortable: true }),
      column<Cell>('vendors', "Others' by vendor", othersOf, {
        cell: ({ technique }) => <VendorCounts counts={VENDORS.map((_, at) => (technique.perVendor[at] ?? 0) - (technique.yours[at] ?? 0))} />,
      }),
    ];
  }, [rows]);
  if (rows.length === 0) return <p className="hint">No technique meets these filters. Take one of them away.</p>;
  return <DataTable label="Your coverage" className="fixed" columns={columns} rows={rows} keyOf={({ technique }) => technique.id} first={FIRST} />;
}
