import { DOMAINS, PLATFORMS, RULE_KINDS, SOURCE_NAMES, VENDORS } from '../model';
import { haystackOf, search, type Haystack } from './haystack';
import type { Facts } from './facts';
import { KINDS, POLARITIES } from './layout';
import type { Listing } from './listing';
import type { Lists } from './columns';
import { parseQuery, type Column, type Condition, type Needle } from './query';
import { isTechniqueId, rulesUnder } from './techniques';

/** Finds the rules that meet a query: the best first, then in the catalog's order. */
export type Searcher = (query: string) => Int32Array;

/** A searcher over the metadata alone (`facts` null: what a query asks beyond it is found nowhere), or over everything. Texts are made ready at the first need. */
export function searcherOf(list: Listing, facts: Facts | null): Searcher {
  const ready = new Map<string, Haystack>();
  const hay = (name: string, texts: readonly string[]): Haystack => {
    let known = ready.get(name);
    if (known === undefined) ready.set(name, (known = haystackOf(texts)));
    return known;
  };
  const source: Source = {
    list,
    facts,
    titles: (needle) => search(hay('titles', list.titles), needle, true),
    ids: (needle) => search(hay('ids', list.ids), needle, false),
    words: (needle) => search(hay('words', list.words), needle, false),
    techniques: (needle) =>
      search(
        hay(
          'techniques',
          list.words.map((word) => `${word} ${list.attack.get(word)?.name ?? ''}`),
        ),
        needle,
        false,
      ),
    strings: (needle) => (facts === null ? new Uint8Array(0) : search(hay('strings', facts.strings), needle, false)),
    fields: (needle) => (facts === null ? new Uint8Array(0) : search(hay('fields', facts.fields), needle, false)),
  };
  let last: { readonly query: string; readonly rules: Int32Array } | null = null;
  return (query) => {
    if (last?.query !== query) last = { query, rules: rulesOf(source, query) };
    return last.rules;
  };
}

interface Source {
  readonly list: Listing;
  readonly facts: Facts | null;
  readonly titles: (needle: Needle) => Uint8Array;
  readonly ids: (needle: Needle) => Uint8Array;
  readonly words: (needle: Needle) => Uint8Array;
  readonly techniques: (needle: Needle) => Uint8Array;
  readonly strings: (needle: Needle) => Uint8Array;
  readonly fields: (needle: Needle) => Uint8Array;
}

/** Marks rules; 1 is met. */
type Marks = Uint8Array;

function rulesOf(source: Source, text: string): Int32Array {
  const { conditions, words } = parseQuery(text);
  const count = source.list.count;
  const scores = new Float64Array(count);
  const isOut = new Uint8Array(count);
  for (const condition of conditions) {
    const marks = marksOf(source, condition);
    for (let rule = 0; rule < count; rule++) if (marks[rule]! > 0 === condition.isNegated) isOut[rule] = 1;
  }
  for (const word of words) {
    const titles = source.titles(word);
    const elsewhere = anywhere(source, word);
    for (let rule = 0; rule < count; rule++) {
      if (titles[rule] !== 0) scores[rule]! += titles[rule]! + 1;
      else if (elsewhere[rule] !== 0) scores[rule]! += 1;
      else isOut[rule] = 1;
    }
  }
  const found: number[] = [];
  for (let rule = 0; rule < count; rule++) if (isOut[rule] === 0) found.push(rule);
  if (words.length > 0) found.sort((a, b) => scores[b]! - scores[a]! || a - b);
  return Int32Array.from(found);
}

