import type { FieldRef, Glob, Operand, Test, Unread } from '../model';
import { globParts, isOpenGlob, openParts } from '../syntax/glob';
import { anywhere, type FitsNamed } from './anywhere';
import { refused, type Dialect, type Evaluate, type Fits, type Row } from './dialect';
import { evaluator, type Reading } from './expression';
import { wildReaderOf, type Reader } from './fields';
import { fileNameIn, fileNameOf, globPlan, partIn } from './glob-match';
import { holdsOneOf } from './grams';
import { addressOf, liesIn, networkOf } from './network';
import { regexOf } from './regex';
import { formsOf } from '../syntax/text-forms';
import { both, either, FALSE, NULL, TRUE, truthOf, UNKNOWN, type Truth } from './truth';
import { isAddress, isList, type Value } from './value';
import { piecesOf, standIn } from './words';

/** A comparison made ready. */
export interface ReadyTest {
  readonly truth: (row: Row) => Truth;
  /** Null: it looks at the whole event. */
  readonly seen: ((row: Row) => Value | undefined) | null;
  /** Why a part of it cannot be told. */
  readonly why?: string;
}

/** Makes a comparison ready; throws `Refused` for a left side that is not covered. */
export function testOf(test: Test, reading: Reading): ReadyTest {
  if (test.left === null) return { truth: inAny(test, reading), seen: null, ...whyOf(test, reading) };
  const left = leftOf(test.left, reading);
  const wild = test.left.kind === 'field' ? test.left.wild : undefined;
  // Fields that stars stand for have each a type of its own.
  const isTyped = wild !== undefined && reading.dialect.fits !== undefined && test.compare !== 'between' && test.values.length > 0;
  const truth = isTyped ? inAny(test, reading, namesThatFit(test.left as FieldRef)) : truthOfTest(test, left, reading);
  const isScope = test.left.kind === 'field' && reading.dialect.scoping?.has(test.left.name) === true;
  return { truth: isScope ? (row) => (left(row) === undefined ? TRUE : truth(row)) : truth, seen: left, ...whyOf(test, reading) };
}

/** Of the whole event, or of each of the fields that are so called. */
const inAny = (test: Test, reading: Reading, isAsked?: (name: string) => boolean): ((row: Row) => Truth) =>
  anywhere(test, reading, {
    operands: choicesOf(test, reading.dialect),
    fitsOf: (operand) => fitsNamed(operand, test, reading),
    change: caseOf(test),
    ...(isAsked === undefined ? null : { isAsked }),
  });

/** Whether an operand is not read, nor a query whose value the step knows. */
const isUnread = (operand: Operand, { scope }: Reading): operand is Unread => operand.kind === 'unread' && scope.answer?.(operand) === undefined;

/** What of the values is not read. */
function whyOf(test: Test, reading: Reading): { readonly why?: string } {
  const [unread] = test.values.flatMap((value) => (isUnread(value, reading) ? [value] : []));
  if (unread !== undefined) return { why: unread.note ?? unread.written ?? 'a value that is not read' };
  for (const value of test.values) {
    if (value.kind !== 'regex') continue;
    const ready = regexOf(value, test.case === 'fold');
    if (ready.refused !== undefined) return { why: ready.refused };
  }
  return {};
}

const namesThatFit = ({ name, wild = [] }: FieldRef): ((name: string) => boolean) => globPlan(globParts(name, wild), same).test;

/** The left side; undefined where a field of the event is not there. */
function leftOf(operand: Operand, reading: Reading): Reader {
  if (operand.kind === 'field' && operand.wild !== undefined) return wildReaderOf(namesThatFit(operand));
  return operand.kind === 'field' ? reading.read(operand.name) : evaluator(operand, reading);
}

const MISSING: Readonly<Record<Test['missing'], Truth>> = { false: FALSE, true: TRUE, unknown: NULL };

function truthOfTest(test: Test, left: Reader, reading: Reading): (row: Row) => Truth {
  const { dialect } = reading;
  const missing = MISSING[test.missing];
  switch (test.compare) {
    case 'exists':
    case 'absent': {
      const asksKey = test.values.length === 0 && dialect.presence === 'key';
      // Something stands for what is missing where a field is said to be there whether an event has it or not.
      const [present, gone]: [Truth, Truth] = test.compare === 'exists' ? [TRUE, truthOf(test.missing === 'true')] : [FALSE, truthOf(test.missing !== 'false')];
      if (asksKey) return (row) => (left(row) === undefined ? gone : present);
      return (row) => (isNothing(left(row)) ? gone : present);
    }
    case 'filled':
    case 'empty': {
      const [present, gone]: [Truth, Truth] = test.compare === 'filled' ? [TRUE, FALSE] : [FALSE, TRUE];
      return (row) => {
        const value = left(row);
        return isNothing(value) || value === '' ? gone : present;
      };
    }
    case 'equals':
    case 'regex':
    case 'cidr':
    case 'token':
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
    case 'between': {
      const fits = fitsAll(test, reading);
      // A set asked for one of its members is looked at member by member where lists are one value.
      if (dialect.several === 'whole' && test.modifiers?.includes('set_has_element') !== true)
        return (row) => {
          const value = left(row);
          return value === undefined || value === null ? missing : fits(value, row);
        };
      const isWhole = test.over === 'all';
      return (row) => {
        const value = left(row);
        if (value === undefined || value === null) return missing;
        return isList(value) ? overSeveral(value, row, fits, missing, isWhole) : fits(value, row);
      };
    }
    default:
      return test.compare satisfies never;
  }
}

