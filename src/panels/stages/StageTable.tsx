import { useMemo } from 'react';
import type { Stage } from '../../model';
import { hover } from '../../state/highlight';
import { useLitIndex } from '../../state/select';
import { NameText } from '../../ui/NameText';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { PredicateTree } from './PredicateTree';
import { outdented } from './outdented';
import { countColumns, type StageCounts } from './stageCounts';
import { type StageRow, stageRows } from './stageRows';

interface StageTableProps {
  readonly label: string;
  readonly stages: readonly Stage[];
  /** The text the spans are in. */
  readonly text: string;
  /** How many samples meet each stage, where there are samples and this is what was judged. */
  readonly counts?: StageCounts;
  /** The row, by key, whose rows are shown beside the stages; it is lit in place of the one under the cursor. */
  readonly chosen?: string | null;
  readonly onChoose?: (row: StageRow) => void;
}

const keyOf = (row: StageRow): string => row.key;

/** A pipeline, a stage a line; a stage opens to what it demands, sets, makes and holds. */
export function StageTable({ label, stages, text, counts = NO_COUNTS, chosen = null, ...rest }: StageTableProps) {
  const rows = useMemo(() => stageRows(stages), [stages]);
  const spans = useMemo(() => rows.map((row) => [row.span]), [rows]);
  const lit = useLitIndex(spans);
  const columns = useMemo<readonly Column<StageRow>[]>(
    () => [
      column('number', 'Stage', (row) => row.number, { end: true, className: 'second top', width: 'var(--col-number)' }),
      column('kind', 'Kind', (row) => row.kind, {
        className: 'top name',
        width: 'var(--col-field-wide)',
        cell: (row) => (
          <>
            <b>{row.kind}</b>{' '}
            {row.label === '' ? null : (
              <span className="label">
                <NameText name={row.label} />
              </span>
            )}
            <Notes stages={row.stages} />
          </>
        ),
      }),
      column('text', 'Text', (row) => row.span.start, {
        className: 'value top',
        opens: true,
        cell: (row) => <span className="stagetext clamp">{outdented(text, row.span)}</span>,
      }),
      ...countColumns(counts),
    ],
    [text, counts],
  );
  return (
    <DataTable
      label={label}
      className="fixed stages"
      columns={columns}
      rows={rows}
      keyOf={keyOf}
      lit={chosen === null ? lit : rows.findIndex(({ key }) => key === chosen)}
      onPoint={(row) => hover(row === null ? null : [row.span])}
      detailOf={(row) => <StageDetail stages={row.stages} text={text} />}
      {...rest}
    />
  );
}

const NO_COUNTS: StageCounts = new Map();

function Notes({ stages }: { readonly stages: readonly Stage[] }) {
  const [stage] = stages;
  if (stage?.role === 'unread') return <span className="badge">not modelled</span>;
  return stage?.evidence === 'absent' ? <span className="badge">must not happen</span> : null;
}

/** What stages demand, set, make and hold, each under its own word. */
const StageDetail = ({ stages, text }: { readonly stages: readonly Stage[]; readonly text: string }) => (
  <div className="stagedetail">
    {stages.map((stage) => (
      <div key={stage.span.start}>
        {stages.length > 1 ? <pre className="stagetext">{outdented(text, stage.span)}</pre> : null}
        <dl className="facts">
          {stage.predicate === undefined ? null : (
            <>
              <dt>Demands</dt>
              <dd>
                <PredicateTree predicate={stage.predicate} onPoint={hover} />
              </dd>
            </>
          )}
          {stage.parameters?.map((parameter) => (
            <Fact key={parameter.span.start} name={parameter.name} value={parameter.value} />
          ))}
          {stage.derives?.map((made) => (
            <Fact key={made.span.start} name={`Makes ${made.name}`} value={text.slice(made.expression.start, made.expression.end)} />
          ))}
          {stage.groupBy === undefined || stage.groupBy.length === 0 ? null : (
            <Fact name="Groups by" value={stage.groupBy.map(({ name }) => name).join(', ')} />
          )}
        </dl>
        {stage.branches?.map((branch) => (
          <StageTable key={branch.span.start} label={`Branch ${branch.name}`} stages={branch.stages} text={text} />
        ))}
      </div>
    ))}
  </div>
);

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>
      <code>{value}</code>
    </dd>
  </>
);
