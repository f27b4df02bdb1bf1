import type { Operand, Predicate, Test } from '../model';
import { isOpenGlob } from '../syntax/glob';
import { isRefused, type Dialect } from './dialect';
import { fileNameIn } from './glob-match';
import { numberOf } from './dialect/textual';
import { requiredOf, shortestOf } from './required';
import { regexOf } from './regex';
import { formsOf } from '../syntax/text-forms';

/** A name under which events may have a field; a path's file name may stand for it. */
export interface FieldName {
  readonly name: string;
  readonly isFileName: boolean;
}

/** What is found of a value, whatever the field is called. */
interface Found {
  /** `name`: the file name at a path's end; `foreign`: a letter beyond ASCII, which is folded in more ways than one. */
  readonly kind: 'equal' | 'name' | 'part' | 'present' | 'foreign';
  readonly text: string;
}

/** A text of which a value of a field must hold a part, or be it; the field null: any value of the event. In lower case. */
export interface Literal extends Found {
  readonly field: string | null;
}

/** Sets of literals: one of each must occur in every event that a predicate is true of, or cannot be told of. */
export type AskedLiterals = readonly (readonly Literal[])[];

/** What the asked of a rule depends on beside its predicate. */
interface AskedReading {
  readonly dialect: Dialect;
  readonly namesOf: (field: string) => readonly FieldName[] | null;
  readonly typeOf: (field: string) => string | undefined;
}

/** Shorter texts are in every value. */
const SHORTEST = 2;

/** What must occur for a predicate not to be false, the rarest first as far as its letters tell. `not` gives nothing: what it demands is that something is missing. */
export const askedLiteralsOf = (predicate: Predicate, reading: AskedReading): AskedLiterals =>
  setsOf(predicate, reading)
    .map((set) => ({ set, worth: worthOf(set) }))
    .toSorted((a, b) => b.worth - a.worth)
    .map(({ set }) => set);

function setsOf(predicate: Predicate, reading: AskedReading): AskedLiterals {
  switch (predicate.kind) {
    case 'all':
      // What is not known of the element they are about leaves all of them open.
      if (predicate.same !== undefined && reading.namesOf(predicate.same.name) === null) return [];
      // An unread part of a conjunction can only make it less true: the other parts still count.
      return predicate.of.flatMap((part) => setsOf(part, reading));
    case 'any': {
      const all: Literal[] = [];
      for (const part of predicate.of) {
        const best = bestOf(setsOf(part, reading));
        if (best === null) return [];
        for (const one of best) all.push(one);
      }
      return [all];
    }
    case 'not':
    case 'unread':
      return [];
    case 'test':
      return ofTest(predicate, reading);
    default:
      return predicate satisfies never;
  }
}

/** The longer the shortest literal and the fewer there are, the better. */
const worthOf = (literals: readonly Found[]): number =>
  literals.reduce(
    (least, { kind, text }) => Math.min(least, kind === 'present' ? 0.5 : kind === 'foreign' ? 99 : kind === 'equal' ? text.length + 4 : text.length),
    Infinity,
  ) -
  literals.length / 50;

const bestOf = (sets: AskedLiterals): readonly Literal[] | null =>
  sets.reduce<readonly Literal[] | null>((best, set) => (best === null || worthOf(set) > worthOf(best) ? set : best), null);

function ofTest(test: Test, { dialect, namesOf, typeOf }: AskedReading): AskedLiterals {
  const field = test.left === null ? null : test.left.kind === 'field' && test.left.wild === undefined ? test.left.name : undefined;
  // A function of a field gives another text than the field has; a test that a missing field passes needs nothing.
  if (field === undefined || test.missing === 'true' || (field !== null && dialect.scoping?.has(field) === true)) return [];
  const names = field === null ? EVERYWHERE : namesOf(field);
  if (names === null || names.some(({ name }) => STEP.test(name))) return [];
  // A computed value may be one that cannot be told, and then the test cannot, whatever the field holds.
  if (test.values.some(isComputed)) return [];
  const each = (found: readonly Found[]): readonly Literal[] => names.flatMap((name) => found.map((one) => literalOf(one, name)));
  const present: AskedLiterals = field === null ? [] : [each(PRESENT)];
  switch (test.compare) {
    case 'absent':
    case 'empty':
      return [];
    case 'equals':
    case 'token':
    case 'regex': {
      // Where the field's type decides how a value is met, only that there is one is sure.
      if (dialect.fits !== undefined && (field === null || test.compare === 'token' || typeOf(field) !== undefined)) return present;
      const values = test.values.flatMap((value) => (value.kind === 'list' ? value.of : [value])).map((value) => ofValue(value, field, test, dialect));
      const known = values.filter((one) => one !== null);
      if (test.every === true && known.length > 0) return known.map(each);
      return values.length === 0 || known.length < values.length ? present : [each(known.flat())];
    }
    case 'exists':
    case 'filled':
    case 'cidr':
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
    case 'between':
      return present;
    default:
      return test.compare satisfies never;
  }
}