/** A missing field, null, an empty list and a list of nulls are all no value. */
const isNothing = (value: Value | undefined): boolean => value === undefined || value === null || (isList(value) && value.every(isNothing));

/** Any of a field's values must fit, or all; nulls among them are passed over. */
function overSeveral(values: readonly Value[], row: Row, fits: Fits, missing: Truth, isWhole: boolean): Truth {
  let found: Truth | null = null;
  for (const value of values) {
    if (value === null) continue;
    const truth = isList(value) ? overSeveral(value, row, fits, missing, isWhole) : fits(value, row);
    if (truth === (isWhole ? FALSE : TRUE)) return truth;
    found = found === null ? truth : isWhole ? both(found, truth) : either(found, truth);
  }
  return found ?? missing;
}

/** The values of the rule, a list among them each for itself where it is a choice. */
const choicesOf = ({ values }: Test, { wholeLists }: Dialect): readonly Operand[] =>
  values.flatMap((value) => (value.kind === 'list' && (wholeLists !== true || value.of.length === 1) ? value.of : [value]));

/** All values of the rule as one question about a value of the event. */
function fitsAll(test: Test, reading: Reading): Fits {
  if (test.compare === 'between') {
    const [from, to] = test.values;
    if (from === undefined || to === undefined) throw refused('a range without two ends');
    const { rangeEnd: fn } = reading.dialect;
    const end: Operand = fn === undefined ? to : { kind: 'call', span: to.span, fn, name: to.span, args: [from, to], written: '' };
    const least = fitsOne(from, { ...test, compare: 'at-least' }, reading);
    const most = fitsOne(end, { ...test, compare: 'at-most' }, reading);
    return (value, row) => both(least(value, row), most(value, row));
  }
  const operands = choicesOf(test, reading.dialect);
  const each = operands.map((operand) => fitsOne(operand, test, reading));
  const [only] = each;
  if (each.length === 1) return only!;
  const many = listOf(operands, each, test, reading);
  if (many !== null) return many;
  if (test.every === true) return (value, row) => fold(each, value, row, TRUE, both);
  return (value, row) => fold(each, value, row, FALSE, either);
}

const typeOf = (name: string, { typeOf: given, dialect }: Reading): string | undefined => given(name) ?? dialect.typeOf?.(name);

/** Until the first that decides. */
function fold(each: readonly Fits[], value: Value, row: Row, neutral: Truth, join: (a: Truth, b: Truth) => Truth): Truth {
  let found = neutral;
  for (const fits of each) {
    const truth = fits(value, row);
    if (truth === (neutral === TRUE ? FALSE : TRUE)) return truth;
    if (truth !== neutral) found = join(found, truth);
  }
  return found;
}

/** So many texts and more that a value may hold are looked for together: fewer are found sooner one by one. */
export const MANY = 40;
/** Texts that are looked for together have two characters at least. */
const SHORTEST = 2;

/** Many plain texts are one set where the language compares texts only, many file names at the end of a path another; many texts inside are looked for at once. */
function listOf(operands: readonly Operand[], each: readonly Fits[], test: Test, reading: Reading): Fits | null {
  if (test.compare !== 'equals' || test.every === true || operands.length < 4) return null;
  const { dialect } = reading;
  const change = caseOf(test);
  const [texts, names] = [new Set<string>(), new Set<string>()];
  const parts: string[] = [];
  const areMany = operands.length >= MANY;
  const rest = each.filter((_, at) => {
    const operand = operands[at]!;
    if (ownFits(operand, test, reading) !== null) return true;
    const [name, part] = operand.kind === 'glob' ? [fileNameIn(operand.parts), areMany ? partIn(operand.parts) : null] : [null, null];
    if (name !== null) names.add(change(name));
    else if (part !== null && part.length >= SHORTEST) parts.push(change(part));
    else if (operand.kind === 'literal' && typeof dialect.literal(operand) === 'string') texts.add(change(operand.text));
    else return true;
    return false;
  });
  const holds = holdsOneOf(parts);
  return (value, row) => {
    if (typeof value !== 'string') return fold(each, value, row, FALSE, either);
    const text = change(value);
    return texts.has(text) || (names.size > 0 && names.has(fileNameOf(text))) || holds(text) ? TRUE : fold(rest, value, row, FALSE, either);
  };
}

