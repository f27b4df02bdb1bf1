import { useMemo } from 'react';
import type { GuidePlace, GuideValueRow } from '../../model';
import { fieldGroup, GROUPED } from '../../panels/fieldGroup';
import { grouped } from '../../panels/guide/guideRows';
import { RulesBehind } from '../../panels/rules/RulesBehind';
import { keyOf } from '../../state/catalog-state';
import { countColumn, kindColumn, nameColumn, reachColumn, valueColumn } from '../../ui/table/columns';
import type { Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { useSingle } from '../../ui/useMedia';

interface WideValuesProps {
  readonly labelledBy: string;
  readonly under: GuidePlace;
  readonly rows: readonly GuideValueRow[];
  readonly first: number;
}

const NONE: readonly string[] = [];

/** A guide's values with room for the field in every row; a row opens to the rules behind it. */
export function WideValues({ labelledBy, under, rows, first }: WideValuesProps) {
  const columns = useMemo<readonly Column<GuideValueRow>[]>(
    () => [
      nameColumn('field', 'Field', (row) => row.field, { width: 'var(--col-field-guide)' }),
      kindColumn('kind', 'Kind', (row) => row.kind, { width: 'var(--col-kind)' }),
      valueColumn('value', 'Value', (row) => row.value, { opens: true }),
      countColumn('rules', 'Rules here', (row) => row.rules, {
        title: 'Rules under this technique',
      }),
      reachColumn('reach', 'Corpus reach', (row) => row.reach, {
        width: 'var(--col-reach-wide)',
        note: (row) => (row.reach === row.rules ? 'only here' : undefined),
      }),
    ],
    [],
  );
  const single = useSingle();
  const inGroups = useMemo(() => grouped(rows), [rows]);
  return (
    <DataTable
      labelledBy={labelledBy}
      className="fixed tops"
      columns={columns}
      rows={single ? inGroups : rows}
      hidden={single ? GROUPED : NONE}
      groupOf={single ? (row) => fieldGroup(row) : undefined}
      keyOf={keyOf}
      first={first}
      detailOf={(row) => <RulesBehind triple={row} polarity="indicator" under={under} reach={row.reach} />}
    />
  );
}
