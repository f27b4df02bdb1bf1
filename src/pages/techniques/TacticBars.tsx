import { useMemo } from 'react';
import { tacticName } from '../../panels/names';
import { countColumn, nameColumn, shareColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { VendorCounts } from '../../panels/Vendor';
import type { TacticColumn } from './matrixOf';

interface Row {
  readonly tactic: string;
  readonly techniques: number;
  readonly without: number;
  /** Tags under the tactic: a rule counts once for each technique it is tagged with. */
  readonly tags: number;
  readonly perVendor: readonly number[];
}

/** The tactics as bars: how much is tagged under each, by whom, and how many of its techniques no rule covers. */
export function TacticBars({ columns: tactics }: { readonly columns: readonly TacticColumn[] }) {
  const rows = useMemo<readonly Row[]>(
    () =>
      tactics.map(({ tactic, cells, techniques, without }) => {
        const own = cells.filter(({ isSub }) => !isSub);
        return {
          tactic,
          techniques,
          without,
          tags: own.reduce((sum, { rules }) => sum + rules, 0),
          perVendor: [0, 1, 2, 3].map((vendor) => own.reduce((sum, { technique }) => sum + (technique.perVendor[vendor] ?? 0), 0)),
        };
      }),
    [tactics],
  );
  const columns = useMemo<readonly Column<Row>[]>(() => {
    const most = Math.max(1, ...rows.map(({ tags }) => tags));
    return [
      nameColumn('tactic', 'Tactic', (row) => tacticName(row.tactic), { rowHead: true, width: 'var(--col-field-page)', sortable: true }),
      shareColumn('tags', 'Tags of rules', (row) => row.tags, most, { width: 'var(--col-reach-wide)', sortable: true }),
      column('vendors', 'By vendor', (row) => row.tags, { cell: (row) => <VendorCounts counts={row.perVendor} /> }),
      countColumn('techniques', 'Techniques', (row) => row.techniques, { width: 'var(--col-mark)', sortable: true }),
      countColumn('without', 'Without rules', (row) => row.without, { width: 'var(--col-mark)', sortable: true }),
    ];
  }, [rows]);
  return <DataTable label="Tactics" className="fixed" columns={columns} rows={rows} keyOf={(row) => row.tactic} />;
}
