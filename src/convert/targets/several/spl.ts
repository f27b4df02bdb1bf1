import { commonFunction, isEstimate, localFunction } from '../../../knowledge/functions';
import { print } from '../../../languages/spl/print/print';
import { expressionName, searchName } from '../../../languages/spl/print/values';
import { whereText } from '../../../languages/spl/print/where';
import type { Refusal } from '../../../model';
import { isTrue } from '../../../syntax/predicates';
import { AS_GROUPS, type GroupMeasure, groupedOf } from '../../joint/grouped';
import { type SumType, spanText } from '../../joint/joint';
import type { Several } from '../../joint/target';
import type { Manner } from '../../manner';
import { estimatedIn, measured, measureIn, sumName } from './measures';

/** Filters, `stats` by groups and bins of time, `where`. Events without a field of `by` are in no group. */
export const splSeveral = (manner: Manner): Several => ({
  ...AS_GROUPS,
  keyless: false,
  estimates: estimatedIn('spl'),
  pipeline: {
    times: new Set(['_time']),
    bins: new Set(['|bin']),
    measure(fn, args) {
      const [, name = fn, share] = /^(\D+)(\d{1,2})$/.exec(fn) ?? [];
      if (share === undefined) return measureIn('spl', fn, args);
      return commonFunction('aggregate', 'spl', name) === 'value_percentile'
        ? measured('value_percentile', args, 'spl', Number(share), isEstimate('spl', name))
        : null;
    },
  },
  write(joint) {
    const grouped = groupedOf(joint, manner, false);
    if ('refused' in grouped) return grouped;
    const { where, by, measures, having } = grouped;
    const refused: Refusal[] = [];
    const base = print(where);
    const condition = whereText(having, refused);
    const columns = measures.map((one) => `${measureText(one, refused)} AS ${one.name}`);
    const keys = by.map((field) => searchName(field, refused) ?? '');
    if (!('text' in base)) return { refused: [...base.refused, ...refused] };
    if (condition === null || refused.length > 0) return { refused };
    const { seconds } = joint;
    const groups = [...keys, ...(seconds === null ? [] : ['_time'])];
    return {
      text: [
        base.text,
        ...(seconds === null ? [] : [`bin _time span=${spanText(seconds)}`]),
        `stats ${columns.join(' ')}${groups.length === 0 ? '' : ` BY ${groups.join(', ')}`}`,
        ...(isTrue(having) ? [] : [`where ${condition}`]),
      ].join('\n| '),
    };
  },
});

function measureText({ type, of, percentile, where }: GroupMeasure, refused: Refusal[]): string {
  if (where !== null && !isTrue(where)) return `count(eval(${whereText(where, refused) ?? ''}))`;
  if (of === null) return 'count';
  return `${measureName(type, percentile)}(${expressionName(of, refused) ?? ''})`;
}

/** The function that sums up a field so. */
export const measureName = (type: SumType, percentile: number): string =>
  sumName('spl', type) ?? `${localFunction('aggregate', 'value_percentile', 'spl')}${percentile}`;
