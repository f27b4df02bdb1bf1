import { commonFunction, isEstimate, localFunction } from '../../../knowledge/functions';
import type { Operand } from '../../../model';
import { SUM_TYPES, type SumType } from '../../joint/joint';
import type { Measured } from '../../joint/target';

/** A function of a pipeline over one field, or over none, by what it measures. `language`: whose functions may stand around the field. */
export function measured(
  type: SumType,
  args: readonly Operand[],
  language: string | null,
  percentile: number | null = null,
  estimated = false,
): Measured | null {
  const [of] = args;
  if (type === 'event_count') return args.length === 0 ? { type, of: [], percentile: null, isEstimate: estimated } : null;
  const isNumber =
    of?.kind === 'call' && of.args.length === 1 && language !== null && commonFunction('scalar', language, of.fn) === 'number' && type !== 'value_count';
  const field = isNumber ? of.args[0] : of;
  if (field?.kind !== 'field' || (field.derived === true && field.of === undefined)) return null;
  return { type, of: [field], percentile, isEstimate: estimated };
}

/** A percentile that is given as the last of two arguments. */
export function percentileOf(args: readonly Operand[], language: string | null, estimated = false): Measured | null {
  const [of, share] = args;
  const isGiven = args.length === 2 && share?.kind === 'literal' && share.type === 'number';
  return isGiven ? measured('value_percentile', [of!], language, Number(share.text), estimated) : null;
}

/** What a function of a language over rows measures; null: nothing that is summed up elsewhere. How exactly values are counted does not matter. */
export function measureIn(language: string, fn: string, args: readonly Operand[]): Measured | null {
  const type = SUM_TYPES.find((one) => one === commonFunction('aggregate', language, fn));
  if (type === undefined) return null;
  const estimated = isEstimate(language, fn);
  return type === 'value_percentile'
    ? percentileOf(args, language, estimated)
    : measured(type, type === 'value_count' ? args.slice(0, 1) : args, language, null, estimated);
}

/** What a language calls the function that sums up so; null: it has none of one argument alone. */
export const sumName = (language: string, type: SumType): string | null => (type === 'value_percentile' ? null : localFunction('aggregate', type, language));

/** What a language gives by estimate: a median without a word of its own is a percentile. */
export const estimatedIn = (language: string): ReadonlySet<SumType> =>
  new Set(
    SUM_TYPES.filter((type) =>
      isEstimate(language, localFunction('aggregate', type, language) ?? localFunction('aggregate', 'value_percentile', language) ?? ''),
    ),
  );