const isComputed = (value: Operand): boolean =>
  value.kind === 'list' ? value.of.some(isComputed) : value.kind === 'unread' || (value.kind === 'call' && formsOf(value) === null);

const EVERYWHERE: readonly FieldName[] = [{ name: '', isFileName: false }];
/** A step by number in a path: such values are not looked for by name. */
const STEP = /\.-?\d+(?:\.|$)/;

/** Of a field that holds a path, what equals its file name stands at its end. */
const literalOf = ({ kind, text }: Found, { name, isFileName }: FieldName): Literal => ({
  field: name === '' ? null : name,
  kind: isFileName && kind === 'equal' ? 'name' : kind,
  text,
});

/** Where a language's search for words is not covered, it cannot be told of any value. */
function searchesWords(dialect: Dialect, test: Test): boolean {
  try {
    dialect.word('', 'word', test);
    return true;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return false;
  }
}

/** The literals of a value that is met; null: none that are known. */
function ofValue(value: Operand, field: string | null, test: Test, dialect: Dialect): readonly Found[] | null {
  const partOf = (text: string): readonly Found[] | null => {
    const low = text.toLowerCase();
    return !isPlain(low) ? FOREIGN : low.length < SHORTEST ? null : [{ kind: 'part', text: low }];
  };
  if (value.kind === 'literal') {
    if (value.type === 'null') return null;
    if (test.compare === 'token' || field === null) return searchesWords(dialect, test) ? partOf(value.text) : null;
    if (!isPlain(value.text.toLowerCase())) return FOREIGN;
    const equal = (text: string): Found => ({ kind: 'equal', text });
    // Elsewhere numbers are equal by value, however they are written: the index knows them by their plain form.
    const number = dialect.byWriting === true ? null : numberOf(value.text);
    if (number !== null) return [equal(value.text.toLowerCase()), equal(String(number))];
    return value.type === 'string' || (value.type === 'number' && dialect.byWriting === true) ? [equal(value.text.toLowerCase())] : null;
  }
  const forms = formsOf(value);
  if (forms !== null) {
    if (typeof forms === 'string') return null;
    const each = forms.map((parts) => ofValue({ kind: 'glob', span: value.span, parts }, field, test, dialect));
    return each.includes(null) ? null : each.flatMap((one) => one!);
  }
  if (value.kind === 'glob' && !isOpenGlob(value.parts)) {
    const name = test.compare === 'token' ? null : fileNameIn(value.parts)?.toLowerCase();
    if (name != null) return isPlain(name) ? [{ kind: 'name', text: name }] : FOREIGN;
    const longest = value.parts.reduce((best, part) => (typeof part === 'object' && 'text' in part && part.text.length > best.length ? part.text : best), '');
    return partOf(longest);
  }
  if (value.kind !== 'regex' || value.whole === true || regexOf(value, test.case === 'fold').refused !== undefined) return null;
  const sets = requiredOf(value.text, value.dialect, value.flags).sets.filter(
    (set) => set.length <= 40 && set.every((text) => text.length >= SHORTEST && isPlain(text)),
  );
  const [best] = sets.toSorted((a, b) => shortestOf(b) - shortestOf(a));
  return best === undefined ? null : [...best.map((text): Found => ({ kind: 'part', text: text.toLowerCase() })), { kind: 'foreign', text: '' }];
}

const PRESENT: readonly Found[] = [{ kind: 'present', text: '' }];
const FOREIGN: readonly Found[] = [{ kind: 'foreign', text: '' }];

/** Letters beyond ASCII fold in more ways than one; a text with one is not looked for. */
// eslint-disable-next-line no-control-regex
export const isPlain = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);
