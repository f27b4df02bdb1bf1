import { useMemo } from 'react';
import type { SamplesJudged, Stage } from '../../model';
import { hover } from '../../state/highlight';
import { useLitIndex } from '../../state/select';
import { NameText } from '../../ui/NameText';
import { Count, Reach } from '../../ui/Reach';
import { countColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { PredicateTree } from './PredicateTree';
import { outdented } from './outdented';
import { type StageRow, stageRows } from './stageRows';

interface StageTableProps {
  readonly label: string;
  readonly stages: readonly Stage[];
  /** The text the spans are in. */
  readonly text: string;
  /** How many samples meet each stage, where there are samples and this is what was judged. */
  readonly counts?: StageCounts;
}

/** By the offset a stage begins at. */
export type StageCounts = ReadonlyMap<number, StageCount>;
type StageCount = SamplesJudged['stages'][number];

const keyOf = (row: StageRow): string => row.key;

/** A pipeline, a stage a line; a stage opens to what it demands, sets, makes and holds. */
export function StageTable({ label, stages, text, counts = NO_COUNTS }: StageTableProps) {
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
      lit={lit}
      onPoint={(row) => hover(row === null ? null : [row.span])}
      detailOf={(row) => <StageDetail stages={row.stages} text={text} />}
    />
  );
}

const NO_COUNTS: StageCounts = new Map();

/** Samples in and out of a pipeline's stages; of other rules, those that meet a part by itself, and those of which it cannot be told. */
function countColumns(counts: StageCounts): readonly Column<StageRow>[] {
  const all = [...counts.values()];
  if (all.length === 0) return [];
  const of = (id: string, head: string, count: (first: StageCount, last: StageCount) => number | null) =>
    countColumn<StageRow>(id, head, (row) => {
      const [first, last] = [counts.get(row.stages[0]!.span.start), counts.get(row.stages.at(-1)!.span.start)];
      return first === undefined || last === undefined ? null : count(first, last);
    });
  if (all.some(({ before }) => before !== null))
    return [
      of('in', 'In', ({ before }) => before),
      passedColumn(counts, 'out', 'Out', ({ before, after }) => ({ count: after, of: before !== null && after <= before ? before : null })),
    ];
  const most = Math.max(...all.map(({ left }) => left ?? 0));
  return [
    of('alone', 'By itself', ({ after }) => after),
    ...(all.some(({ left }) => left !== null) ? [passedColumn(counts, 'left', 'Left', ({ left }) => (left === null ? null : { count: left, of: most }))] : []),
    ...(all.some(({ undecided }) => undecided > 0) ? [of('unknown', 'Cannot tell', ({ undecided }) => undecided)] : []),
  ];
}

/** What a stage leaves, with its share of what there was. */
const passedColumn = (
  counts: StageCounts,
  id: string,
  head: string,
  passed: (count: StageCount) => { readonly count: number; readonly of: number | null } | null,
): Column<StageRow> => {
  const partOf = (row: StageRow) => {
    const count = counts.get(row.stages.at(-1)!.span.start);
    return count === undefined ? null : passed(count);
  };
  return column(id, head, (row) => partOf(row)?.count ?? null, {
    end: true,
    width: 'var(--col-bar)',
    cell: (row) => {
      const part = partOf(row);
      return part === null ? null : part.of === null ? <Count of={part.count} /> : <Reach count={part.count} of={part.of} />;
    },
  });
};

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
