import { useMemo } from 'react';
import type { OutputField } from '../../model';
import { hover } from '../../state/highlight';
import { useActive, useLitIndex } from '../../state/select';
import { Empty } from '../../ui/Empty';
import { DataTable } from '../../ui/table/DataTable';
import { nameColumn, valueColumn } from '../../ui/table/columns';
import { column } from '../../ui/table/features';

const columns = [
  nameColumn<OutputField>('name', 'Field', (row) => row.name, { width: '32%' }),
  valueColumn<OutputField>('source', 'Source', (row) => row.source),
  column<OutputField>('used', 'Used', (row) => (row.used ? 1 : 0), {
    title: 'Used by an entity mapping or a custom detail',
    width: 'var(--col-mark)',
    cell: (row) => (row.used ? <span className="badge">mapped</span> : null),
  }),
];

/** The fields an alert carries and where each comes from. */
export function OutputsPanel() {
  const analysis = useActive()?.report.rule.analysis ?? null;
  const lit = useLitIndex(useMemo(() => analysis?.outputs.map((output) => [output.span]) ?? [], [analysis]));
  const outputs = analysis?.outputs ?? [];
  if (outputs.length === 0) return <Empty title="No output fields">The rule does not say what its alert carries; the whole event is shown then.</Empty>;
  return (
    <DataTable
      label="Output fields of this draft"
      className="fixed"
      columns={columns}
      rows={outputs}
      keyOf={(row) => `${row.name} ${row.span.start}`}
      lit={lit}
      onPoint={(row) => hover(row === null ? null : [row.span])}
    />
  );
}