function marksOf(source: Source, condition: Condition): Marks {
  switch (condition.kind) {
    case 'column':
      return columnMarks(source, condition.column, condition.needle);
    case 'comparison': {
      const { field, value, operator } = condition;
      const strings = value === null ? null : source.strings(value);
      const written = field === null ? null : source.strings(field);
      const canonical = field === null ? null : source.fields(field);
      const kind = operator === null ? -1 : KINDS.indexOf(operator);
      return readingMarks(source, SOUGHT, (facts, leaf, text, triple) => {
        if (kind >= 0 && facts.leafOperators[leaf] !== kind && (triple < 0 || facts.tripleKinds[triple] !== kind)) return false;
        if (strings !== null && !(text >= 0 && strings[text]! > 0) && !(triple >= 0 && strings[facts.tripleValues[triple]!]! > 0)) return false;
        if (written === null || canonical === null) return true;
        const name = facts.leafFields[leaf]! - 1;
        return (name >= 0 && written[name]! > 0) || (triple >= 0 && canonical[facts.tripleFields[triple]!]! > 0);
      });
    }
    case 'excludes': {
      const strings = source.strings(condition.needle);
      const fields = source.fields(condition.needle);
      return readingMarks(source, EXCLUDED, (facts, leaf, text, triple) => {
        const name = facts.leafFields[leaf]! - 1;
        return (
          (text >= 0 && strings[text]! > 0) ||
          (name >= 0 && strings[name]! > 0) ||
          (triple >= 0 && (strings[facts.tripleValues[triple]!]! > 0 || fields[facts.tripleFields[triple]!]! > 0))
        );
      });
    }
    default:
      return condition satisfies never;
  }
}

const SOUGHT: ReadonlySet<number> = new Set(
  ['indicator', 'threshold', 'context', 'absent'].map((name) => POLARITIES.findIndex((polarity) => polarity === name)),
);
const EXCLUDED: ReadonlySet<number> = new Set(['exclusion', 'conditional'].map((name) => POLARITIES.findIndex((polarity) => polarity === name)));
const ALL: ReadonlySet<number> = new Set(POLARITIES.keys());

/** Rules with a reading of these polarities that meets the test; `text` and `triple` are -1 where there is none. */
function readingMarks(
  { list, facts }: Source,
  polarities: ReadonlySet<number>,
  test: (facts: Facts, leaf: number, text: number, triple: number) => boolean,
): Marks {
  const marks = new Uint8Array(list.count);
  if (facts === null) return marks;
  for (let rule = 0; rule < list.count; rule++) {
    for (let leaf = facts.leafStarts[rule]!; leaf < facts.leafStarts[rule + 1]! && marks[rule] === 0; leaf++) {
      if (!polarities.has(facts.leafPolarities[leaf]!)) continue;
      for (let reading = facts.readingStarts[leaf]!; reading < facts.readingStarts[leaf + 1]!; reading++) {
        if (!test(facts, leaf, facts.readingTexts[reading]! - 1, facts.readingTriples[reading]! - 1)) continue;
        marks[rule] = 1;
        break;
      }
    }
  }
  return marks;
}

function columnMarks(source: Source, column: Column, needle: Needle): Marks {
  const { list, facts } = source;
  switch (column) {
    case 'vendor':
      return placeMarks(list.vendors, search(haystackOf(VENDORS), needle, false));
    case 'source':
      return placeMarks(list.sources, search(haystackOf(SOURCE_NAMES), needle, false));
    case 'kind':
      return placeMarks(list.kinds, search(haystackOf(RULE_KINDS), needle, false));
    case 'status':
      return placeMarks(list.statuses, source.words(needle));
    case 'severity':
      return placeMarks(list.severities, source.words(needle));
    case 'language':
      return placeMarks(list.languages, source.words(needle));
    case 'created':
      return placeMarks(list.created, source.words(needle));
    case 'modified':
      return placeMarks(list.modified, source.words(needle));
    case 'platform':
      return bitMarks(list.platforms, search(haystackOf(PLATFORMS), needle, false));
    case 'domain':
      return bitMarks(list.domains, search(haystackOf(DOMAINS), needle, false));
    case 'tactic':
      return listMarks(list.tactics, source.words(needle));
    case 'technique':
      return techniqueMarks(source, needle);
    case 'id':
      return source.ids(needle);
    case 'title':
      return source.titles(needle).map((quality) => Number(quality > 1));
    case 'author':
      return facts === null ? new Uint8Array(list.count) : listMarks(facts.authors, source.strings(needle));
    case 'path':
      return facts === null ? new Uint8Array(list.count) : placeMarks(facts.paths, source.strings(needle));
    case 'logsource':
      return facts === null ? new Uint8Array(list.count) : placeMarks(facts.logsources, source.strings(needle));
    case 'term':
      return facts === null ? new Uint8Array(list.count) : listMarks(facts.terms, source.strings(needle));
    case 'event':
      return facts === null ? new Uint8Array(list.count) : listMarks(facts.events, eventMarks(facts, needle));
    default:
      return column satisfies never;
  }
}

