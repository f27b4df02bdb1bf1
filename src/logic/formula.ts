import { basenameField, type FieldNames } from '../knowledge/fields';
import type { Operand, Predicate, Span, Test } from '../model';
import { subjectOf, writtenOf } from '../syntax/classify';
import { formsOf } from '../syntax/text-forms';
import { walkTests } from '../syntax/walk';
import { isLiteral, networkOf, patternOf, patternSet, type ValueSet } from './value-set';

/** One comparison of one value, in canonical names, with its sign. */
export interface Literal {
  readonly kind: 'literal';
  /** Canonical name, functions around it before it; `*` for the whole event. */
  readonly field: string;
  /** False: the value must not be one of the set. */
  readonly sign: boolean;
  readonly set: ValueSet;
  /** Letters' case matters. */
  readonly exact: boolean;
  /** The value as it is written, where its letters' case matters to the rule and is left aside here. */
  readonly letters: string | null;
  /** Whether it holds of an event without the field. */
  readonly absent: boolean;
  /** The field may have several values, one for each of two comparisons. */
  readonly many: boolean;
  /** Of some element of a list, or of each, by its group; null: of the field. Another comparison may be about another element, and excludes nothing. */
  readonly element: string | null;
  /** Of a column that the rule computes. */
  readonly isComputed?: true;
  /** The pattern of the path that it was written as, where it stands for the name at the path's end. */
  readonly path?: string;
  /** Equal literals have equal keys. */
  readonly key: string;
  readonly span: Span;
}

/** A predicate whose negations stand at its comparisons; what is not read stays, and is never known to hold. */
export type Formula =
  | { readonly kind: 'all'; readonly of: readonly Formula[]; readonly span: Span }
  | { readonly kind: 'any'; readonly of: readonly Formula[]; readonly span: Span }
  | Literal
  /** `isCut`: there were too many comparisons before it. */
  | { readonly kind: 'unread'; readonly span: Span; readonly isCut?: true };

/** The field of what is looked for anywhere in the event. */
export const WHOLE_EVENT = '*';

/** What fields are called in all families. */
type Names = Pick<FieldNames, 'canonical'>;

/** More comparisons than these are not laid out one by one. */
const MOST = 5000;

/**
 * How comparisons are taken. `foldCase`: as if letters' case never mattered (rules of different languages); `manyValues`: which fields, as written, may have
 * several values; `asWritten`: a path stays a path, and what stands twice stands twice (one rule by itself).
 */
interface Reading {
  readonly foldCase?: boolean;
  manyValues?(field: string): boolean;
  readonly asWritten?: boolean;
}

/** The predicate as a formula in canonical names. */
export function formulaOf(predicate: Predicate, names: Names, reading: Reading = {}): Formula {
  let left = MOST;
  let groups = 0;
  const shared = sharedNames(predicate, names);
  const visit = (node: Predicate, sign: boolean, element: string | null): Formula => {
    switch (node.kind) {
      case 'all':
      case 'any': {
        // The parts are about one element: of each group another one, of an excluded group every one.
        const own = node.kind === 'all' && node.same !== undefined ? `${sign ? 'some' : 'each'} ${groups++}` : element;
        return joined(
          (node.kind === 'all') === sign ? 'all' : 'any',
          node.of.map((part) => visit(part, sign, own)),
          node.span,
          reading.asWritten,
        );
      }
      case 'not':
        return visit(node.of, !sign, element);
      case 'unread':
        return { kind: 'unread', span: node.span };
      case 'test': {
        left -= Math.max(1, node.values.length);
        return left < 0 ? { kind: 'unread', span: node.span, isCut: true } : literalsOf(node, sign, fieldOf(node, names, shared), element, reading);
      }
      default:
        return node satisfies never;
    }
  };
  return visit(predicate, true, null);
}

/**
 * Canonical names that several fields of this predicate have: who signed the program and who signed what it loads are one field elsewhere, and two beside each
 * other. These keep their own names.
 */
function sharedNames(predicate: Predicate, names: Names): ReadonlySet<string> {
  const written = new Map<string, string>();
  const shared = new Set<string>();
  walkTests(predicate, ({ left }) => {
    const subject = subjectOf(left);
    if (subject === null) return;
    const canonical = canonicalOf(subject, names);
    const own = subject.of ?? subject.name;
    const known = written.get(canonical);
    if (known === undefined) written.set(canonical, own);
    else if (known !== own) shared.add(canonical);
  });
  return shared;
}

/** Nested conjunctions and choices opened; of one part, that part; equal parts once, unless what stands twice is to be told. */
export function joined(kind: 'all' | 'any', parts: readonly Formula[], span: Span, keepsEqual = false): Formula {
  // What holds always leaves nothing of a choice, what never does nothing of a conjunction.
  const whole = parts.find((part) => part.kind === (kind === 'any' ? 'all' : 'any') && part.of.length === 0);
  if (whole !== undefined) return whole;
  const of: Formula[] = [];
  const keys = new Set<string>();
  for (const part of parts.flatMap((one) => (one.kind === kind ? one.of : [one]))) {
    if (part.kind === 'literal' && !keepsEqual) {
      if (keys.has(part.key)) continue;
      keys.add(part.key);
    }
    of.push(part);
  }
  return of.length === 1 ? of[0]! : { kind, of, span };
}

