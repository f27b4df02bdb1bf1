import { isTechniqueId } from '../../knowledge/attack';
import { VENDORS } from '../../knowledge/families';
import { SOURCE_NAMES } from '../../knowledge/sources';
import { DOMAINS, PLATFORMS, RULE_KINDS, type Polarity } from '../../model';
import type { Lists } from '../store/columns';
import type { RuleColumns } from '../store/rule-columns';
import { haystackOf } from './haystack';
import { lookUp } from './text-search';
import { KINDS, POLARITIES } from '../store/stored-format';
import { hasTriple, numberOf } from '../reach';
import type { Column, Condition, CountedTriple, Needle } from './query';
import type { Found, SearchTexts } from './search-texts';
import { allUnder } from '../techniques';

/** One entry a rule; not 0: met. */
export type Marks = Uint8Array;

/** The rules that meet a condition, before its negation. */
export function matchCondition(texts: SearchTexts, condition: Condition): Marks {
  switch (condition.kind) {
    case 'column':
      return columnMarks(texts, condition.column, condition.needle);
    case 'comparison': {
      const { field, value, operator } = condition;
      const strings = value === null ? null : texts.strings(value);
      const written = field === null ? null : texts.strings(field);
      const canonical = field === null ? null : texts.fields(field);
      const kind = operator === null ? -1 : KINDS.indexOf(operator);
      return leafValueMarks(texts, SOUGHT, (facts, leaf, text, triple) => {
        if (kind >= 0 && facts.leafOperators[leaf] !== kind && (triple < 0 || facts.tripleKinds[triple] !== kind)) return false;
        if (strings !== null && !(text >= 0 && strings[text]! > 0) && !(triple >= 0 && strings[facts.tripleValues[triple]!]! > 0)) return false;
        if (written === null || canonical === null) return true;
        const name = facts.leafFields[leaf]! - 1;
        return (name >= 0 && written[name]! > 0) || (triple >= 0 && canonical[facts.tripleFields[triple]!]! > 0);
      });
    }
    case 'excludes': {
      const strings = texts.strings(condition.needle);
      const fields = texts.fields(condition.needle);
      return leafValueMarks(texts, EXCLUDED, (facts, leaf, text, triple) => {
        const name = facts.leafFields[leaf]! - 1;
        return (
          (text >= 0 && strings[text]! > 0) ||
          (name >= 0 && strings[name]! > 0) ||
          (triple >= 0 && (strings[facts.tripleValues[triple]!]! > 0 || fields[facts.tripleFields[triple]!]! > 0))
        );
      });
    }
    case 'counted triple':
      return countedMarks(texts, condition);
    default:
      return condition satisfies never;
  }
}

/** The rules behind a figure: those a guide counts that have this triple, on this side. */
function countedMarks({ list, facts }: SearchTexts, { polarity, triple }: CountedTriple): Marks {
  const marks = new Uint8Array(list.count);
  const number = facts === null || triple === null ? -1 : numberOf(facts, triple);
  if (facts === null || number < 0) return marks;
  for (let rule = 0; rule < list.count; rule++) if (list.counted[rule] === 1 && hasTriple(facts, rule, number, polarity)) marks[rule] = 1;
  return marks;
}

/** The rules in which a word is found anywhere but in the title. */
export function elsewhere(texts: SearchTexts, needle: Needle): Marks {
  const { list, facts } = texts;
  const marks = new Uint8Array(list.count);
  const join = (found: Marks): void => {
    for (let rule = 0; rule < list.count; rule++) if (found[rule]! > 0) marks[rule] = 1;
  };
  const words = texts.words(needle);
  join(texts.ids(needle));
  join(listMarks(list.techniques, texts.techniques(needle)));
  join(listMarks(list.tactics, words));
  for (const column of [list.statuses, list.severities, list.languages]) join(placeMarks(column, words));
  join(placeMarks(list.sources, among(SOURCE_NAMES, needle)));
  if (facts === null) return marks;
  const strings = texts.strings(needle);
  join(listMarks(facts.events, texts.events(needle)));
  const { starts, items } = texts.mentioning();
  for (let text = 0; text < strings.length; text++) if (strings[text]! > 0) for (let at = starts[text]!; at < starts[text + 1]!; at++) marks[items[at]!] = 1;
  return marks;
}

/** 1 at the places of these polarities. */
const placesOf = (...polarities: readonly Polarity[]): Uint8Array => Uint8Array.from(POLARITIES, (polarity) => Number(polarities.includes(polarity)));

const SOUGHT = placesOf('indicator', 'threshold', 'context', 'absent');
const EXCLUDED = placesOf('exclusion', 'conditional');

