import { useMemo, useState } from 'react';
import type { GuideValueRow } from '../../model';
import { keyOf } from '../../state/catalog-state';
import { Icon } from '../../ui/Icon';
import { Mark } from '../../ui/Mark';
import { countColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { ValueText } from '../../ui/ValueText';
import { RulesBehind } from '../rules/RulesBehind';

import { AddButton } from './AddButton';

interface MissingExclusionsProps {
  readonly technique: string;
  /** Shared by two or more rules and not in the draft, most first. */
  readonly rows: readonly GuideValueRow[];
  /** Those in one rule each. */
  readonly rare: readonly GuideValueRow[];
}

const FIRST = 6;

const columns: readonly Column<GuideValueRow>[] = [
  column('excluded', 'Excluded', (row) => row.value, {
    opens: true,
    cell: (row) => (
      <>
        <span>
          {row.field} <span className="label">{row.kind}</span>
        </span>
        <code className="below">
          <ValueText text={row.value} />
        </code>
      </>
    ),
  }),
  countColumn('rules', 'Rules', (row) => row.rules, { width: 'var(--col-narrow)' }),
  column('add', 'Add', () => null, {
    end: true,
    unseenHead: true,
    width: 'var(--col-add)',
    cell: (row) => (row.mark === 'near' ? <Mark kind="near" /> : <AddButton row={row} polarity="exclusion" />),
  }),
];

/** What asks for a decision: exclusions that other rules of the technique share and this draft lacks. */
export function MissingExclusions({ technique, rows, rare }: MissingExclusionsProps) {
  const [all, setAll] = useState(false);
  const shown = useMemo(() => (all ? [...rows, ...rare] : rows), [all, rows, rare]);
  if (rows.length === 0) return null;
  const missing = rows.filter(({ mark }) => mark === 'missing').length;
  return (
    <section className="first" aria-labelledby="guide-missing">
      <h3 id="guide-missing">
        <Icon name="warning" className="warning" />
        Missing exclusions <small>{missing} shared by two or more rules</small>
      </h3>
      <DataTable
        labelledBy="guide-missing"
        className="fixed"
        columns={columns}
        rows={shown}
        keyOf={keyOf}
        first={all ? Infinity : FIRST}
        detailOf={(row) => <RulesBehind triple={row} polarity="exclusion" technique={technique} reach={row.reach} />}
      />
      {all || rare.length === 0 || rows.length > FIRST ? null : (
        <p className="more">
          <button type="button" className="link" onClick={() => setAll(true)}>
            {rare.length.toLocaleString('en')} more
          </button>
          , each in one rule
        </p>
      )}
    </section>
  );
}