function literalsOf(
  test: Test,
  sign: boolean,
  named: NamedField,
  element: string | null,
  { foldCase = false, manyValues = () => false, asWritten = false }: Reading,
): Formula {
  const exact = test.case === 'exact' && !foldCase;
  const isLeftAside = test.case === 'exact' && foldCase;
  const { name, basename, isMember, isComputed, source } = named;
  // Of two rules each computes a column of its own.
  const many = isMember || (isComputed && foldCase) || name === WHOLE_EVENT || manyValues(source ?? '');
  const absent = test.missing === 'unknown' ? false : (test.missing === 'true') === sign;
  const literal = (set: ValueSet, span: Span, field = name, positive = sign, holdsAbsent = absent, written: Operand | null = null): Literal => ({
    kind: 'literal',
    field,
    sign: positive,
    set,
    exact: exact && hasLetters(set),
    letters: isLeftAside && written !== null && hasLetters(set) ? saidOf(written) : null,
    absent: holdsAbsent,
    many,
    element,
    ...(isComputed ? { isComputed: true as const } : null),
    key: `${positive ? '' : '!'}${field} ${element ?? ''} ${exact && hasLetters(set) ? 'E' : ''}${holdsAbsent ? 'A' : ''} ${keyOf(set)}`,
    span,
  });
  switch (test.compare) {
    case 'exists':
    case 'filled':
      return literal({ kind: 'every', filled: test.compare === 'filled' }, test.span, name, sign, !sign);
    case 'absent':
    case 'empty':
      return literal({ kind: 'every', filled: test.compare === 'empty' }, test.span, name, !sign, sign);
    default:
  }
  // All of a field's values, or values that must all fit: said only together.
  if (test.over === 'all' && sign) return { kind: 'unread', span: test.span };
  if (test.compare === 'between') {
    const [low, high] = test.values.map(numberIn);
    if (low === undefined || high === undefined || low === null || high === null) return literal(namedOf(test, test.values), test.span);
    return literal({ kind: 'range', low, high, lowOpen: false, highOpen: false }, test.span);
  }
  const values = test.values.flatMap((value) => (value.kind === 'list' ? value.of : [value]));
  const partOf = (value: Operand): Formula => {
    if (value.kind === 'unread') return { kind: 'unread', span: value.span };
    const forms = test.compare === 'equals' ? formsIn(value) : null;
    if (forms !== null) return joined(sign ? 'any' : 'all', forms.map(partOf), value.span);
    const set = knownSet(test, value, exact);
    // A path that is, or ends in, nothing but a file name asks for the file name.
    if (basename !== null && set.kind === 'pattern' && !asWritten) {
      const file = fileNameIn(set.pattern);
      if (file !== null) {
        const named = literal(patternSet(file), value.span, basename, sign, absent, value);
        return set.isOpenBefore ? { ...named, path: set.pattern } : named;
      }
    }
    return literal(set, value.span, name, sign, absent, value);
  };
  return joined((test.every === true) === sign ? 'all' : 'any', values.map(partOf), test.span, asWritten);
}

/** More forms of one value than these are not laid out one by one. */
const MOST_FORMS = 25;
const FORMS = new WeakMap<Operand, readonly Operand[] | null>();

/** The forms in which a value is looked for (other dashes, encodings), each as a glob; null where it is looked for as it is. */
function formsIn(value: Operand): readonly Operand[] | null {
  if (value.kind !== 'call' && value.kind !== 'glob') return null;
  let known = FORMS.get(value);
  if (known === undefined) {
    const forms = formsOf(value);
    known =
      forms === null || typeof forms === 'string' || forms.length > MOST_FORMS
        ? null
        : forms.map((parts): Operand => ({ kind: 'glob', parts, span: value.span }));
    FORMS.set(value, known);
  }
  return known;
}

interface NamedField {
  readonly name: string;
  readonly basename: string | null;
  /** The field as the rule writes it; null: what is compared is computed. */
  readonly source: string | null;
  readonly isMember: boolean;
  readonly isComputed: boolean;
}

const canonicalOf = (subject: NonNullable<ReturnType<typeof subjectOf>>, names: Names): string =>
  subject.canonical ?? (subject.of === undefined && subject.derived ? subject.name : names.canonical(subject.of ?? subject.name));