/** Rules with a reading of these polarities that meets the test; `text` and `triple` are -1 where there is none. */
function leafValueMarks(
  { list, facts }: SearchTexts,
  polarities: Uint8Array,
  test: (facts: RuleColumns, leaf: number, text: number, triple: number) => boolean,
): Marks {
  const marks = new Uint8Array(list.count);
  if (facts === null) return marks;
  for (let rule = 0; rule < list.count; rule++) {
    for (let leaf = facts.leafStarts[rule]!; leaf < facts.leafStarts[rule + 1]! && marks[rule] === 0; leaf++) {
      if (polarities[facts.leafPolarities[leaf]!] === 0) continue;
      for (let reading = facts.leafValueStarts[leaf]!; reading < facts.leafValueStarts[leaf + 1]!; reading++) {
        if (!test(facts, leaf, facts.leafValueTexts[reading]! - 1, facts.leafValueTriples[reading]! - 1)) continue;
        marks[rule] = 1;
        break;
      }
    }
  }
  return marks;
}

function columnMarks(texts: SearchTexts, column: Column, needle: Needle): Marks {
  const { list, facts } = texts;
  switch (column) {
    case 'counted':
      return placeMarks(list.counted, among(COUNTED, needle));
    case 'vendor':
      return placeMarks(list.vendors, among(VENDORS, needle));
    case 'source':
      return placeMarks(list.sources, among(SOURCE_NAMES, needle));
    case 'kind':
      return placeMarks(list.kinds, among(RULE_KINDS, needle));
    case 'status':
      return placeMarks(list.statuses, texts.words(needle));
    case 'severity':
      return placeMarks(list.severities, texts.words(needle));
    case 'language':
      return placeMarks(list.languages, texts.words(needle));
    case 'created':
      return placeMarks(list.created, texts.words(needle));
    case 'modified':
      return placeMarks(list.modified, texts.words(needle));
    case 'platform':
      return bitMarks(list.platforms, among(PLATFORMS, needle));
    case 'domain':
      return bitMarks(list.domains, among(DOMAINS, needle));
    case 'tactic':
      return listMarks(list.tactics, texts.words(needle));
    case 'technique':
      return techniqueMarks(texts, needle);
    case 'id':
      return texts.ids(needle);
    case 'title':
      return texts.titles(needle).map((quality) => Number(quality > 1));
    case 'author':
      return facts === null ? new Uint8Array(list.count) : listMarks(facts.authors, texts.strings(needle));
    case 'path':
      return facts === null ? new Uint8Array(list.count) : placeMarks(facts.paths, texts.strings(needle));
    case 'logsource':
      return facts === null ? new Uint8Array(list.count) : placeMarks(facts.logsources, texts.strings(needle));
    case 'term':
      return facts === null ? new Uint8Array(list.count) : listMarks(facts.terms, texts.strings(needle));
    case 'event':
      return facts === null ? new Uint8Array(list.count) : listMarks(facts.events, texts.events(needle));
    default:
      return column satisfies never;
  }
}

/** A technique's ID means the guide's rules and those that are tagged so and not counted: sub-techniques and the other generation's IDs too. */
function techniqueMarks(texts: SearchTexts, needle: Needle): Marks {
  const marks = listMarks(texts.list.techniques, texts.techniques(needle));
  const id = needle.pieces.length === 1 ? needle.pieces[0]!.toUpperCase() : '';
  if (isTechniqueId(id)) for (const rule of allUnder(texts.list, id, true)) marks[rule] = 1;
  return marks;
}

/** Whether guides and figures count a rule, as a search says it. */
const COUNTED = ['no', 'yes'];

const among = (names: readonly string[], needle: Needle): Found => lookUp(haystackOf(names), needle, false);

function placeMarks(column: ArrayLike<number>, found: Found): Marks {
  const marks = new Uint8Array(column.length);
  for (let rule = 0; rule < column.length; rule++) marks[rule] = found[column[rule]!]!;
  return marks;
}

function bitMarks(column: Int32Array, found: Found): Marks {
  const bits = found.reduce((sum, quality, bit) => sum | (Number(quality > 0) << bit), 0);
  return Uint8Array.from(column, (place) => Number((place & bits) !== 0));
}

const isMet = (found: Found): boolean => found.includes(1) || found.includes(2) || found.includes(3);

function listMarks(lists: Lists, found: Found): Marks {
  const marks = new Uint8Array(lists.starts.length - 1);
  if (!isMet(found)) return marks;
  for (let rule = 0; rule < marks.length; rule++)
    for (let at = lists.starts[rule]!; at < lists.starts[rule + 1]!; at++) if (found[lists.items[at]!]! > 0) marks[rule] = 1;
  return marks;
}
