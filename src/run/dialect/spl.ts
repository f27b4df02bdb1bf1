import { choosesData } from '../../knowledge/splunk-sources';
import type { Operand, Predicate, Span, Test } from '../../model';
import { globParts, likeParts } from '../../syntax/glob';
import { allOf, anyOf, isTrue } from '../../syntax/predicates';
import { aggregateOf, FUNCTIONS } from '../../languages/spl/vocabulary';
import { asDocumented, refused, type Row } from '../dialect';
import type { Table } from '../engine';
import { timeOfEvent } from '../event-time';
import type { Extractor, ExtractStep, PipelineDialect } from '../pipeline-dialect';
import type { Evaluate } from '../dialect';
import { regexOf } from '../regex';
import type { Draft } from '../running';
import { nanosOfText } from '../time';
import { truthOf, type Truth, FALSE } from '../truth';
import { isBag, isList, isMoment, type Value } from '../value';
import { standIn, type WordBreaks } from '../words';
import { SPL_FUNCTIONS } from './spl-functions';
import { SPL_MEASURES } from './spl-measures';
import { throughOne } from './spl-foreach';
import { SPL_STEPS } from './spl-steps';
import { relativeTime, secondsOf, spanSeconds } from './spl-time';
import { atPath, fieldOfJson, jsonOf, mvOf, splNumber, splOrder, splText, valuesIn } from './spl-values';
import { singleText } from './textual';

/** Numbers by value, texts by their letters; what searches compare is blind to case. */
function equals(left: Value, right: Value, fold: boolean): Truth {
  if (left === null || right === null) return FALSE;
  const [a, b] = [splNumber(left), splNumber(right)];
  if (a !== null && b !== null) return truthOf(a === b);
  if (typeof left === 'boolean' || typeof right === 'boolean') return truthOf((splText(left) ?? '').toLowerCase() === (splText(right) ?? '').toLowerCase());
  const [x, y] = [splText(left), splText(right)];
  return truthOf(x !== null && y !== null && (x === y || (fold && x.toLowerCase() === y.toLowerCase())));
}

/** What parts terms in the index: the major breakers, which no term holds, and the minor ones (Splunk's `segmenters.conf`). */
const MAJOR = /[\s[\]<>(){}|!;,'"*&?+]/;
const MINOR = /[/:=@.$#%\\_-]/;
const isMajor = (char: string): boolean => MAJOR.test(char);

/** `TERM(…)` stands between major breakers; a word and a phrase between any. */
const wordBreaks = ({ modifiers }: Test): WordBreaks => ({
  isBreak: modifiers?.includes('TERM') === true ? isMajor : (char) => isMajor(char) || MINOR.test(char),
  taken: 'a star within a phrase stands for any text, blanks too',
});

/** SPL over rows: texts and numbers in one, several values in a field. */
export const splDialect: PipelineDialect = {
  presence: 'value',
  several: 'any',
  words: 'broken',
  literal: ({ text, type }) => (type === 'null' ? null : type === 'boolean' ? text.toLowerCase() === 'true' : type === 'number' ? Number(text) : text),
  time(text, { now }) {
    const seconds = spanSeconds(text);
    if (seconds !== null) return seconds;
    if (/^-?\d+(?:\.\d+)?$/.test(text)) return text;
    return relativeTime(secondsOf(now), text) ?? undefined;
  },
  equals,
  order: (left, right) => (left === null || right === null ? null : splOrder(left, right)),
  text: (value) => (typeof value === 'number' ? splText(value) : singleText(value)),
  word: (text, word, test) => standIn(text, [word], wordBreaks(test)),
  wordBreaks,
  scoping: new Set(['index', 'sourcetype', 'source', 'splunk_server', 'eventtype', 'tag', 'nodename']),
  pattern: (text) => likeParts(text),
  regex: { dialect: 'pcre' },
  functions: asDocumented(SPL_FUNCTIONS, (name) => FUNCTIONS.get(name)),
  measures: asDocumented(SPL_MEASURES, aggregateOf),
  typed: (value) => (isMoment(value) ? secondsOf(value.nanos) : value),
  complete,
  opened(condition) {
    if (condition.kind !== 'unread' || condition.note === undefined) return undefined;
    if (condition.note.startsWith(OWN_FILTER)) return `${condition.note} lets all pass, as it is handed out`;
    const [, macro] = /^macro `([^`]+)`$/.exec(condition.note) ?? [];
    return macro !== undefined && choosesData(macro) ? `the events are taken to be what the macro \`${macro}\` gives` : undefined;
  },
  starred: true,
  groups: (value) => valuesIn(value),
  sortsGroups: true,
  sorted(left, right, as) {
    if (as === 'str') {
      const [a, b] = [splText(left) ?? '', splText(right) ?? ''];
      return a < b ? -1 : a > b ? 1 : 0;
    }
    if (as === 'ip') throw refused('sorting by address');
    return splOrder(left, right);
  },
  nullsFirst: () => false,
  expanded: (value) => (isList(value) ? value : [value]),
  extractor,
  matching,
  steps: SPL_STEPS,
  throughOne,
  twin: () => null,
  lacking: () => null,
  typeOf: (value) =>
    typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : isList(value) ? 'multivalue' : isBag(value) ? 'object' : 'string',
};

/** How a macro is noted that Splunk's content leaves for its reader's own exclusions: as handed out it is `search *`. */
const OWN_FILTER = "the author's own filter ";

/** Whatever its source calls it, the time of an event is `_time`, in seconds. */
function complete(row: Draft): void {
  const own = row['_time'] ?? null;
  if (splNumber(own) !== null) return;
  const nanos = (typeof own === 'string' ? nanosOfText(own) : null) ?? timeOfEvent(row);
  if (nanos !== null) row['_time'] = secondsOf(nanos);
}

