import { SOURCE_NAMES } from '../../knowledge/sources';
import { COPY_REASONS, type EventRef } from '../../model';
import { unpackDeltas, unpackInts, unpackLists, type Lists, type StoredLists, checkRange, checkTexts } from './columns';
import { KINDS, POLARITIES, type StoredFacts } from './stored-format';
import { unpackStrings } from './strings';

/** Everything about the rules but their metadata, opened; see `StoredFacts` for the columns. In "+1" columns 0 is none. */
export interface RuleColumns {
  /** Distinct texts; comparing places compares texts without regard to the case of letters, then with. */
  readonly strings: readonly string[];
  readonly paths: Int32Array;
  readonly ordinals: Int32Array;
  readonly copies: Lists;
  readonly copySources: Int32Array;
  readonly copyReasons: Int32Array;
  readonly copyPaths: Int32Array;
  readonly licenses: Int32Array;
  readonly logsources: Int32Array;
  readonly timeWindows: Int32Array;
  readonly authors: Lists;
  readonly groupBys: Lists;
  readonly events: Lists;
  readonly eventTable: readonly EventRef[];
  readonly stages: Lists;
  readonly stageKinds: Int32Array;
  readonly stageLabels: Int32Array;
  readonly terms: Lists;
  readonly termStages: Int32Array;
  /** Rule → the numbers of its leaves, which run through the catalog. */
  readonly leafStarts: Int32Array;
  /** Per leaf: field as written (+1). */
  readonly leafFields: Int32Array;
  readonly leafOperators: Int32Array;
  readonly leafPolarities: Int32Array;
  readonly leafNegated: Int32Array;
  readonly leafStages: Int32Array;
  readonly leafComposites: Int32Array;
  readonly leafMacros: Int32Array;
  /** Leaf → its readings, numbered through the catalog: text as written (+1), triple (+1). */
  readonly leafValueStarts: Int32Array;
  readonly leafValueTexts: Int32Array;
  readonly leafValueTriples: Int32Array;
  /** Canonical fields, in order. */
  readonly fields: readonly string[];
  /** Triples by field, kind, value. */
  readonly tripleFields: Int32Array;
  readonly tripleKinds: Int32Array;
  readonly tripleValues: Int32Array;
}

/** Opens the stored facts of `count` rules. Throws when the columns do not fit each other. */
export function decodeFacts(stored: StoredFacts, count: number): RuleColumns {
  const strings = unpackStrings(stored.strings);
  const texts = strings.length;
  const column = (packed: string, limit = texts): Int32Array => checkRange(unpackInts(packed), count, limit);
  const table = (packed: string, limit: number): Int32Array => {
    const opened = unpackDeltas(packed);
    return checkRange(opened, opened.length, limit);
  };
  const lists = (packed: StoredLists, limit: number, rows = count): Lists => {
    const opened = unpackLists(packed);
    checkRange(opened.starts, rows + 1, opened.items.length + 1);
    checkRange(opened.items, opened.items.length, limit);
    return opened;
  };

  const tripleFields = table(stored.triples[0], stored.fields.length);
  const tripleKinds = checkRange(unpackInts(stored.triples[1]), tripleFields.length, KINDS.length);
  const tripleValues = checkRange(unpackDeltas(stored.triples[2]), tripleFields.length, texts);

  const eventProviders = table(stored.eventTable[0], texts);
  const eventIds = checkRange(unpackInts(stored.eventTable[1]), eventProviders.length, texts);
  const eventTitles = checkRange(unpackInts(stored.eventTable[2]), eventProviders.length, texts);
  const stageKinds = table(stored.stageTable[0], texts);
  const copyShapes = table(stored.copyTable[0], SOURCE_NAMES.length * COPY_REASONS.length);
  const terms = lists(stored.terms, texts);

  const headFields = table(stored.headTable[0], texts + 1);
  const headShapes = checkRange(unpackInts(stored.headTable[1]), headFields.length, POLARITIES.length * KINDS.length * 2);
  const leaves = lists(stored.leaves, headFields.length);
  const heads = leaves.items;
  const readingTriple = table(stored.readingTable[1], tripleFields.length + 1);
  const readingText = checkRange(unpackDeltas(stored.readingTable[0]), readingTriple.length, texts + 1);
  const readings = lists(stored.readings, readingTriple.length, heads.length);

  return {
    strings,
    paths: column(stored.paths),
    ordinals: column(stored.ordinals, 2 ** 31),
    copies: lists(stored.copies, copyShapes.length),
    copySources: copyShapes.map((shape) => Math.floor(shape / COPY_REASONS.length)),
    copyReasons: copyShapes.map((shape) => shape % COPY_REASONS.length),
    copyPaths: checkRange(unpackDeltas(stored.copyTable[1]), copyShapes.length, texts),
    licenses: column(stored.licenses),
    logsources: column(stored.logsources),
    timeWindows: column(stored.timeWindows),
    authors: lists(stored.authors, texts),
    groupBys: lists(stored.groupBys, texts),
    events: lists(stored.events, eventProviders.length),
    eventTable: Array.from(eventProviders, (provider, at) => ({
      provider: strings[provider]!,
      id: strings[eventIds[at]!]!,
      title: strings[eventTitles[at]!]!,
    })),
    stages: lists(stored.stages, stageKinds.length),
    stageKinds,
    stageLabels: checkRange(unpackDeltas(stored.stageTable[1]), stageKinds.length, texts),
    terms,
    termStages: checkRange(unpackInts(stored.termStages), terms.items.length, 2 ** 31),
    leafStarts: leaves.starts,
    leafFields: through(headFields, heads),
    leafOperators: through(
      headShapes.map((shape) => (shape >> 1) % KINDS.length),
      heads,
    ),
    leafPolarities: through(
      headShapes.map((shape) => Math.floor((shape >> 1) / KINDS.length)),
      heads,
    ),
    leafNegated: through(
      headShapes.map((shape) => shape & 1),
      heads,
    ),
    leafStages: checkRange(unpackInts(stored.leafStages), heads.length, 2 ** 31),
    leafComposites: checkRange(unpackInts(stored.leafComposites), heads.length, 2 ** 31),
    leafMacros: checkRange(unpackInts(stored.leafMacros), heads.length, texts + 1),
    leafValueStarts: readings.starts,
    leafValueTexts: through(readingText, readings.items),
    leafValueTriples: through(readingTriple, readings.items),
    fields: checkTexts(stored.fields),
    tripleFields,
    tripleKinds,
    tripleValues,
  };
}

/** A table's column seen through places in the table. */
function through(column: Int32Array, places: Int32Array): Int32Array {
  const seen = new Int32Array(places.length);
  for (let at = 0; at < places.length; at++) seen[at] = column[places[at]!]!;
  return seen;
}

/** The texts of one list of places. */
export const textsAt = (facts: RuleColumns, lists: Lists, at: number): string[] =>
  Array.from(lists.items.subarray(lists.starts[at]!, lists.starts[at + 1]!), (place) => facts.strings[place]!);
