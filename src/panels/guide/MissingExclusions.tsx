import { useMemo, useState } from 'react';
import type { GuidePlace, GuideValueRow } from '../../model';
import { keyOf } from '../../state/catalog-state';
import { Icon } from '../../ui/Icon';
import { Mark } from '../../ui/Mark';
import { countColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { ValueText } from '../../ui/ValueText';
import { RulesBehind } from '../rules/RulesBehind';
import { VendorCounts } from '../Vendor';
import { AddButton } from './AddButton';
import { commonFrom, isLacked } from './guideRows';

interface MissingExclusionsProps {
  readonly under: GuidePlace;
  /** Shared by enough of the rules to be asked about, most first, whether the draft has them or not. */
  readonly rows: readonly GuideValueRow[];
  /** Those that fewer share and the draft lacks. */
  readonly rare: readonly GuideValueRow[];
  /** Rules they are counted among. */
  readonly of: number;
}

const FIRST = 6;

const columnsOf = (of: number): readonly Column<GuideValueRow>[] => [
  column('excluded', 'Excluded', (row) => row.value, {
    opens: true,
    cell: (row) => (
      <>
        <span>
          {row.field} <span className="label">{row.kind}</span>{' '}
          <span title="Rules of the whole catalog that exclude it, by vendor">
            <VendorCounts counts={row.reachPerVendor} />
          </span>
        </span>
        <code className="below">
          <ValueText text={row.value} />
        </code>
      </>
    ),
  }),
  countColumn('rules', `Of ${of.toLocaleString('en')}`, (row) => row.rules, { width: 'var(--col-count)', title: 'Rules under this technique that exclude it' }),
  column('add', 'Add', () => null, {
    end: true,
    unseenHead: true,
    width: 'var(--col-add)',
    cell: (row) => (row.mark === 'missing' ? <AddButton row={row} polarity="exclusion" /> : row.mark === null ? null : <Mark kind={row.mark} />),
  }),
];

/** What asks for a decision: exclusions that other rules of the technique share and this draft lacks. */
export function MissingExclusions({ under, rows, rare, of }: MissingExclusionsProps) {
  const [all, setAll] = useState(false);
  // What was lacked once keeps its place, so that after Add no other button slips under the pointer.
  const [lacked] = useState(() => new Set<string>());
  const asked = useMemo(() => {
    for (const row of rows) if (isLacked(row)) lacked.add(keyOf(row));
    return rows.filter((row) => lacked.has(keyOf(row)));
  }, [rows, lacked]);
  const shown = useMemo(() => (all ? [...asked, ...rare] : asked), [all, asked, rare]);
  const columns = useMemo(() => columnsOf(of), [of]);
  if (asked.length === 0) return null;
  const missing = asked.filter(isLacked).length;
  return (
    <section className="first" aria-labelledby="guide-missing">
      <h3 id="guide-missing">
        <Icon name="warning" className="warning" />
        Missing exclusions{' '}
        <small>
          {missing} shared by {commonFrom(of)} or more rules
        </small>
      </h3>
      <DataTable
        labelledBy="guide-missing"
        className="fixed"
        columns={columns}
        rows={shown}
        keyOf={keyOf}
        first={all ? Infinity : FIRST}
        detailOf={(row) => <RulesBehind triple={row} polarity="exclusion" under={under} reach={row.reach} />}
      />
      {all || rare.length === 0 || asked.length > FIRST ? null : (
        <p className="more">
          <button type="button" className="link" onClick={() => setAll(true)}>
            {rare.length.toLocaleString('en')} more
          </button>
          , each in fewer rules
        </p>
      )}
    </section>
  );
}