function extractor(operation: ExtractStep, from: Evaluate, pattern: string | null): Extractor | null {
  switch (operation.how) {
    case 'rex':
      return rex(operation, from, pattern);
    case 'spath':
      return spath(operation, from, pattern);
    case 'fromjson':
      return members(operation, from);
    case 'xmlkv':
      return elements(operation, from);
    default:
      return null;
  }
}

/** The named groups of a regex; with `max_match` the values of several hits. */
function rex(operation: ExtractStep, from: Evaluate, pattern: string | null): Extractor | null {
  if (pattern === null) return null;
  const options = new Map((operation.options ?? []).map(({ name, value }) => [name, value]));
  for (const name of options.keys()) if (name !== 'max_match' && name !== 'mode') throw refused(`the option \`${name}\``);
  const most = Number(options.get('max_match') ?? 1);
  const ready = regexOf({ text: pattern, dialect: 'pcre', flags: '' }, false);
  if (ready.refused !== undefined) throw refused(ready.refused);
  const names = operation.makes.map(({ name }) => name);
  return (row: Row) => {
    const made: Record<string, Value[]> = Object.create(null);
    for (const value of valuesIn(from(row))) {
      const text = splText(value);
      if (text === null) continue;
      const matcher = ready.re.matcher(text);
      for (let count = 0; (most === 0 || count < most) && matcher.find(); count++)
        for (const name of names) {
          const found = matcher.group(name);
          if (found !== null) (made[name] ??= []).push(found);
        }
    }
    return Object.fromEntries(Object.entries(made).map(([name, values]) => [name, mvOf(values)]));
  };
}

/** The members of a JSON object as fields; what has members of its own stays text. */
function members({ options = [] }: ExtractStep, from: Evaluate): Extractor {
  for (const { name } of options) if (name !== 'prefix') throw refused(`the option \`${name}\``);
  const prefix = options[0]?.value ?? '';
  return (row: Row) => {
    const json = jsonOf(from(row) ?? null);
    if (!isBag(json)) return null;
    const found = Object.entries(json).map(([name, value]) => [prefix + name, isList(value) ? mvOf(value.map(fieldOfJson)) : fieldOfJson(value)] as const);
    return Object.fromEntries(found.filter(([, value]) => value !== null));
  };
}

/** `<name>value</name>` in a text as fields. */
function elements({ options = [] }: ExtractStep, from: Evaluate): Extractor {
  for (const { name } of options) if (name !== 'maxinputs') throw refused(`the option \`${name}\``);
  return (row: Row) => {
    const found = new Map<string, string>();
    for (const [, name, value, closing] of (splText(from(row)) ?? '').matchAll(/<([\w:.-]+)(?:\s[^<>]*)?>([^<>]*)<\/([\w:.-]+)>/g)) {
      if (name !== closing) continue;
      if ((found.get(name!) ?? value) !== value) throw refused(`several values of \`${name}\` in XML`);
      found.set(name!, value!);
    }
    return found.size === 0 ? null : Object.fromEntries(found);
  };
}

/** The events a search within a search finds: those that have the values of one of its rows. Its own fields of the index do not count. */
function matching({ columns, rows }: Table, span: Span): Predicate {
  const names = columns.map(({ name }) => name).filter((name) => !name.startsWith('_'));
  const raw = names.find((name) => name === 'search' || name === 'query');
  if (raw !== undefined) throw refused(`a subsearch that gives \`${raw}\``);
  const of = rows.map((row) =>
    allOf(
      names.flatMap((name) => {
        const values = valuesIn(row[name]).map((value): Operand => patternOf(splText(value) ?? '', span));
        return values.length === 0 ? [] : [fieldTest(name, values, span)];
      }),
      span,
    ),
  );
  return anyOf(
    of.filter((one) => !isTrue(one)),
    span,
  );
}

const fieldTest = (name: string, values: readonly Operand[], span: Span): Predicate => ({
  kind: 'test',
  span,
  left: { kind: 'field', name, span },
  compare: 'equals',
  values,
  case: 'fold',
  missing: 'false',
  word: 'in',
});

/** A value as a search reads it: its stars stand for any text. */
const patternOf = (text: string, span: Span): Operand =>
  text.includes('*')
    ? {
        kind: 'glob',
        span,
        parts: globParts(
          text,
          [...text.matchAll(/\*/g)].map(({ index }) => index),
        ),
      }
    : { kind: 'literal', span, type: 'string', text };

/** A path in JSON, or all of it as fields named by their paths. */
function spath(operation: ExtractStep, from: Evaluate, pattern: string | null): Extractor {
  const [made] = operation.makes;
  return (row: Row) => {
    const json = jsonOf(from(row) ?? null);
    if (json === undefined) return null;
    if (pattern !== null && made !== undefined) {
      const found = atPath(json, pattern).map(fieldOfJson);
      return found.length === 0 ? null : { [made.name]: mvOf(found) };
    }
    const fields = new Map<string, Value[]>();
    const visit = (value: Value, path: string): void => {
      if (isBag(value)) for (const [name, inner] of Object.entries(value)) visit(inner, path === '' ? name : `${path}.${name}`);
      else if (isList(value)) for (const item of value) visit(item, `${path}{}`);
      else fields.set(path, [...(fields.get(path) ?? []), fieldOfJson(value) ?? 'null']);
    };
    visit(json, '');
    return Object.fromEntries([...fields].map(([name, values]) => [name, mvOf(values)]));
  };
}
