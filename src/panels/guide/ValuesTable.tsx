import { useMemo } from 'react';
import type { GuideValueRow, Triple } from '../../model';
import { keyOf } from '../../state/corpus';
import { Mark } from '../../ui/Mark';
import { countColumn, reachColumn, valueColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import type { Group } from '../../ui/table/itemsOf';
import { RulesBehind } from '../rules/RulesBehind';
import { AddButton } from './AddButton';

interface ValuesTableProps {
  readonly labelledBy: string;
  readonly technique: string;
  readonly polarity: 'indicator' | 'exclusion';
  /** Those of one field and kind together. */
  readonly rows: readonly GuideValueRow[];
  readonly first: number;
}

const groupOf = (row: Triple): Group => ({
  key: `${row.field} ${row.kind}`,
  head: (
    <>
      {row.field} <span className="label">{row.kind}</span>
    </>
  ),
});

const marked = (polarity: ValuesTableProps['polarity']): Column<GuideValueRow> =>
  column('mark', 'Draft', (row) => row.mark, {
    end: true,
    className: 'act',
    width: 'var(--col-mark)',
    cell: (row) => (
      <>
        {row.mark === 'missing' || row.mark === 'near' ? <AddButton row={row} polarity={polarity} /> : null}
        {row.mark === null ? null : <Mark kind={row.mark} />}
      </>
    ),
  });

/** Values the technique's rules look for, or exclude, beside the draft: grouped by field and kind, since width is short here. */
export function ValuesTable({ labelledBy, technique, polarity, rows, first }: ValuesTableProps) {
  const columns = useMemo<readonly Column<GuideValueRow>[]>(
    () => [
      valueColumn('value', polarity === 'indicator' ? 'Value' : 'Excluded value', (row) => row.value, { opens: true }),
      countColumn('rules', 'Here', (row) => row.rules, { width: 'var(--col-narrow)', title: 'Rules under this technique' }),
      reachColumn('reach', 'Corpus reach', (row) => row.reach),
      marked(polarity),
    ],
    [polarity],
  );
  return (
    <DataTable
      labelledBy={labelledBy}
      className="fixed"
      columns={columns}
      rows={rows}
      keyOf={keyOf}
      groupOf={groupOf}
      first={first}
      detailOf={(row) => <RulesBehind triple={row} polarity={polarity} technique={technique} reach={row.reach} />}
    />
  );
}
