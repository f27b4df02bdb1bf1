import { useMemo } from 'react';
import type { Report, RuleFacts, Span } from '../../model';
import { exclusionGroup } from '../../panels/exclusions/exclusionGroup';
import { fieldGroup, GROUPED } from '../../panels/fieldGroup';
import { counted } from '../../panels/format';
import { RulesBehind } from '../../panels/rules/RulesBehind';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { Block } from '../../ui/layout/Page';
import { countColumn, kindColumn, nameColumn, reachColumn, valueColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { useNarrow, useSingle } from '../../ui/useMedia';
import { TermText } from '../../panels/terms/TermText';
import { VendorCounts } from '../../panels/Vendor';
import { LeafValue } from './LeafValue';
import { LineTable } from './LineTable';
import { type LeafLine, leafLines, type LeafRow, leafRows, lineSpans, valueSpans } from './leafRows';

interface RuleTablesProps {
  readonly facts: RuleFacts;
  readonly report: Report | null;
  readonly onPoint: (spans: readonly Span[] | null) => void;
}

const NO_VENDORS: readonly string[] = ['vendors'];
const NARROWEST: readonly string[] = [...NO_VENDORS, ...GROUPED];
const NOTHING: readonly string[] = [];

type Counted = LeafRow & { readonly reach: { readonly total: number; readonly perVendor: readonly number[] } | null };

const indicatorColumns: readonly Column<Counted>[] = [
  nameColumn('field', 'Field', (row) => row.field, { width: 'var(--col-field-page)' }),
  kindColumn('kind', 'Kind', (row) => row.kind, { width: 'var(--col-kind)' }),
  column('value', 'Value', (row) => row.value, { className: 'value', opens: true, cell: ({ value, macro }) => <LeafValue text={value} macro={macro} /> }),
  column('vendors', 'By vendor', (row) => row.reach?.total ?? null, {
    width: 'var(--col-vendors)',
    cell: (row) => (row.reach === null ? null : <VendorCounts counts={row.reach.perVendor} />),
  }),
  reachColumn('reach', 'Corpus reach', (row) => row.reach?.total ?? null, {
    width: 'var(--col-reach-wide)',
    note: (row) => (row.reach?.total === 1 ? 'only here' : undefined),
  }),
];

/** What the rule suppresses, looks for, counts, searches and puts out. A table without rows is left out. */
export function RuleTables({ facts, report, onPoint }: RuleTablesProps) {
  const exclusions = useMemo(() => leafLines(facts, ['exclusion', 'conditional', 'absent']), [facts]);
  const thresholds = useMemo(() => leafLines(facts, ['threshold']), [facts]);
  const indicators = useIndicators(facts);
  const terms = useMemo(
    () => report?.rule.analysis.terms.filter(({ asTest }) => !asTest) ?? facts.terms.map((term) => ({ ...term, negated: false })),
    [facts, report],
  );
  const narrow = useNarrow();
  const single = useSingle();
  const alone = exclusions.every((row) => row.polarity === 'exclusion' && row.composite === null);
  const pointLine = (row: LeafLine | null): void => onPoint(row === null ? null : lineSpans(report, row));
  const lines = new Set(indicators.map((row) => `${row.field} ${row.kind}`)).size;
  return (
    <>
      {exclusions.length === 0 ? null : (
        <Block id="exclusions" title="Exclusions" note={exclusions.length}>
          <LineTable labelledBy="exclusions-head" rows={exclusions} onPoint={pointLine} groupOf={alone ? undefined : exclusionGroup} />
        </Block>
      )}
      {indicators.length === 0 ? null : (
        <Block
          id="indicators"
          title="Indicators"
          note={`${counted(indicators.length, 'value')} in ${counted(lines, 'row')}`}
          lead="Corpus reach counts the rules of the whole catalog that look for the same combination, this one included. Open a value for those rules."
        >
          <DataTable
            labelledBy="indicators-head"
            className="fixed"
            columns={indicatorColumns}
            rows={indicators}
            hidden={single ? NARROWEST : narrow ? NO_VENDORS : NOTHING}
            groupOf={single ? (row) => fieldGroup(row) : undefined}
            keyOf={(row) => row.key}
            onPoint={(row) => onPoint(row === null ? null : valueSpans(report, row))}
            detailOf={(row) =>
              row.triple === null ? (
                <p className="hint">It cannot be compared with other rules.</p>
              ) : (
                <RulesBehind triple={row.triple} polarity="indicator" under={null} reach={row.reach?.total ?? null} />
              )
            }
          />
        </Block>
      )}
      {thresholds.length === 0 ? null : (
        <Block id="thresholds" title="Thresholds" note="comparisons on computed fields">
          <LineTable labelledBy="thresholds-head" rows={thresholds} onPoint={pointLine} />
        </Block>
      )}
      {terms.length === 0 ? null : (
        <Block
          id="terms"
          title="Search terms"
          note={terms.length}
          {...(report === null ? { lead: 'Words the search looks for, or rules out: its text says which.' } : {})}
        >
          <DataTable labelledBy="terms-head" className="fixed" columns={termColumns} rows={terms} keyOf={(row, index) => `${index} ${row.text}`} />
        </Block>
      )}
      {facts.outputs.length === 0 ? null : (
        <Block id="outputs" title="Output fields" note={facts.outputs.length}>
          <DataTable labelledBy="outputs-head" className="fixed" columns={outputColumns} rows={facts.outputs} keyOf={(row, index) => `${index} ${row.name}`} />
        </Block>
      )}
    </>
  );
}

type Term = RuleFacts['terms'][number] & { readonly negated: boolean };

const termColumns: readonly Column<Term>[] = [
  countColumn('stage', 'Stage', (row) => row.stage + 1),
  column('term', 'Term', (row) => row.text, { className: 'value', cell: (row) => <TermText {...row} /> }),
];

const outputColumns: readonly Column<RuleFacts['outputs'][number]>[] = [
  nameColumn('name', 'Field', (row) => row.name, { width: 'var(--col-field-page)' }),
  valueColumn('source', 'Source', (row) => row.source),
  column('used', 'Used', (row) => (row.used ? 1 : 0), { width: 'var(--col-mark)', cell: (row) => (row.used ? <span className="badge">mapped</span> : null) }),
];

function useIndicators(facts: RuleFacts): readonly Counted[] {
  const rows = useMemo(() => leafRows(facts, 'indicator'), [facts]);
  const triples = useMemo(() => rows.flatMap(({ triple }) => (triple === null ? [] : [triple])), [rows]);
  const { value } = useCatalogQuery(`reach of rule ${facts.index}`, (api) => api.reach(triples, null));
  return useMemo(
    () => rows.map((row) => ({ ...row, reach: row.triple === null ? null : (value?.[triples.indexOf(row.triple)] ?? null) })),
    [rows, triples, value],
  );
}
