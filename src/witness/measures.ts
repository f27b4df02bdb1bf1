import type { Measure, Operand, Predicate } from '../model';
import { isRefused, type Dialect } from '../run/dialect';
import type { PipelineDialect, RunMeasure } from '../run/pipeline-dialect';
import { isList, isNumber, type Value } from '../run/value';
import { conditionOf } from './pins';
import { SideColumns } from './sides';
import { operandOver } from './substitute';

/** What a measure is of events: how many there are, how many values they have, those values (as one where there is one), a value they share, their sum; the largest or last of them is a value of another event than the least. */
export type Kind = 'rows' | 'kinds' | 'values' | 'list' | 'value' | 'largest' | 'sum';

/** What a measure does and is of, and under which condition; `columns`: what these stand over. */
export interface Measured {
  readonly kind: Kind | null;
  readonly of?: Operand;
  readonly where?: Predicate;
  readonly columns: SideColumns;
}

/** What a measure does of rows with these columns. A choice within it (`sum(case(c, 1, 0))`, `count(if(c, x, null))`) is a condition it counts under. */
export function measuredOf({ fn, name, args, where }: Measure, dialect: Dialect, columns: SideColumns): Measured {
  const measure = 'measures' in dialect ? (dialect as PipelineDialect).measures.get(fn) : undefined;
  const [first, second] = args;
  const given = { ...(first === undefined ? null : { of: first }), ...(where === undefined ? null : { where }), columns };
  if (measure === undefined) return { ...given, kind: null };
  if (givesSeveral(measure, args, name)) return { ...given, kind: first === undefined ? null : 'value' };
  const kind = probe(measure, args.length);
  if (kind === null || first === undefined || where !== undefined) return { ...given, kind };
  if (kind === 'rows' && first.kind === 'condition') return { kind, where: first.of, columns };
  if (second?.kind === 'condition') return { kind, of: first, where: second.of, columns };
  const made = operandOver(first, columns);
  const [condition, then, otherwise] = made?.kind === 'call' && CHOICES.has(made.fn) ? made.args : [];
  if (condition === undefined || then === undefined) return { ...given, kind };
  // What was worked out stands over the events' own fields.
  const over = new SideColumns(columns.side);
  if (kind === 'sum')
    return isLiteral(then, '1') && isLiteral(otherwise, '0') ? { kind: 'rows', where: conditionOf(condition), columns: over } : { ...given, kind };
  const isNothing = otherwise === undefined || (otherwise.kind === 'literal' && otherwise.type === 'null');
  return isNothing ? { kind, of: then, where: conditionOf(condition), columns: over } : { ...given, kind };
}

/** Whether a measure gives a column for each of several values, as it is asked here. */
function givesSeveral({ columns }: RunMeasure, args: readonly Operand[], name: string): boolean {
  try {
    return (columns?.(args, [], [], name) ?? null) !== null;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return true;
  }
}

/** Functions that give one of their arguments, told by conditions. */
export const CHOICES: ReadonlySet<string> = new Set(['case', 'if', 'iff', 'iif']);
const isLiteral = (operand: Operand | undefined, text: string): boolean => operand?.kind === 'literal' && operand.text === text;

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
      return measure.call(measure.also === undefined ? rows : rows.map((row, at) => [...row, at]), { now: 0n }, []);
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
  if (same === 'a' || (isList(same) && same.includes('a'))) return different === 'b' ? 'largest' : 'value';
  const number = give(7, 7);
  if (is(number, 7)) return is(give(7, 9), 9) ? 'largest' : 'value';
  return is(number, 14) ? 'sum' : null;
}
