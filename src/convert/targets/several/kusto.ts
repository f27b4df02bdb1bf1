import { pathText, print } from '../../../languages/kusto/print/print';
import type { Printed, Refusal, StartingPoint } from '../../../model';
import { localFunction } from '../../../knowledge/functions';
import { columnsOfTable } from '../../../knowledge/tables';
import { isTrue } from '../../../syntax/predicates';
import { AS_GROUPS, type GroupMeasure, groupedOf } from '../../joint/grouped';
import { spanText } from '../../joint/joint';
import { type Several, textOf } from '../../joint/target';
import type { Manner } from '../../manner';
import { tableOf } from '../../points';
import { estimatedIn, measureIn, sumName } from './measures';

/** The column that says of which table a row is, where several are read. */
const TABLE = 'SourceTable';

/** Filters, `summarize` by groups and bins of time, `where`. Rows without a key are a group of their own, and are left out by a filter. */
export const kustoSeveral = (manner: Manner): Several => ({
  ...AS_GROUPS,
  keyless: true,
  estimates: estimatedIn('kusto'),
  telling: (points) => (tablesOf(points).length < 2 || points.includes(null) ? null : points.map((point) => [TABLE, tableOf(point!)] as const)),
  pipeline: {
    times: new Set(['TimeGenerated', 'Timestamp']),
    bins: new Set(['bin']),
    measure: (fn, args) => measureIn('kusto', fn, args),
  },
  write(joint, source) {
    const grouped = groupedOf(joint, manner, true);
    if ('refused' in grouped) return grouped;
    const refused: Refusal[] = [];
    const texts = (printed: Printed): string => textOf(printed, refused);
    const points = joint.parts.map(({ point }) => point);
    const tables = tablesOf(points);
    const isUnknown = source === null && (points.includes(null) || tables.length === 0);
    const from = source ?? (isUnknown ? 'union *' : tables.length === 1 ? tables[0]! : `union withsource=${TABLE} ${tables.join(', ')}`);
    const time = columnsOfTable(source ?? tables[0] ?? '')?.has('TimeGenerated') === false ? 'Timestamp' : 'TimeGenerated';
    const columns = grouped.measures.map((one) => `${one.name} = ${measureText(one, (where) => texts(print(where)))}`);
    const groups = [...grouped.by.map(({ name }) => pathText(name)), ...(joint.seconds === null ? [] : [`bin(${time}, ${spanText(joint.seconds)})`])];
    const lines = [
      from,
      `where ${texts(print(grouped.where))}`,
      `summarize ${columns.join(', ')}${groups.length === 0 ? '' : ` by ${groups.join(', ')}`}`,
      ...(isTrue(grouped.having) ? [] : [`where ${texts(print(grouped.having))}`]),
    ];
    return refused.length > 0 ? { refused } : { text: lines.join('\n| ') };
  },
});

const tablesOf = (points: readonly (StartingPoint | null)[]): readonly string[] => [
  ...new Set(points.flatMap((point) => (point === null ? [] : [tableOf(point)]))),
];

function measureText({ type, of, percentile, where }: GroupMeasure, condition: (where: NonNullable<GroupMeasure['where']>) => string): string {
  if (where !== null) return `countif(${condition(where)})`;
  const name = sumName('kusto', type);
  if (of === null) return `${name}()`;
  const number = type === 'value_count' ? pathText(of.name) : `${localFunction('scalar', 'number', 'kusto')}(${pathText(of.name)})`;
  return name === null ? `${localFunction('aggregate', 'value_percentile', 'kusto')}(${number}, ${percentile})` : `${name}(${number})`;
}
