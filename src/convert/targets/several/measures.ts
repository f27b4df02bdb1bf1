import type { Operand } from '../../../model';
import type { SumType } from '../../joint/joint';
import type { Measured } from '../../joint/target';

/** A function of a pipeline over one field, or over none, by what it measures. */
export function measured(type: SumType, args: readonly Operand[], percentile: number | null = null, isEstimate = false): Measured | null {
  const [of] = args;
  if (type === 'event_count') return args.length === 0 ? { type, of: [], percentile: null, isEstimate } : null;
  const field = of?.kind === 'call' && of.args.length === 1 && AS_NUMBER.has(of.fn) && type !== 'value_count' ? of.args[0] : of;
  if (field?.kind !== 'field' || (field.derived === true && field.of === undefined)) return null;
  return { type, of: [field], percentile, isEstimate };
}

/** Functions that read a value as a number, and give nothing of any other. */
const AS_NUMBER: ReadonlySet<string> = new Set(['todouble', 'toreal', 'to_double', 'tonumber']);

/** A percentile that is given as the last of two arguments. */
export function percentileOf(args: readonly Operand[]): Measured | null {
  const [of, share] = args;
  return args.length === 2 && share?.kind === 'literal' && share.type === 'number' ? measured('value_percentile', [of!], Number(share.text)) : null;
}