/** Events by provider, ID or title, or provider and ID together. */
const eventMarks = (facts: Facts, needle: Needle): Uint8Array =>
  best(search(haystackOf(facts.eventTable.flatMap(({ provider, id, title }) => [provider, id, title, `${provider} ${id}`])), needle, false), 4);

/** The best of every `size` neighbours. */
const best = (marks: Uint8Array, size: number): Uint8Array =>
  Uint8Array.from({ length: marks.length / size }, (_, at) => Math.max(...marks.subarray(at * size, (at + 1) * size)));

/** A technique's ID means the guide's rules: sub-techniques and the other generation's IDs too. */
function techniqueMarks(source: Source, needle: Needle): Marks {
  const { list } = source;
  const id = needle.pieces.length === 1 ? needle.pieces[0]!.toUpperCase() : '';
  const marks = listMarks(list.techniques, source.techniques(needle));
  if (isTechniqueId(id)) for (const rule of rulesUnder(list, id, true)) marks[rule] = 1;
  return marks;
}

/** Rules in which a word is found anywhere but the title. */
function anywhere(source: Source, needle: Needle): Marks {
  const { list, facts } = source;
  const marks = new Uint8Array(list.count);
  const join = (found: Marks): void => {
    for (let rule = 0; rule < list.count; rule++) if (found[rule]! > 0) marks[rule] = 1;
  };
  const words = source.words(needle);
  join(source.ids(needle));
  join(listMarks(list.techniques, source.techniques(needle)));
  join(listMarks(list.tactics, words));
  for (const column of [list.statuses, list.severities, list.languages]) join(placeMarks(column, words));
  join(placeMarks(list.sources, search(haystackOf(SOURCE_NAMES), needle, false)));
  if (facts === null) return marks;
  const strings = source.strings(needle);
  for (const column of [facts.paths, facts.logsources]) join(placeMarks(column, strings));
  for (const lists of [facts.authors, facts.terms]) join(listMarks(lists, strings));
  join(listMarks(facts.events, eventMarks(facts, needle)));
  join(readingMarks(source, ALL, (_, leaf, text) => (text >= 0 && strings[text]! > 0) || strings[facts.leafFields[leaf]! - 1]! > 0));
  return marks;
}

const placeMarks = (column: Int32Array, found: Uint8Array): Marks => Uint8Array.from(column, (place) => Number(found[place]! > 0));

function bitMarks(column: Int32Array, found: Uint8Array): Marks {
  const bits = found.reduce((sum, quality, bit) => sum | (Number(quality > 0) << bit), 0);
  return Uint8Array.from(column, (place) => Number((place & bits) !== 0));
}

function listMarks(lists: Lists, found: Uint8Array): Marks {
  const marks = new Uint8Array(lists.starts.length - 1);
  for (let rule = 0; rule < marks.length; rule++)
    for (let at = lists.starts[rule]!; at < lists.starts[rule + 1]!; at++) if (found[lists.items[at]!]! > 0) marks[rule] = 1;
  return marks;
}
