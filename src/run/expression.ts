import type { Operand } from '../model';
import type { Dialect, Evaluate, Row, Scope } from './dialect';
import { refused, refuseCount } from './dialect';
import type { Reader } from './fields';
import { globText } from '../syntax/glob';
import type { Truth } from './truth';
import type { Predicate } from '../model';
import { TRUE, FALSE, UNKNOWN } from './truth';
import type { Value } from './value';

/** What operands are read with. */
export interface Reading {
  readonly dialect: Dialect;
  readonly scope: Scope;
  readonly read: (name: string) => Reader;
  /** Whether rows leave open what they have under a name: comparisons of it are not made then. Reading it is refused too, but that takes longer. */
  readonly isUnsaid?: (name: string) => ((row: Row) => boolean) | undefined;
  /** The type of a field where it is known (`keyword`, `text`, `long`, `ip` …). */
  readonly typeOf: (name: string) => string | undefined;
  /** Conditions used as values. */
  readonly condition: (predicate: Predicate) => (row: Row) => Truth;
}

/** An operand as a function of the row. Throws `Refused` while it is built for what is not covered, so that nothing is guessed later. */
export function evaluator(operand: Operand, reading: Reading): Evaluate {
  const { dialect, scope } = reading;
  switch (operand.kind) {
    case 'field': {
      const read = reading.read(operand.name);
      const { value } = dialect;
      return value === undefined ? (row) => read(row) ?? null : (row) => value(read(row) ?? null);
    }
    case 'literal': {
      const value = dialect.literal(operand);
      return () => value;
    }
    case 'time': {
      const value = dialect.time(operand.text, scope);
      if (value === undefined) throw refused(`the time \`${operand.text}\``);
      return () => value;
    }
    case 'glob': {
      if (operand.parts.some((part) => typeof part === 'object' && 'of' in part)) throw refused('a pattern made from the event as a value');
      const { text } = globText(operand.parts, operand.letters);
      return () => text;
    }
    case 'regex': {
      const { text } = operand;
      return () => text;
    }
    case 'list': {
      const of = operand.of.map((item) => evaluator(item, reading));
      return (row) => of.map((item) => item(row));
    }
    case 'condition': {
      const truth = reading.condition(operand.of);
      return (row) => {
        const found = truth(row);
        if (found === UNKNOWN) throw refused('a condition that is not read');
        return found === TRUE ? true : found === FALSE ? false : null;
      };
    }
    case 'call': {
      const fn = dialect.functions.get(operand.fn);
      if (fn === undefined) throw refused(`the function \`${operand.fn}\``);
      const { args } = operand;
      refuseCount(operand.fn, fn, args.length);
      const isLacking = (arg: Operand): boolean =>
        fn.mayLack === true && arg === args[0] && arg.kind === 'field' && (scope.unreadable?.(arg.name) ?? null) !== null;
      const of = args.map((arg): Evaluate => (isLacking(arg) ? () => null : evaluator(arg, reading)));
      return applied(fn, of, scope, args);
    }
    case 'unread': {
      const value = scope.answer?.(operand);
      if (value === undefined) throw refused(operand.note ?? operand.written ?? 'a part that is not read');
      return () => value;
    }
    default:
      return operand satisfies never;
  }
}

function applied(fn: NonNullable<ReturnType<Dialect['functions']['get']>>, of: readonly Evaluate[], scope: Scope, operands: readonly Operand[]): Evaluate {
  if (fn.lazy !== undefined) {
    const lazy = fn.lazy(of, scope, operands);
    return (row) => held(lazy(row));
  }
  const call = fn.call!;
  const { nothing = null } = fn;
  if (fn.takesNull === true)
    return (row) =>
      held(
        call(
          of.map((arg) => arg(row)),
          scope,
        ) ?? nothing,
      );
  return (row) => {
    const values: Value[] = [];
    for (const arg of of) {
      const value = arg(row);
      if (value === null) return nothing;
      values.push(value);
    }
    return held(call(values, scope) ?? nothing);
  };
}

/** Characters of a text that a query makes: a column put behind itself by each of thirty steps would take all of the memory. */
const MOST_TEXT = 4_000_000;

function held(value: Value): Value {
  if (typeof value === 'string' && value.length > MOST_TEXT) throw refused(`a text of more than ${MOST_TEXT.toLocaleString('en')} characters`);
  return value;
}
