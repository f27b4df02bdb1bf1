import type { SampleStage } from '../../model';
import { Count, Reach } from '../../ui/Reach';
import { countColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import type { StageRow } from './stageRows';

/** By the offset a stage begins at. */
export type StageCounts = ReadonlyMap<number, SampleStage>;

/** Samples in and out of a pipeline's stages; of other rules, those that meet a part by itself, and those of which it cannot be told. */
export function countColumns(counts: StageCounts): readonly Column<StageRow>[] {
  const all = [...counts.values()];
  if (all.length === 0) return [];
  const of = (id: string, head: string, count: (first: SampleStage, last: SampleStage) => number | null) =>
    countColumn<StageRow>(id, head, (row) => {
      const [first, last] = [counts.get(row.stages[0]!.span.start), counts.get(row.stages.at(-1)!.span.start)];
      return first === undefined || last === undefined ? null : count(first, last);
    });
  if (all.some(({ before }) => before !== null))
    return [
      of('in', 'In', ({ before }) => before),
      passedColumn(counts, 'out', 'Out', ({ before, after }) => ({ count: after, of: before !== null && after <= before ? before : null })),
    ];
  const most = all.reduce((found, { left }) => Math.max(found, left ?? 0), 0);
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
  passed: (count: SampleStage) => { readonly count: number; readonly of: number | null } | null,
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
