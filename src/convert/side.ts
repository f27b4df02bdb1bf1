import type { FieldRef, GlobPart, Operand, Predicate, Span, Test } from '../model';
import { notOf, placeOf, truthAt } from '../syntax/predicates';
import type { Lose, Manner, Refuse } from './manner';
import type { NamedField } from './names';

/** What a predicate is adapted with. */
export interface Adapting {
  readonly manner: Manner;
  /** The original's language. */
  readonly language: string;
  /** What the target is called in sentences. */
  readonly label: string;
  /** The manner of the original's language, where it is known. */
  readonly from: Manner | undefined;
  readonly nameOf: (field: FieldRef) => NamedField;
  readonly lose: Lose;
  readonly refuse: Refuse;
}

/** Work with what is known of every event that can fire. */
export interface Work extends Adapting {
  /** Fields without which the whole does not hold, whatever else: of them absence need not be told apart. */
  readonly present: ReadonlySet<string>;
  /** What is said once of a rule. */
  readonly told: Set<string>;
}

/** One comparison while it is adapted. */
export interface Side {
  readonly test: Test;
  readonly sign: boolean;
  readonly work: Work;
  /** The field by its new name; null: the whole event. */
  readonly field: FieldRef | null;
  readonly named: NamedField | null;
  /** The field as the rule names it. */
  readonly source: string | null;
  /** A function around the field, which the target needs or the original asks for. */
  readonly around?: string;
  /** What the comparison, as it is made, gives of an event without the field; absent: what it says itself. */
  readonly given?: Test['missing'];
  /** Letters' case, functions around the field taken into account. */
  readonly fold: boolean;
}

/** Notes a loss by which the comparison itself holds more often, or less. */
export const loseAt = (work: Work, sign: boolean, span: Span, kind: Parameters<Lose>[1], why: string, holdsMore: boolean): void =>
  work.lose(span, kind, why, holdsMore === sign ? 'looser' : 'stricter');

/** The negation; of a negation what it negates. */
export const denied = (of: Predicate, span: Span): Predicate => (of.kind === 'not' ? of.of : notOf(of, span));

export const subjectOf = ({ field, around: fn }: Side): Operand | null => (field === null || fn === undefined ? field : called(fn, field));

export const called = (fn: string, of: Operand): Operand => ({
  kind: 'call',
  span: placeOf(of.span),
  fn,
  name: placeOf(of.span),
  args: [of],
  written: `${fn}(${of.kind === 'field' ? of.name : ''})`,
});

export function single(side: Side, value: Operand, word: Test['word'], letters: Test['case'], left: Operand | null = subjectOf(side)): Test {
  const { test, work } = side;
  return {
    kind: 'test',
    span: placeOf(test.span),
    left,
    compare: test.compare === 'token' ? 'equals' : test.compare,
    values: [value],
    case: letters,
    missing: work.manner.missing(test.compare, value),
    word,
  };
}

export const there = (side: Side): Predicate => bare(side, side.work.manner.emptyIsValue ? 'exists' : 'filled');
export const gone = (side: Side): Predicate =>
  side.work.manner.saysAbsent ? bare(side, side.work.manner.emptyIsValue ? 'absent' : 'empty') : denied(there(side), side.test.span);

/** Whether a field of the original's events may hold several values, any of which counts. */
export const hasMany = ({ from }: Work): boolean => from?.manyValues !== false;

/** Whether the original asks for the field alone, whatever it holds. */
export const asksKey = ({ test, work }: Side): boolean =>
  work.from?.asksKey === true && test.values.length === 0 && (test.compare === 'exists' || test.compare === 'absent');

const bare = (side: Side, compare: 'exists' | 'absent' | 'filled' | 'empty'): Test => ({
  kind: 'test',
  span: placeOf(side.test.span),
  left: side.field,
  compare,
  values: side.work.manner.asksKey === true && !asksKey(side) ? [heldIn(side, compare)] : [],
  case: 'fold',
  missing: compare === 'absent' || compare === 'empty' ? 'true' : 'false',
  word: compare === 'absent' || compare === 'empty' ? 'is_null' : 'is_not_null',
});

/** The value that stands for one that is there, or is not. */
function heldIn({ test }: Side, compare: 'exists' | 'absent' | 'filled' | 'empty'): Operand {
  const span = placeOf(test.span);
  return compare === 'absent' || compare === 'empty' ? { kind: 'literal', span, type: 'null', text: 'null' } : { kind: 'glob', span, parts: ['any-run'] };
}

export const hasLetters = (parts: readonly GlobPart[]): boolean => parts.some((part) => typeof part === 'object' && 'text' in part && /\p{L}/u.test(part.text));

export const loseCase = ({ work, sign }: Side, span: Span, holdsMore: boolean): void =>
  loseAt(
    work,
    sign,
    span,
    'case',
    holdsMore ? `${work.label} does not mind letters’ case here` : `${work.label} minds letters’ case on keyword fields`,
    holdsMore,
  );

export function isUnsayable(parts: readonly GlobPart[], { work }: Side, span: Span): boolean {
  if (work.manner.unsayable === undefined) return false;
  const text = parts.map((part) => (typeof part === 'object' && 'text' in part ? part.text : '*')).join('');
  const why = work.manner.unsayable(text);
  if (why !== null) work.refuse(span, why);
  return why !== null;
}

/** Texts side by side as one, and so runs. */
export function tidy(parts: readonly GlobPart[]): readonly GlobPart[] {
  const all: GlobPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part === 'any-run' && last === 'any-run') continue;
    if (typeof part === 'object' && 'text' in part && typeof last === 'object' && 'text' in last) all[all.length - 1] = { text: last.text + part.text };
    else if (!(typeof part === 'object' && 'text' in part && part.text === '' && parts.length > 1)) all.push(part);
  }
  return all;
}

export const nothing = (span: Span): Predicate => truthAt(span);

export const around = (parts: readonly GlobPart[]): readonly GlobPart[] => [
  ...(parts[0] === 'any-run' ? [] : (['any-run'] as const)),
  ...parts,
  ...(parts.at(-1) === 'any-run' ? [] : (['any-run'] as const)),
];
