import type { Measure, Operand } from '../model';
import { isRefused, type Dialect } from '../run/dialect';
import type { PipelineDialect, RunMeasure } from '../run/pipeline-dialect';
import { isList, isNumber, type Value } from '../run/value';

/** What a measure is of events: how many there are, how many values they have, those values (as one where there is one), a value they share, their sum. */
type Kind = 'rows' | 'kinds' | 'values' | 'list' | 'value' | 'sum';

/** What a measure does, and what it is of; null where that is not known. */
export function kindOf({ fn, args }: Measure, dialect: Dialect): { readonly kind: Kind; readonly of?: Operand } | null {
  const measure = 'measures' in dialect ? (dialect as PipelineDialect).measures.get(fn) : undefined;
  const [first] = args;
  const of = first === undefined ? {} : { of: first };
  if (measure === undefined) return null;
  if (measure.columns !== undefined) return first === undefined ? null : { kind: 'value', of: first };
  const kind = probe(measure, args.length);
  return kind === null ? null : { kind, ...of };
}

const PROBES = new WeakMap<RunMeasure, Map<number, Kind | null>>();

/** What a measure does, told by what it gives for a few rows. */
function probe(measure: RunMeasure, args: number): Kind | null {
  let known = PROBES.get(measure);
  if (known === undefined) PROBES.set(measure, (known = new Map()));
  let kind = known.get(args);
  if (kind === undefined) known.set(args, (kind = told(measure, args)));
  return kind;
}

function told(measure: RunMeasure, args: number): Kind | null {
  const give = (...values: readonly Value[]): Value | undefined => {
    try {
      const rows = values.map((value) => (args === 0 ? [] : [value, ...Array.from({ length: args - 1 }, () => (typeof value === 'boolean' ? value : true))]));
      return measure.call(measure.also === undefined ? rows : rows.map((row, at) => [...row, at]), { now: 0n });
    } catch (error) {
      if (!isRefused(error)) throw error;
      return undefined;
    }
  };
  const is = (value: Value | undefined, wanted: number): boolean => isNumber(value) && Number(value) === wanted;
  if (args === 0) return is(give(true, true, true), 3) ? 'rows' : null;
  if (is(give('a', 'a', 'b'), 3) || is(give(true, true, true), 3)) return 'rows';
  if (is(give('a', 'a', 'b'), 2)) return 'kinds';
  const same = give('a', 'a');
  const different = give('a', 'b');
  if (isList(different) && different.length === 2) return same === 'a' ? 'values' : 'list';
  if (same === 'a' || (isList(same) && same.includes('a'))) return 'value';
  const number = give(7, 7);
  if (is(number, 7)) return 'value';
  return is(number, 14) ? 'sum' : null;
}