const caseOf = (test: Test): ((text: string) => string) => (test.case === 'fold' ? lower : same);
/** Values in small letters: one value is asked many things in a row, and the values of one event by turns. */
const lowered = new Map<string, string>();
const MOST_LOWERED = 200;
let lastText = '';
let lastLower = '';
const lower = (text: string): string => {
  if (text === lastText) return lastLower;
  let low = lowered.get(text);
  if (low === undefined) {
    if (lowered.size >= MOST_LOWERED) lowered.clear();
    lowered.set(text, (low = text.toLowerCase()));
  }
  [lastText, lastLower] = [text, low];
  return low;
};
const same = (text: string): string => text;

/** How the language meets a value by the field's type; null: as everywhere. */
const ownFits = (operand: Operand, test: Test, reading: Reading): Fits | null =>
  reading.dialect.fits?.(operand, test, test.left?.kind === 'field' ? typeOf(test.left.name, reading) : undefined, reading.scope) ?? null;

function fitsOne(operand: Operand, test: Test, reading: Reading): Fits {
  if (isUnread(operand, reading)) return () => UNKNOWN;
  const { dialect } = reading;
  const forms = formsOf(operand);
  if (forms !== null) {
    if (typeof forms === 'string') throw refused(forms);
    const each = forms.map((parts) => fitsOne({ kind: 'glob', span: operand.span, parts }, test, reading));
    return (value, row) => fold(each, value, row, FALSE, either);
  }
  const own = ownFits(operand, test, reading);
  if (own !== null) return own;
  switch (test.compare) {
    case 'regex':
      return operand.kind === 'regex' ? regexFits(operand, test, reading) : pathRegex(operand, test, reading);
    case 'cidr':
      return cidrFits(operand, test, reading);
    case 'token':
      return tokenFits(operand, test, reading);
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
      return ordered(test.compare, operand, test, reading);
    default:
      break;
  }
  if (operand.kind === 'glob') return globFits(operand, test, reading);
  if (operand.kind === 'regex') return regexFits(operand, test, reading);
  if (operand.kind === 'literal') return equalTo(dialect.literal(operand), test, reading);
  const evaluate = evaluator(operand, reading);
  const isFolded = test.case === 'fold';
  if (test.word === 'like' || test.word === 'wildcard') {
    const { pattern } = dialect;
    if (pattern === undefined) throw refused('a pattern that only the event knows');
    const change = caseOf(test);
    return (value, row) => {
      const [text, right] = [dialect.text(value), evaluate(row)];
      if (right === null) return MISSING[test.missing];
      return truthOf(text !== null && globPlan(pattern(dialect.text(right) ?? ''), change).test(change(text)));
    };
  }
  return (value, row) => {
    const right = evaluate(row);
    if (right === null) return dialect.nullIsOther === true ? FALSE : MISSING[test.missing];
    return isList(right) && dialect.several === 'any'
      ? right.reduce<Truth>((found, item) => either(found, item === null ? FALSE : dialect.equals(value, item, isFolded)), FALSE)
      : dialect.equals(value, right, isFolded);
  };
}

function equalTo(right: Value, test: Test, { dialect }: Reading): Fits {
  const fold = test.case === 'fold';
  if (right === null) return () => MISSING[test.missing];
  if (typeof right !== 'string') return (value) => dialect.equals(value, right, fold);
  const change = caseOf(test);
  const text = change(right);
  return (value) => (typeof value === 'string' ? truthOf(value === right || change(value) === text) : dialect.equals(value, right, fold));
}

function globFits(glob: Glob, test: Test, reading: Reading): Fits {
  const change = caseOf(test);
  const { dialect } = reading;
  if (!isOpenGlob(glob.parts)) {
    const plan = globPlan(glob.parts, change);
    return (value) => {
      const text = typeof value === 'string' ? value : dialect.text(value);
      return truthOf(text !== null && plan.test(change(text)));
    };
  }
  const parts = glob.parts.map((part): ((row: Row) => Glob['parts'][number] | null) => {
    if (typeof part === 'string' || 'text' in part) return () => part;
    const evaluate = evaluator(part.of, reading);
    return (row) => {
      const value = evaluate(row);
      return value === null ? null : { text: dialect.text(value) ?? '' };
    };
  });
  return (value, row) => {
    const known = parts.map((part) => part(row));
    if (known.some((part) => part === null)) return MISSING[test.missing];
    const text = dialect.text(value);
    return truthOf(text !== null && globPlan(known as Glob['parts'], change).test(change(text)));
  };
}

