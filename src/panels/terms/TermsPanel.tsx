import { useMemo } from 'react';
import type { SearchTerm } from '../../model';
import { hover } from '../../state/highlight';
import { useActive, useLitIndex } from '../../state/select';
import { Empty } from '../../ui/Empty';
import { DataTable } from '../../ui/table/DataTable';
import { countColumn, kindColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { TermText } from './TermText';

type TermRow = SearchTerm & { readonly kind: string };

const columns: readonly Column<TermRow>[] = [
  countColumn<TermRow>('stage', 'Stage', (row) => row.stage + 1),
  kindColumn<TermRow>('kind', 'Kind', (row) => row.kind, { width: 'var(--col-kind)' }),
  column<TermRow>('term', 'Term', (row) => row.text, { className: 'value', cell: (row) => <TermText {...row} /> }),
];

/** Words a search looks for anywhere in an event, once per stage. */
export function TermsPanel() {
  const active = useActive();
  const analysis = active?.report.rule.analysis ?? null;
  const rows = useMemo(
    () => analysis?.terms.filter(({ asTest }) => !asTest).map((term) => ({ ...term, kind: analysis.stages[term.stage]?.kind ?? '' })) ?? [],
    [analysis],
  );
  const lit = useLitIndex(useMemo(() => rows.map((row) => [row.span]), [rows]));
  if (rows.length === 0)
    return <Empty title="No search terms">Only a search can look for words without naming a field, as SPL does with quoted text and bare words.</Empty>;
  return (
    <DataTable
      label="Search terms of this draft"
      className="fixed"
      columns={columns}
      rows={rows}
      keyOf={(row) => `${row.stage} ${row.span.start}`}
      lit={lit}
      onPoint={(row) => hover(row === null ? null : [row.span])}
    />
  );
}
