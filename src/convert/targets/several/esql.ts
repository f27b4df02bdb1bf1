import { localFunction } from '../../../knowledge/functions';
import { fieldText, printCondition } from '../../../languages/esql/print/print';
import type { Printed, Refusal } from '../../../model';
import { isTrue } from '../../../syntax/predicates';
import { AS_GROUPS, type GroupMeasure, groupedOf } from '../../joint/grouped';
import { spanOf } from '../../joint/joint';
import { type Several, textOf } from '../../joint/target';
import type { Manner } from '../../manner';
import { estimatedIn, measureIn } from './measures';

const UNITS = { d: 'day', h: 'hour', m: 'minute', s: 'second' } as const;

/** Filters, `STATS` by groups and buckets of time, `WHERE`. Rows without a key are a group of their own, and are left out by a filter. */
export const esqlSeveral = (manner: Manner): Several => ({
  ...AS_GROUPS,
  keyless: true,
  estimates: estimatedIn('esql'),
  pipeline: {
    times: new Set(['@timestamp']),
    bins: new Set(['bucket', 'date_trunc']),
    measure: (fn, args) => measureIn('esql', fn, args),
  },
  write(joint, source) {
    const grouped = groupedOf(joint, manner, true);
    if ('refused' in grouped) return grouped;
    const refused: Refusal[] = [];
    const texts = (printed: Printed): string => textOf(printed, refused);
    const points = joint.parts.map(({ point }) => point);
    const indices = new Set(points.flatMap((point) => point?.elastic.indices ?? []));
    const span = joint.seconds === null ? null : spanOf(joint.seconds);
    const bucket = span === null ? [] : [`BUCKET(@timestamp, ${span.count} ${UNITS[span.unit]}${span.count === 1 ? '' : 's'})`];
    const columns = grouped.measures.map((one) => `${one.name} = ${measureText(one, refused, (where) => texts(printCondition(where)))}`);
    const groups = [...grouped.by.map((field) => fieldText(refused, field)), ...bucket];
    const lines = [
      `FROM ${source ?? (points.includes(null) ? '*' : [...indices].join(', '))}`,
      `WHERE ${texts(printCondition(grouped.where))}`,
      `STATS ${columns.join(', ')}${groups.length === 0 ? '' : ` BY ${groups.join(', ')}`}`,
      ...(isTrue(grouped.having) ? [] : [`WHERE ${texts(printCondition(grouped.having))}`]),
    ];
    return refused.length > 0 ? { refused } : { text: lines.join('\n| ') };
  },
});

function measureText(
  { type, of, percentile, where }: GroupMeasure,
  refused: Refusal[],
  condition: (where: NonNullable<GroupMeasure['where']>) => string,
): string {
  if (where !== null) return `COUNT(*) WHERE ${condition(where)}`;
  if (of === null) return 'COUNT(*)';
  const column = fieldText(refused, of);
  const number = type === 'value_count' ? column : `${localFunction('scalar', 'number', 'esql')!.toUpperCase()}(${column})`;
  const name = localFunction('aggregate', type, 'esql')!.toUpperCase();
  return `${name}(${type === 'value_percentile' ? `${number}, ${percentile}` : number})`;
}
