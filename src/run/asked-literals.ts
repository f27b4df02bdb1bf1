import type { Operand, Predicate, Test } from '../model';
import { isOpenGlob } from '../syntax/glob';
import { isRefused, type Dialect } from './dialect';
import { numberOf } from './dialect/textual';
import { requiredOf } from './required';
import { regexOf } from './regex';
import { formsOf } from '../syntax/text-forms';

/** A name under which events may have a field; a path's file name may stand for it. */
export interface FieldName {
  readonly name: string;
  readonly isFileName: boolean;
}

/** What is found of a value, whatever the field is called. */
interface Found {
  /** `foreign`: a letter beyond ASCII, which case-blind regexes fold in ways of their own. */
  readonly kind: 'equal' | 'part' | 'present' | 'foreign';
  readonly text: string;
}

/** A text of which a value of a field must hold a part, or be it; the field null: any value of the event. In lower case. */
export interface Literal extends Found {
  readonly field: string | null;
}

/** Literals one of which must occur in every event a predicate is true of, or cannot be told of; null: none are known. */
export type AskedLiterals = readonly Literal[] | null;

/** What the asked of a rule depends on beside its predicate. */
interface AskedReading {
  readonly dialect: Dialect;
  readonly namesOf: (field: string) => readonly FieldName[] | null;
  readonly typeOf: (field: string) => string | undefined;
}

/** Shorter texts are in every value. */
export const SHORTEST = 3;

/** What must occur for a predicate not to be false. `not` gives nothing: what it demands is that something is missing. */
export function askedLiteralsOf(predicate: Predicate, reading: AskedReading): AskedLiterals {
  switch (predicate.kind) {
    case 'all': {
      // What is not known of the element they are about leaves all of them open.
      if (predicate.same !== undefined && reading.namesOf(predicate.same.name) === null) return null;
      // An unread part of a conjunction can only make it less true: the other parts still count.
      const found = predicate.of.map((part) => askedLiteralsOf(part, reading)).filter((one) => one !== null);
      return found.length === 0 ? null : found.reduce((best, one) => (worthOf(one) > worthOf(best) ? one : best));
    }
    case 'any': {
      const all: Literal[] = [];
      for (const part of predicate.of) {
        const found = askedLiteralsOf(part, reading);
        if (found === null) return null;
        all.push(...found);
      }
      return all;
    }
    case 'not':
    case 'unread':
      return null;
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

function ofTest(test: Test, { dialect, namesOf, typeOf }: AskedReading): AskedLiterals {
  const field = test.left === null ? null : test.left.kind === 'field' && test.left.wild === undefined ? test.left.name : undefined;
  // A function of a field gives another text than the field has; a test that a missing field passes needs nothing.
  if (field === undefined || test.missing === 'true' || (field !== null && dialect.scoping?.has(field) === true)) return null;
  const names = field === null ? EVERYWHERE : namesOf(field);
  if (names === null || names.some(({ name }) => STEP.test(name))) return null;
  const each = (found: readonly Found[] | null): AskedLiterals =>
    found === null ? present : names.flatMap((name) => found.map((one) => literalOf(one, name)));
  const present: AskedLiterals = field === null ? null : names.map(({ name }) => ({ field: name, kind: 'present', text: '' }));
  switch (test.compare) {
    case 'absent':
    case 'empty':
      return null;
    case 'equals':
    case 'token':
    case 'regex': {
      // Where the field's type decides how a value is met, only that there is one is sure.
      if (dialect.fits !== undefined && (field === null || test.compare === 'token' || typeOf(field) !== undefined)) return present;
      const values = test.values.flatMap((value) => (value.kind === 'list' ? value.of : [value])).map((value) => ofValue(value, field, test, dialect));
      if (test.every === true) {
        const known = values.filter((one) => one !== null);
        return each(known.length === 0 ? null : known.reduce((best, one) => (worthOf(one) > worthOf(best) ? one : best)));
      }
      return each(values.length === 0 || values.includes(null) ? null : values.flatMap((one) => one!));
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

const EVERYWHERE: readonly FieldName[] = [{ name: '', isFileName: false }];
/** A step by number in a path: such values are not looked for by name. */
const STEP = /\.-?\d+(?:\.|$)/;

/** The file name of a path is a part of it. */
const literalOf = ({ kind, text }: Found, { name, isFileName }: FieldName): Literal => ({
  field: name === '' ? null : name,
  kind: isFileName && kind === 'equal' ? (text.length < SHORTEST ? 'present' : 'part') : kind,
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
  const partOf = (text: string): readonly Found[] | null => (text.length < SHORTEST || !isPlain(text) ? null : [{ kind: 'part', text: text.toLowerCase() }]);
  if (value.kind === 'literal') {
    if (value.type === 'null' || !isPlain(value.text)) return null;
    if (test.compare === 'token' || field === null) return searchesWords(dialect, test) ? partOf(value.text) : null;
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
    const longest = value.parts.reduce((best, part) => (typeof part === 'object' && 'text' in part && part.text.length > best.length ? part.text : best), '');
    return partOf(longest);
  }
  if (value.kind !== 'regex' || value.whole === true || regexOf(value, test.case === 'fold').refused !== undefined) return null;
  const sets = requiredOf(value.text, value.dialect, value.flags).filter(
    (set) => set.length <= 40 && set.every((text) => text.length >= SHORTEST && isPlain(text)),
  );
  const [best] = sets.toSorted((a, b) => Math.min(...b.map((text) => text.length)) - Math.min(...a.map((text) => text.length)));
  return best === undefined ? null : [...best.map((text): Found => ({ kind: 'part', text: text.toLowerCase() })), { kind: 'foreign', text: '' }];
}

/** Letters beyond ASCII fold in more ways than one; a text with one is not looked for. */
// eslint-disable-next-line no-control-regex
export const isPlain = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);
