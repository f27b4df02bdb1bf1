import type { Event, Operand, Predicate, Rule, Test } from '../model';
import { isOpenGlob } from '../syntax/glob';
import type { Dialect, Row } from './dialect';
import { numberOf } from './dialect/textual';
import { dialectOf } from './engines';
import type { Given } from './engine';
import { readerOf, someValue, type Reader } from './fields';
import { readyFilter } from './filter';
import { belongs, logsourcesOf } from './logsource';
import { requiredOf } from './required';
import { regexOf } from './regex';
import { filteredPredicate } from './sigma';
import { formsOf } from '../syntax/text-forms';
import { TRUE, UNKNOWN, type Truth } from './truth';
import { isList, textOf, type Bag, type Value } from './value';

/** A text of which a value of a field must hold a part, or be it; the field null: any value of the event. In lower case. */
interface Literal {
  readonly field: string | null;
  /** `foreign`: a letter beyond ASCII, which case-blind regexes fold in ways of their own. */
  readonly kind: 'equal' | 'part' | 'present' | 'foreign';
  readonly text: string;
}

/** Literals one of which must occur in every event a predicate is true of, or cannot be told of; null: none are known. */
type Witness = readonly Literal[] | null;

/** Rules made ready to be run over many events together. */
interface ManyRules {
  readonly rules: readonly Rule[];
  /** Rules that are looked at for every event: nothing they must hold is known. */
  readonly always: number;
  /** What each rule says of an event: numbers of rules that match it, and of those that cannot tell. */
  judge(event: Event): { readonly matches: readonly number[]; readonly undecided: readonly number[] };
}

/** Shorter texts are in every value. */
const SHORTEST = 3;

/**
 * An index from literals that rules require to the rules: an event is judged by the rules of which it holds a literal, and by those that require none.
 * It gives what each rule alone gives.
 */
export function manyRules(rules: readonly Rule[], given: Pick<Given, 'names' | 'own' | 'types' | 'now' | 'ignoreLogsource' | 'rules'>): ManyRules {
  const ready = rules.map((rule) => {
    const dialect = isOfSingleEvents(rule) ? dialectOf(rule.analysis.language) : undefined;
    if (dialect === undefined) return null;
    const predicate = filteredPredicate(rule, given.rules);
    const { node } = readyFilter(predicate, rule, given, dialect);
    const sources = given.ignoreLogsource ? [] : logsourcesOf(rule.meta);
    const truth = (row: Row): Truth => (sources.length > 0 && sources.every((source) => belongs(row, source) === 'no') ? 0 : node.truth(row));
    const isJoined = given.own !== undefined || (given.names !== null && given.names !== rule.taxonomy);
    return { truth, witness: isJoined ? null : witnessOf(predicate, dialect) };
  });
  const index = indexOf(ready.map((one) => (one === null ? [] : one.witness)));
  const stamps = new Int32Array(rules.length).fill(-1);
  let turn = 0;
  return {
    rules,
    always: index.always.length,
    judge(event) {
      const row = event as Bag;
      const matches: number[] = [];
      const undecided: number[] = [];
      turn++;
      const look = (rule: number): void => {
        if (stamps[rule] === turn) return;
        stamps[rule] = turn;
        const truth = ready[rule]!.truth(row);
        if (truth === TRUE) matches.push(rule);
        else if (truth === UNKNOWN) undecided.push(rule);
      };
      index.candidates(row, look);
      const inOrder = (a: number, b: number): number => a - b;
      return { matches: matches.sort(inOrder), undecided: undecided.sort(inOrder) };
    },
  };
}

/** Whether a rule is one condition on one event: sequences, correlations and filters are not. */
const isOfSingleEvents = ({ meta, analysis }: Rule): boolean =>
  meta.kind !== 'filter' &&
  dialectOf(analysis.language) !== undefined &&
  analysis.stages.every((stage) => (stage.operations ?? []).every(({ kind }) => kind === 'filter' || kind === 'show' || kind === 'read'));

