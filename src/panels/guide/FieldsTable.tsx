import { useMemo } from 'react';
import type { GuideFieldRow, GuideValueRow } from '../../model';
import { nameColumn, shareColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { Mark } from '../../ui/Mark';
import { useSingle } from '../../ui/useMedia';
import { AddButton } from './AddButton';
import { isLacked } from './guideRows';

interface FieldsTableProps {
  readonly labelledBy: string;
  readonly rows: readonly GuideFieldRow[];
  /** Values, so that a field the draft lacks can be added with its commonest; none: it cannot. */
  readonly values?: readonly GuideValueRow[];
  /** Rules the counts are a part of. */
  readonly of: number;
  readonly first: number;
  /** Beside a draft: the mark shows; how they are compared and with what does not. */
  readonly beside: boolean;
}

const NO_VALUES: readonly GuideValueRow[] = [];

const howOf = (row: GuideFieldRow): string => row.how.map(([kind, rules]) => `${kind} ${rules}`).join(', ');
const fieldOf = (row: GuideFieldRow): string => row.field;

/** Fields the technique's rules filter on, how, and with which values. */
export function FieldsTable({ labelledBy, rows, values = NO_VALUES, of, first, beside }: FieldsTableProps) {
  const single = useSingle();
  const columns = useMemo<readonly Column<GuideFieldRow>[]>(
    () => [
      nameColumn('field', 'Field', fieldOf, { rowHead: true, width: beside ? undefined : single ? 'var(--col-field-guide)' : 'var(--col-field-wide)' }),
      shareColumn('rules', beside ? 'Rules' : `Rules, of ${of.toLocaleString('en')}`, (row) => row.rules, of, {
        width: beside ? 'var(--col-bar)' : 'var(--col-reach)',
      }),
      column('how', 'How', howOf, { className: 'second', width: 'var(--col-how)' }),
      column('samples', 'Sample values', (row) => row.samples.join(', '), {
        className: 'value second',
        cell: (row) => (
          <span className="clamp" title={row.samples.join(', ')}>
            {row.samples.join(', ')}
          </span>
        ),
      }),
      column('mark', 'Draft', (row) => row.mark, {
        end: true,
        className: 'act',
        width: 'var(--col-mark)',
        cell: ({ field, mark }) => {
          const best = mark === 'missing' ? values.find((row) => row.field === field && row.value !== '' && isLacked(row)) : undefined;
          return (
            <>
              {best === undefined ? null : <AddButton row={best} polarity="indicator" />}
              {mark === null ? null : <Mark kind={mark} />}
            </>
          );
        },
      }),
    ],
    [beside, of, values, single],
  );
  const hidden = useMemo(() => (beside ? ['how', 'samples'] : ['mark', ...(single ? ['how', 'samples'] : [])]), [beside, single]);
  return (
    <DataTable
      labelledBy={labelledBy}
      className={beside ? 'fixed' : 'fixed tops'}
      columns={columns}
      rows={rows}
      keyOf={fieldOf}
      hidden={hidden}
      first={first}
    />
  );
}
