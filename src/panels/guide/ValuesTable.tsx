import { useMemo } from 'react';
import type { GuidePlace, GuideValueRow, Triple } from '../../model';
import { keyOf } from '../../state/catalog-state';
import { Mark } from '../../ui/Mark';
import { countColumn, reachColumn, valueColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { fieldGroup } from '../fieldGroup';
import { RulesBehind } from '../rules/RulesBehind';
import { AddButton } from './AddButton';

interface ValuesTableProps {
  readonly label: string;
  readonly under: GuidePlace;
  readonly polarity: 'indicator' | 'exclusion';
  /** Those of one field and kind together. */
  readonly rows: readonly GuideValueRow[];
  readonly first: number;
  /** Beside a draft: how each row stands to it, and Add. */
  readonly beside: boolean;
}

const MARK: readonly string[] = ['mark'];
const NOTHING: readonly string[] = [];

const groupOf = (row: Triple) => fieldGroup(row);

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

/** Why a row is not offered, and the way that would make sense. */
const Contradiction = ({ row, polarity }: { readonly row: GuideValueRow; readonly polarity: ValuesTableProps['polarity'] }) =>
  polarity === 'exclusion' ? (
    <p className="hint">The draft asks for nothing else: with this exclusion it would match no event.</p>
  ) : (
    <p className="hint">
      The draft asks for another {row.field}, and one event has one: beside it, this would never hold. As another value of the same list it would match other
      events. <AddButton row={row} polarity={polarity} name="Add as an alternative" />
    </p>
  );

/** Values the technique's rules look for, or exclude, beside the draft: grouped by field and kind, since width is short here. */
export function ValuesTable({ label, under, polarity, rows, first, beside }: ValuesTableProps) {
  const columns = useMemo<readonly Column<GuideValueRow>[]>(
    () => [
      valueColumn('value', polarity === 'indicator' ? 'Value' : 'Excluded value', (row) => row.value, { opens: true }),
      countColumn('rules', beside ? 'Here' : 'Rules here', (row) => row.rules, {
        width: beside ? 'var(--col-narrow)' : 'var(--col-count)',
        title: 'Rules under this technique',
      }),
      reachColumn('reach', 'Corpus reach', (row) => row.reach),
      marked(polarity),
    ],
    [polarity, beside],
  );
  return (
    <DataTable
      label={label}
      className="fixed"
      columns={columns}
      rows={rows}
      keyOf={keyOf}
      groupOf={groupOf}
      hidden={beside ? NOTHING : MARK}
      first={first}
      detailOf={(row) => (
        <>
          {row.mark === 'contradicts' ? <Contradiction row={row} polarity={polarity} /> : null}
          <RulesBehind triple={row} polarity={polarity} under={under} reach={row.reach} />
        </>
      )}
    />
  );
}
