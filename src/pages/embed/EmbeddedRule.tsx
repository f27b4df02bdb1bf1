import { useMemo } from 'react';
import type { Polarity, Report } from '../../model';
import { counted } from '../../panels/format';
import { StageTable } from '../../panels/stages/StageTable';
import { UnreadList } from '../../panels/unread/UnreadList';
import { type ValueRow, valueRows } from '../../panels/valueRows';
import '../../panels/stages/stages.css';
import { hover } from '../../state/highlight';
import { linkOfEmbedded } from '../../state/links/link-address';
import { useStore } from '../../state/store';
import { Banner } from '../../ui/Banner';
import { CodeText } from '../../ui/CodeText';
import { Block, Page, PageHead } from '../../ui/layout/Page';
import { DataTable } from '../../ui/table/DataTable';
import { column, type Column } from '../../ui/table/features';
import { kindColumn, nameColumn } from '../../ui/table/columns';
import { ValueText } from '../../ui/ValueText';
import { tokenSpans } from '../rule/tokenSpans';
import { type Embedded, useEmbedded } from './useEmbedded';
import './embed.css';

/** A rule in another page's frame: its text, its stages, what it looks for and what it leaves out. Nothing can be changed, and nothing is kept. */
export default function EmbeddedRule() {
  const embedded = useEmbedded();
  return embedded.kind === 'here' ? (
    <Read {...embedded} />
  ) : (
    <Page name="Rule">{embedded.kind === 'failed' ? <Banner kind="error">{embedded.message}</Banner> : <output>Reading the rule…</output>}</Page>
  );
}

function Read({ text, format, answer }: Extract<Embedded, { kind: 'here' }>) {
  const colours = useMemo(() => tokenSpans(text, answer.tokens), [text, answer.tokens]);
  const lit = useStore((state) => state.hovered) ?? [];
  const errors = answer.diagnostics.filter(({ severity }) => severity === 'error').length;
  const title = answer.reports[0]?.rule.meta.title || 'Rule without a title';
  return (
    <Page name={title}>
      <PageHead
        title={title}
        lead={`${format}${errors === 0 ? '' : `, ${counted(errors, 'error')}`}`}
        actions={
          <a className="btn" href={linkOfEmbedded(location.hash)} target="_blank" rel="noreferrer">
            Open in Rulewright
          </a>
        }
      />
      <Block id="text" title="Rule">
        <CodeText text={text} colours={colours} lit={lit} />
      </Block>
      {answer.reports.map((report, index) => (
        <Said key={report.rule.span.start} report={report} text={text} number={answer.reports.length > 1 ? index + 1 : null} />
      ))}
    </Page>
  );
}

const INDICATORS: readonly Polarity[] = ['indicator'];
const EXCLUSIONS: readonly Polarity[] = ['exclusion', 'conditional', 'absent'];

/** What one rule of the text says. */
function Said({ report, text, number }: { readonly report: Report; readonly text: string; readonly number: number | null }) {
  const { analysis, meta } = report.rule;
  const of = number === null ? '' : ` of rule ${number}${meta.title === '' ? '' : `, ${meta.title}`}`;
  const at = number ?? '';
  return (
    <>
      <Block id={`stages${at}`} title={`Stages${of}`} note={counted(analysis.stages.length, 'stage')}>
        <UnreadList analysis={analysis} text={text} onPoint={hover} onGo={(span) => hover([span])} />
        <StageTable label={`Stages${of}`} stages={analysis.stages} text={text} />
      </Block>
      <Values id={`indicators${at}`} title={`Indicators${of}`} report={report} polarities={INDICATORS} none="The rule compares no field with a value." />
      <Values id={`exclusions${at}`} title={`Exclusions${of}`} report={report} polarities={EXCLUSIONS} none="Nothing is suppressed." />
    </>
  );
}

const COLUMNS: readonly Column<ValueRow>[] = [
  nameColumn('field', 'Field', (row) => row.field, { width: 'var(--col-field)' }),
  kindColumn('kind', 'Kind', (row) => row.kind, { width: 'var(--col-kind)' }),
  column('value', 'Value', (row) => row.value, {
    className: 'value',
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
];

interface ValuesProps {
  readonly id: string;
  readonly title: string;
  readonly report: Report;
  readonly polarities: readonly Polarity[];
  readonly none: string;
}

function Values({ id, title, report, polarities, none }: ValuesProps) {
  const rows = useMemo(() => valueRows(report, polarities), [report, polarities]);
  return (
    <Block id={id} title={title} note={rows.length.toLocaleString('en')}>
      {rows.length === 0 ? (
        <p>{none}</p>
      ) : (
        <DataTable label={title} className="fixed" columns={COLUMNS} rows={rows} keyOf={(row) => row.key} onPoint={(row) => hover(row?.spans ?? null)} />
      )}
    </Block>
  );
}
