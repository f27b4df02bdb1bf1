import { useMemo } from 'react';
import type { Analysis, Binding } from '../../model';
import { editor } from '../../state/editor-handle';
import { hover } from '../../state/highlight';
import { useActive } from '../../state/select';
import { useStore } from '../../state/store';
import { chooseStage } from '../../state/threads/samples';
import { Empty } from '../../ui/Empty';
import { DataTable } from '../../ui/table/DataTable';
import { kindColumn, nameColumn, valueColumn } from '../../ui/table/columns';
import { UnreadList } from '../unread/UnreadList';
import type { StageCounts } from './stageCounts';
import { StageResult } from './StageResult';
import { stageRows } from './stageRows';
import { StageTable } from './StageTable';
import './stages.css';

const bindingColumns = [
  nameColumn<Binding>('name', 'Parameter', (binding) => binding.name, { width: 'var(--col-field-wide)' }),
  kindColumn<Binding>('kind', 'Kind', (binding) => binding.kind, { width: 'var(--col-kind)' }),
  valueColumn<Binding>('value', 'Value', (binding) => binding.value),
];

/** The rule as a pipeline: its stages, its parameters and named sub-queries apart, and what it reads. */
export function StagesPanel() {
  const active = useActive();
  const counted = useStore((state) => state.samples.counted);
  const about = active?.analysed.text;
  const counts = useMemo<StageCounts | undefined>(
    () => (counted === null || counted.about !== about ? undefined : new Map(counted.stages.map((stage) => [stage.span.start, stage]))),
    [counted, about],
  );
  const chosen = useStore(({ samples: { stage }, doc }) => (stage?.doc === doc.id ? stage.key : null));
  const stages = active?.report.rule.analysis.stages;
  const row = useMemo(() => (chosen === null ? undefined : stageRows(stages ?? []).find(({ key }) => key === chosen)), [chosen, stages]);
  if (active === null) return <Empty title="Nothing to show yet">Write or paste a rule: its stages stand here as soon as one is understood.</Empty>;
  const { text } = active.analysed;
  const { analysis } = active.report.rule;
  const values = analysis.bindings.filter((binding) => binding.stages === undefined);
  return (
    <>
      {analysis.stages.length === 0 ? null : <UnreadList analysis={analysis} text={text} onPoint={hover} onGo={(span) => editor()?.reveal(span)} />}
      <div className="stagepair">
        <StageTable
          label="Stages of this draft"
          stages={analysis.stages}
          text={text}
          onChoose={({ key }) => chooseStage(key)}
          {...(counts === undefined ? null : { counts, chosen })}
        />
        {row === undefined || counts === undefined ? null : <StageResult row={row} at={Number(row.key) + row.stages.length - 1} counts={counts} />}
      </div>
      {values.length === 0 ? null : (
        <DataTable
          label="Parameters of this draft"
          className="fixed"
          columns={bindingColumns}
          rows={values}
          keyOf={(binding) => `${binding.name} ${binding.span.start}`}
          onPoint={(binding) => hover(binding === null ? null : [binding.span])}
        />
      )}
      {analysis.bindings.map((binding) =>
        binding.stages === undefined ? null : (
          <section key={binding.span.start} className="subquery">
            <h3>{binding.name}</h3>
            <StageTable label={`Stages of ${binding.name}`} stages={binding.stages} text={text} />
          </section>
        ),
      )}
      <Reads analysis={analysis} />
    </>
  );
}

function Reads({ analysis }: { readonly analysis: Analysis }) {
  const rows = [
    ['Reads', analysis.sources.map(({ name }) => name).join(', ')],
    ['Groups by', analysis.groupBy.join(', ')],
    ['Times', analysis.times.map(({ kind, text }) => `${kind} ${text}`).join(', ')],
  ].filter(([, value]) => value !== '');
  return rows.length === 0 ? null : (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
