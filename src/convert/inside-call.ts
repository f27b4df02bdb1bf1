import { commonFunction, localFunction, madeOfNothing } from '../knowledge/functions';
import { isOrder } from '../syntax/orders';
import type { Call, Missing, Operand, Test } from '../model';
import { calculated } from './plain-side';
import { hasMany, type Side } from './side';

/** The comparison with the target's own function around the field in place of the original's; null, and said why: it has none that gives the same. */
export function insideCall(side: Side, call: Call): Side | null {
  const { test, work, named } = side;
  const { language, manner, label } = work;
  const common = commonFunction('scalar', language, call.fn);
  const isSame = manner.functions === language;
  const own = isSame ? call.fn : common === null || manner.functions === undefined ? null : localFunction('scalar', common, manner.functions);
  const isSaid = own !== null && (test.compare === 'equals' || test.compare === 'between' || isOrder(test.compare)) && named?.separator === undefined;
  if (!isSaid) {
    const { span, why } = calculated(call);
    work.refuse(span, why);
    return null;
  }
  if (hasMany(work) && manner.manyValues && !isSame)
    work.lose(call.span, 'several', `What \`${own}\` makes of a field that holds several values at once is not said to be the same in ${label}`, 'either');
  const given = ofNothing(manner.functions!, own, test);
  return { ...side, test: { ...test, missing: ofNothing(language, call.fn, test) ?? test.missing }, around: own, ...(given === null ? null : { given }) };
}

/** What a comparison gives of an event without the field, where the function makes a number of nothing; null: it makes none. */
function ofNothing(language: string, fn: string, { compare, values }: Test): Missing | null {
  const made = madeOfNothing(language, fn);
  if (made === null) return null;
  const numbers = values.flatMap((value): readonly Operand[] => (value.kind === 'list' ? value.of : [value])).map(numberOf);
  if (numbers.includes(null)) return 'unknown';
  const [first, last] = [numbers[0] ?? NaN, numbers.at(-1) ?? NaN];
  const holds =
    compare === 'between'
      ? first <= made && made <= last
      : compare === 'less'
        ? made < first
        : compare === 'at-most'
          ? made <= first
          : compare === 'greater'
            ? made > first
            : compare === 'at-least'
              ? made >= first
              : numbers.includes(made);
  return holds ? 'true' : 'false';
}

const numberOf = (value: Operand): number | null => (value.kind === 'literal' && value.type === 'number' ? Number(value.text) : null);
