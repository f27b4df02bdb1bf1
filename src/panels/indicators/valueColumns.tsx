import type { ReachHere } from '../../model';
import type { MarkKind } from '../../ui/Mark';
import { countColumn, markColumn, reachColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { ValueText } from '../../ui/ValueText';
import { VendorCounts } from '../Vendor';
import type { ValueRow } from '../valueRows';

/** What the corpus says about a draft's value; null: not known. */
export interface Figures {
  readonly here: number | null;
  readonly reach: ReachHere | null;
  readonly mark: MarkKind | null;
}

export type CountedRow = ValueRow & Figures;

/** How the corpus counts it, where that differs from what is written. */
function countedAs({ triple, field, kind, value }: CountedRow): string {
  if (triple === null) return 'not counted';
  if (triple.field === field && triple.kind === kind && triple.value === value.toLowerCase()) return '';
  if (triple.field === field && triple.kind === kind) return triple.value;
  return `${triple.field} ${triple.kind} ${triple.value}`;
}

/** The columns Indicators and Exclusions share: what is written, how it is counted, how much, and how it stands to the guide. `fits`: as wide as their contents. */
export const valueColumns = (here: string, technique: string | null, fits: boolean): readonly Column<CountedRow>[] => [
  column('field', 'Field', (row) => row.field, { className: 'name', repeats: true, width: fits ? undefined : 'var(--col-field)' }),
  column('kind', 'Kind', (row) => row.kind, {
    className: 'kind',
    repeats: true,
    width: fits ? undefined : 'var(--col-kind)',
  }),
  column('value', 'Value', (row) => row.value, {
    className: 'value',
    opens: true,
    cell: (row) => (
      <>
        {row.value === '' ? null : <ValueText text={row.value} secret={row.secret} />}
        {row.notes.map((note) => (
          <span key={note} className="badge">
            {note}
          </span>
        ))}
      </>
    ),
  }),
  column('counted', 'Counted as', countedAs, {
    className: 'second',
    cell: (row) => {
      const text = countedAs(row);
      return text === '' ? null : <ValueText text={text} />;
    },
  }),
  countColumn('here', here, (row) => row.here, fits ? { width: 'auto' } : {}),
  reachColumn('reach', 'Corpus reach', (row) => row.reach?.total ?? null, { width: fits ? 'auto' : 'var(--col-reach)' }),
  column('vendors', 'By vendor', (row) => row.reach?.total ?? null, {
    width: fits ? undefined : 'var(--col-vendors)',
    cell: (row) => (row.reach === null ? null : <VendorCounts counts={row.reach.perVendor} />),
  }),
  markColumn('mark', technique === null ? 'Guide' : `${technique} guide`, (row) => row.mark, fits ? { width: 'auto' } : { width: 'var(--col-guide)' }),
];