function fieldOf(test: Test, names: Names, shared: ReadonlySet<string>): NamedField {
  const subject = subjectOf(test.left);
  if (subject === null) return { name: WHOLE_EVENT, basename: null, source: null, isMember: false, isComputed: false };
  const plain = subject.transforms.length === 0;
  const isComputed = subject.derived && subject.of === undefined;
  const common = canonicalOf(subject, names);
  const canonical = shared.has(common) ? (subject.of ?? subject.name) : common;
  // Functions that only change letters' case are part of the comparison.
  const around = subject.transforms.filter((name) => !/^(?:to_?)?(?:lower|upper)$/i.test(name)).map((name) => `${name.toLowerCase()}:`);
  return {
    name: around.join('') + canonical,
    basename: plain ? basenameField(canonical) : null,
    source: around.length > 0 || isComputed ? null : (subject.of ?? subject.name),
    isMember: subject.member === true,
    isComputed,
  };
}

/** The one part of `*\name`, or a whole name, without wildcards and slashes; null for anything else. */
function fileNameIn(pattern: string): string | null {
  const text = pattern.startsWith('\uE000') ? pattern.slice(1) : pattern;
  const isTail = text !== pattern;
  if (!isLiteral(text) || text === '') return null;
  const slash = /^[\\/]/.test(text);
  const name = slash ? text.slice(1) : text;
  if (name === '' || /[\\/]/.test(name) || (isTail && !slash) || (!isTail && slash)) return null;
  return name;
}

/** Rules of one catalog share their operands: what each accepts is worked out once. */
const KNOWN = new WeakMap<Operand, { readonly compare: Test['compare']; readonly exact: boolean; readonly set: ValueSet }>();

function knownSet(test: Test, value: Operand, exact: boolean): ValueSet {
  const known = KNOWN.get(value);
  if (known?.compare === test.compare && known.exact === exact && test.modifiers === undefined) return known.set;
  const set = setOf(test, value, exact);
  if (test.modifiers === undefined) KNOWN.set(value, { compare: test.compare, exact, set });
  return set;
}

function setOf(test: Test, value: Operand, exact: boolean): ValueSet {
  const fold = (text: string): string => (exact ? text : text.toLowerCase());
  switch (test.compare) {
    case 'equals':
      if (value.kind === 'literal' && value.secret !== true) return patternSet(fold(value.text));
      if (value.kind === 'glob' && value.secret !== true) {
        const pattern = patternOf(value.parts);
        if (pattern === '\uE000') return { kind: 'every', filled: false };
        if (pattern === '\uE000\uE001' || pattern === '\uE001\uE000') return { kind: 'every', filled: true };
        if (pattern !== null) return patternSet(fold(pattern));
      }
      return namedOf(test, [value]);
    case 'cidr':
      return (value.kind === 'literal' ? networkOf(value.text) : null) ?? namedOf(test, [value]);
    case 'less':
    case 'at-most': {
      const high = numberIn(value);
      return high === null ? namedOf(test, [value]) : { kind: 'range', low: -Infinity, high, lowOpen: true, highOpen: test.compare === 'less' };
    }
    case 'greater':
    case 'at-least': {
      const low = numberIn(value);
      return low === null ? namedOf(test, [value]) : { kind: 'range', low, high: Infinity, lowOpen: test.compare === 'greater', highOpen: true };
    }
    case 'token':
      return value.kind === 'literal' && value.secret !== true && value.text !== '' ? { kind: 'word', text: fold(value.text) } : namedOf(test, [value]);
    default:
      return namedOf(test, [value]);
  }
}

const numberIn = (value: Operand): number | null => {
  if (value.kind !== 'literal' || !/^-?\d+(?:\.\d+)?$/.test(value.text)) return null;
  return Number(value.text);
};

const namedOf = (test: Test, values: readonly Operand[]): ValueSet => ({
  kind: 'named',
  key: [test.compare, ...(test.modifiers ?? []), ...values.map((value) => `${value.kind} ${value.kind === 'regex' ? value.flags : ''} ${saidOf(value)}`)].join(
    ' ',
  ),
});

/** Equal for values that say the same, however they are kept. */
const saidOf = (value: Operand): string =>
  value.kind === 'call'
    ? `${value.fn}(${value.args.map(saidOf).join(', ')})`
    : value.kind === 'glob'
      ? value.parts.map((part) => (typeof part === 'string' ? `<${part}>` : 'text' in part ? part.text : saidOf(part.of))).join('')
      : value.kind === 'list'
        ? value.of.map(saidOf).join(', ')
        : writtenOf(value);

const hasLetters = (set: ValueSet): boolean =>
  set.kind === 'named' ||
  (set.kind === 'word' && set.text.toLowerCase() !== set.text.toUpperCase()) ||
  (set.kind === 'pattern' && set.pattern.toLowerCase() !== set.pattern.toUpperCase());

function keyOf(set: ValueSet): string {
  switch (set.kind) {
    case 'pattern':
      return `=${set.pattern}`;
    case 'range':
      return `${set.lowOpen ? '(' : '['}${set.low} ${set.high}${set.highOpen ? ')' : ']'}`;
    case 'network':
      return `/${set.base} ${set.bits} ${set.width}`;
    case 'every':
      return set.filled ? 'filled' : 'every';
    case 'word':
      return `w${set.text}`;
    case 'named':
      return `~${set.key}`;
    default:
      return set satisfies never;
  }
}
