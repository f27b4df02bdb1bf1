import type { Printed, Refusal } from '../../../model';
import { isTrue } from '../../../syntax/predicates';
import { AS_GROUPS, type GroupMeasure, groupedOf } from '../../joint/grouped';
import type { SumType } from '../../joint/joint';
import { type Several, textOf } from '../../joint/target';
import type { Manner } from '../../manner';
import { SQL_TIME, type SqlDialect, sqlName } from '../../sql/dialect';
import { sqlCondition } from '../../sql/print';
import { overTable } from '../../sql/table';
import { measured, percentileOf } from './measures';

const FUNCTIONS: ReadonlyMap<string, SumType> = new Map([
  ['count', 'event_count'],
  ['count_distinct', 'value_count'],
  ['sum', 'value_sum'],
  ['avg', 'value_avg'],
]);

/** `WHERE`, `GROUP BY` with buckets of time, `HAVING` over names of columns. Rows without a key are a group of their own, and are left out by a condition. */
export const sqlSeveral = (dialect: SqlDialect, manner: Manner): Several => ({
  ...AS_GROUPS,
  keyless: true,
  estimates: new Set(),
  unsaidTime: `Which column holds when an event happened is not said: \`${SQL_TIME}\` stands there`,
  pipeline: {
    times: new Set([SQL_TIME]),
    bins: new Set(['bin']),
    measure(fn, args) {
      const type = FUNCTIONS.get(fn);
      return type === undefined ? percentileOf(args, null) : measured(type, args, null);
    },
  },
  write(asked, source, columns) {
    const joint = { ...asked, parts: asked.parts.map((part) => ({ ...part, predicate: overTable(part.predicate, columns) })) };
    const grouped = groupedOf(joint, manner, true);
    if ('refused' in grouped) return grouped;
    const refused: Refusal[] = [];
    const texts = (printed: Printed): string => textOf(printed, refused);
    const keys = grouped.by.map(({ name }) => sqlName(name, dialect));
    const bucket = joint.seconds === null ? [] : [dialect.bucket(SQL_TIME, joint.seconds)];
    const measures = grouped.measures.map(
      (one) => `${measureText(one, dialect, (where) => texts(sqlCondition(where, dialect)))} AS ${sqlName(one.name, dialect)}`,
    );
    const groups = [...keys, ...bucket];
    const lines = [
      `SELECT ${[...keys, ...bucket.map((text) => `${text} AS bucket`), ...measures].join(', ')}`,
      `FROM ${source ?? 'events'}`,
      `WHERE ${texts(sqlCondition(grouped.where, dialect))}`,
      ...(groups.length === 0 ? [] : [`GROUP BY ${groups.join(', ')}`]),
      ...(isTrue(grouped.having) ? [] : [`HAVING ${texts(sqlCondition(grouped.having, dialect))}`]),
    ];
    return refused.length > 0 ? { refused } : { text: lines.join('\n'), as: joint };
  },
});

function measureText(
  { type, of, percentile, where }: GroupMeasure,
  dialect: SqlDialect,
  condition: (where: NonNullable<GroupMeasure['where']>) => string,
): string {
  if (where !== null) return `COUNT(CASE WHEN ${condition(where)} THEN 1 END)`;
  if (of === null) return 'COUNT(*)';
  const column = sqlName(of.name, dialect);
  if (type === 'value_count') return `COUNT(DISTINCT ${column})`;
  const number = dialect.asNumber(column);
  if (type === 'value_sum' || type === 'value_avg') return `${type === 'value_sum' ? 'SUM' : 'AVG'}(${number})`;
  return dialect.percentile(number, percentile / 100);
}