function regexFits(operand: Extract<Operand, { kind: 'regex' }>, test: Test, { dialect }: Reading): Fits {
  const ready = regexOf(operand, test.case === 'fold');
  if (ready.refused !== undefined) return () => UNKNOWN;
  return (value) => {
    const text = typeof value === 'string' ? value : dialect.text(value);
    return truthOf(text !== null && ready.test(text));
  };
}

/** A pattern that only the event knows. */
function pathRegex(operand: Operand, test: Test, reading: Reading): Fits {
  const rules = reading.dialect.regex;
  if (rules === undefined) throw refused('a regular expression that only the event knows');
  const evaluate = evaluator(operand, reading);
  return (value, row) => {
    const pattern = evaluate(row);
    if (pattern === null) return MISSING[test.missing];
    const ready = regexOf({ text: reading.dialect.text(pattern) ?? '', flags: '', ...rules }, test.case === 'fold');
    if (ready.refused !== undefined) return UNKNOWN;
    const text = reading.dialect.text(value);
    return truthOf(text !== null && ready.test(text));
  };
}

function cidrFits(operand: Operand, test: Test, reading: Reading): Fits {
  const { dialect } = reading;
  if (dialect.inNetwork !== undefined && operand.kind === 'literal') return (value) => dialect.inNetwork!(value, operand.text, test);
  const known = operand.kind === 'literal' ? networkOf(operand.text) : undefined;
  const evaluate: Evaluate | null = known === undefined ? evaluator(operand, reading) : null;
  if (known === null) return () => FALSE;
  return (value, row) => {
    const network = known ?? networkOf(reading.dialect.text(evaluate!(row)) ?? '');
    if (network === null) return MISSING[test.missing];
    const address = isAddress(value) ? addressOf(value.text) : typeof value === 'string' ? addressOf(value) : null;
    return truthOf(address !== null && liesIn(address, network));
  };
}

function tokenFits(operand: Operand, test: Test, reading: Reading): Fits {
  const { dialect } = reading;
  const change = caseOf(test);
  if (operand.kind === 'literal') {
    const word = change(operand.text);
    return (value) => {
      const text = dialect.text(value);
      return truthOf(text !== null && dialect.word(change(text), word, test));
    };
  }
  if (operand.kind === 'glob') {
    if (dialect.words === 'anywhere')
      return globFits({ ...operand, parts: openParts(operand.parts, operand.parts[0] !== 'any-run', operand.parts.at(-1) !== 'any-run') }, test, reading);
    const breaks = dialect.wordBreaks?.(test);
    const pieces = piecesOf(operand.parts)?.map(change);
    if (breaks === undefined || pieces === undefined) throw refused('words with such wildcards');
    if (breaks.taken !== undefined && pieces.filter((piece) => piece !== '').length > 1) reading.scope.take?.(breaks.taken);
    return (value) => {
      const text = dialect.text(value);
      return truthOf(text !== null && standIn(change(text), pieces, breaks));
    };
  }
  if (operand.kind === 'regex') return regexFits(operand, test, reading);
  const evaluate = evaluator(operand, reading);
  return (value, row) => {
    const right = evaluate(row);
    if (right === null) return MISSING[test.missing];
    const words = isList(right) ? right : [right];
    const text = dialect.text(value);
    return truthOf(text !== null && words.some((word) => word !== null && dialect.word(change(text), change(dialect.text(word) ?? ''), test)));
  };
}

function ordered(compare: 'less' | 'at-most' | 'greater' | 'at-least', operand: Operand, test: Test, reading: Reading): Fits {
  const { dialect } = reading;
  const evaluate = evaluator(operand, reading);
  const holds = ORDERS[compare];
  return (value, row) => {
    const right = evaluate(row);
    if (right === null) return MISSING[test.missing];
    const order = dialect.order(value, right);
    return order === null ? (MISSING[test.missing] === NULL ? NULL : FALSE) : truthOf(holds(order));
  };
}

const ORDERS: Readonly<Record<'less' | 'at-most' | 'greater' | 'at-least', (order: number) => boolean>> = {
  less: (order) => order < 0,
  'at-most': (order) => order <= 0,
  greater: (order) => order > 0,
  'at-least': (order) => order >= 0,
};

/** The question about a value, by the type of its field where the language has types. */
function fitsNamed(operand: Operand, test: Test, reading: Reading): FitsNamed {
  if (reading.dialect.fits === undefined) return fitsOne(operand, test, reading);
  const byType = new Map<string | undefined, Fits>();
  return (value, row, name) => {
    const type = typeOf(name, reading);
    let fits = byType.get(type);
    if (fits === undefined) byType.set(type, (fits = reading.dialect.fits!(operand, test, type, reading.scope) ?? fitsOne(operand, test, reading)));
    return fits(value, row);
  };
}