/** What must occur for a predicate not to be false. `not` gives nothing: what it demands is that something is missing. */
function witnessOf(predicate: Predicate, dialect: Dialect): Witness {
  switch (predicate.kind) {
    case 'all': {
      // An unread part of a conjunction can only make it less true: the other parts still count.
      const found = predicate.of.map((part) => witnessOf(part, dialect)).filter((one) => one !== null);
      return found.length === 0 ? null : found.reduce((best, one) => (worthOf(one) > worthOf(best) ? one : best));
    }
    case 'any': {
      const all: Literal[] = [];
      for (const part of predicate.of) {
        const found = witnessOf(part, dialect);
        if (found === null) return null;
        all.push(...found);
      }
      return all;
    }
    case 'not':
    case 'unread':
      return null;
    case 'test':
      return ofTest(predicate, dialect);
    default:
      return predicate satisfies never;
  }
}

/** The longer the shortest literal and the fewer there are, the better. */
const worthOf = (literals: readonly Literal[]): number =>
  literals.reduce(
    (least, { kind, text }) => Math.min(least, kind === 'present' ? 0.5 : kind === 'foreign' ? 99 : kind === 'equal' ? text.length + 4 : text.length),
    Infinity,
  ) -
  literals.length / 50;

function ofTest(test: Test, dialect: Dialect): Witness {
  const field = test.left === null ? null : test.left.kind === 'field' && test.left.wild === undefined ? test.left.name : undefined;
  // A function of a field gives another text than the field has; a test that a missing field passes needs nothing.
  if (field === undefined || test.missing !== 'false' || (field !== null && dialect.scoping?.has(field) === true)) return null;
  const present: Witness = field === null ? null : [{ field, kind: 'present', text: '' }];
  switch (test.compare) {
    case 'absent':
    case 'empty':
      return null;
    case 'equals':
    case 'token':
    case 'regex': {
      // Where the field's type decides how a value is met, only that there is one is sure.
      if (dialect.fits !== undefined) return present;
      const each = test.values.flatMap((value) => (value.kind === 'list' ? value.of : [value])).map((value) => ofValue(value, field, test, dialect));
      if (test.every === true) {
        const known = each.filter((one) => one !== null);
        return known.length === 0 ? present : known.reduce((best, one) => (worthOf(one) > worthOf(best) ? one : best));
      }
      return each.length === 0 || each.includes(null) ? present : each.flatMap((one) => one!);
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

/** The literals of a value that is met; null: none that are known. */
function ofValue(value: Operand, field: string | null, test: Test, dialect: Dialect): Witness {
  const partOf = (text: string): Witness => (text.length < SHORTEST || !isPlain(text) ? null : [{ field, kind: 'part', text: text.toLowerCase() }]);
  if (value.kind === 'literal') {
    if (value.type === 'null' || !isPlain(value.text)) return null;
    if (test.compare === 'token' || field === null) return partOf(value.text);
    // Elsewhere numbers are equal by value, however they are written.
    if (dialect.byWriting !== true && numberOf(value.text) !== null) return null;
    return value.type === 'string' || value.type === 'number' ? [{ field, kind: 'equal', text: value.text.toLowerCase() }] : null;
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
  return best === undefined
    ? null
    : [...best.map((text): Literal => ({ field, kind: 'part', text: text.toLowerCase() })), { field, kind: 'foreign', text: '' }];
}

/** Letters beyond ASCII fold in more ways than one; a text with one is not looked for. */
// eslint-disable-next-line no-control-regex
const isPlain = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

interface Index {
  readonly always: readonly number[];
  /** Calls for each rule that may say something of the row, some more than once. */
  candidates(row: Row, look: (rule: number) => void): void;
}

/** What is looked for in the values of one field. */
interface FieldIndex {
  readonly read: Reader;
  readonly equal: Map<string, number[]>;
  readonly grams: Grams;
  readonly present: number[];
  readonly foreign: number[];
}

/** Parts of texts by three of their characters: those that are rarest among all literals. */
interface Grams {
  readonly byKey: Map<number, { readonly text: string; readonly offset: number; readonly rules: number[] }[]>;
}

function indexOf(witnesses: readonly Witness[]): Index {
  const fields = new Map<string, FieldIndex>();
  const everywhere: Grams = { byKey: new Map() };
  const always: number[] = [];
  const foreign: number[] = [];
  const counts = gramCounts(witnesses);
  witnesses.forEach((witness, rule) => {
    if (witness === null) return void always.push(rule);
    for (const { field, kind, text } of witness) {
      if (field === null) {
        if (kind === 'foreign') foreign.push(rule);
        else addGram(everywhere, text, rule, counts);
        continue;
      }
      let own = fields.get(field);
      if (own === undefined) fields.set(field, (own = { read: readerOf(field), equal: new Map(), grams: { byKey: new Map() }, present: [], foreign: [] }));
      if (kind === 'present') own.present.push(rule);
      else if (kind === 'foreign') own.foreign.push(rule);
      else if (kind === 'part') addGram(own.grams, text, rule, counts);
      else {
        const known = own.equal.get(text);
        if (known === undefined) own.equal.set(text, [rule]);
        else known.push(rule);
      }
    }
  });
  const list = [...fields.values()];
  // A name with blanks in it may stand without them in the event.
  const areSpelledOut = ![...fields.keys()].some((name) => name.includes(' '));
  return {
    always,
    candidates(row, look) {
      for (const rule of always) look(rule);
      if (areSpelledOut && isFlat(row))
        for (const name in row) {
          const field = fields.get(name);
          if (field !== undefined && Object.hasOwn(row, name)) lookAt(row[name]!, field, look);
        }
      else
        for (const field of list) {
          const value = field.read(row);
          if (value !== undefined) lookAt(value, field, look);
        }
      if (everywhere.byKey.size > 0)
        someValue(row, (value) => {
          const text = textOf(value);
          scan(text.toLowerCase(), everywhere, look);
          if (foreign.length > 0 && !isPlain(text)) for (const rule of foreign) look(rule);
          return false;
        });
    },
  };
}

/** Whether each field of the event is a key of its own, spelled as rules do: no objects to look into, no blanks in names. */
function isFlat(row: Row): boolean {
  for (const name in row) {
    const value = row[name]!;
    if (
      name.includes(' ') ||
      (typeof value === 'object' && value !== null && !(isList(value) && value.every((item) => typeof item !== 'object' || item === null)))
    )
      return false;
  }
  return true;
}

function lookAt(value: Value, field: FieldIndex, look: (rule: number) => void): void {
  for (const rule of field.present) look(rule);
  if (isList(value)) {
    for (const item of value) lookAt(item, field, look);
    return;
  }
  if (value === null) return;
  const text = textOf(value).toLowerCase();
  const equal = field.equal.get(text);
  if (equal !== undefined) for (const rule of equal) look(rule);
  if (field.grams.byKey.size > 0) scan(text, field.grams, look);
  if (field.foreign.length > 0 && !isPlain(text)) for (const rule of field.foreign) look(rule);
}

const keyAt = (text: string, at: number): number =>
  ((text.charCodeAt(at) & 0x3ff) << 20) | ((text.charCodeAt(at + 1) & 0x3ff) << 10) | (text.charCodeAt(at + 2) & 0x3ff);

/** One pass: at each place the literals that hang at its three characters are compared with what stands there. */
function scan(text: string, { byKey }: Grams, look: (rule: number) => void): void {
  for (let at = 0; at + SHORTEST <= text.length; at++) {
    const entries = byKey.get(keyAt(text, at));
    if (entries === undefined) continue;
    for (const entry of entries) if (at >= entry.offset && text.startsWith(entry.text, at - entry.offset)) for (const rule of entry.rules) look(rule);
  }
}

function gramCounts(witnesses: readonly Witness[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const witness of witnesses)
    for (const { text, kind } of witness ?? [])
      if (kind === 'part') for (let at = 0; at + SHORTEST <= text.length; at++) counts.set(keyAt(text, at), (counts.get(keyAt(text, at)) ?? 0) + 1);
  return counts;
}

function addGram({ byKey }: Grams, text: string, rule: number, counts: ReadonlyMap<number, number>): void {
  let offset = 0;
  for (let at = 1; at + SHORTEST <= text.length; at++) if ((counts.get(keyAt(text, at)) ?? 0) < (counts.get(keyAt(text, offset)) ?? 0)) offset = at;
  const key = keyAt(text, offset);
  let entries = byKey.get(key);
  if (entries === undefined) byKey.set(key, (entries = []));
  const known = entries.find((entry) => entry.text === text && entry.offset === offset);
  if (known === undefined) entries.push({ text, offset, rules: [rule] });
  else known.rules.push(rule);
}
