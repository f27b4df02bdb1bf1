import { searchName } from '../../../languages/spl/print/values';
import { whereText } from '../../../languages/spl/print/where';
import type { FieldRef, Refusal } from '../../../model';
import { isTrue } from '../../../syntax/predicates';
import { groupedOf } from '../../joint/grouped';
import { spanText } from '../../joint/joint';
import { refusedAt, type Several } from '../../joint/target';
import type { Manner } from '../../manner';
import { setOf, whereIn } from '../data-set';
import { measureName, splSeveral } from './spl';

/** `tstats` over one data set, by groups and bins of time, and `where`. What it counts it filters by, so that it sums up all events it reads or none. */
export const tstatsSeveral = (manner: Manner): Several => ({
  ...splSeveral(manner),
  showsSums: false,
  write(joint) {
    const { parts, span, seconds } = joint;
    const set = setOf(parts[0]!.point!);
    if (parts.some(({ point }) => setOf(point!).name !== set.name)) return refusedAt(span, 'events of several data sets together');
    const grouped = groupedOf(joint, manner, false);
    if ('refused' in grouped) return grouped;
    const { where, by, measures, having } = grouped;
    if (measures.some((one) => one.where !== null && !isTrue(one.where))) return refusedAt(span, 'a number of some of the events that are summed up');
    const refused: Refusal[] = [];
    const named = (field: FieldRef): string => searchName({ ...field, name: set.prefix + field.name }, refused) ?? '';
    const columns = measures.map(({ type, of, percentile, name }) => `${of === null ? 'count' : `${measureName(type, percentile)}(${named(of)})`} AS ${name}`);
    const condition = whereText(having, refused);
    const asked = whereIn(where, set, refused);
    const groups = [...by.map(named), ...(seconds === null ? [] : [`_time span=${spanText(seconds)}`])];
    if (condition === null || asked === null || refused.length > 0) return { refused };
    return {
      text: [
        `| tstats ${columns.join(' ')} from datamodel=${set.name} where ${asked}${groups.length === 0 ? '' : ` by ${groups.join(' ')}`}`,
        ...(isTrue(having) ? [] : [`where ${condition}`]),
      ].join('\n| '),
    };
  },
});
