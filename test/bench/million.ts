import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { catalogOf } from '../../src/catalog/catalog';
import { guideOf } from '../../src/catalog/guide';
import { searcherOf } from '../../src/catalog/search/search';
import { packDeltas, packInts, type StoredLists, unpackDeltas, unpackInts } from '../../src/catalog/store/columns';
import { decodeList } from '../../src/catalog/store/metadata-columns';
import { openManifest } from '../../src/catalog/store/open';
import { decodeFacts } from '../../src/catalog/store/rule-columns';
import { rowsIn, type StoredFacts, type StoredList } from '../../src/catalog/store/stored-format';
import { unpackStrings } from '../../src/catalog/store/strings';
import { techniquesOf } from '../../src/catalog/techniques';
import { ALL_RULES, QUERIES } from './catalog';
import { type Bench, besideJson, count, ms, spread, timeOnce, times, timesOf, unmeasured } from './measure';
import { BUNDLED } from './pages';

const RULES = Number(process.env['RULES'] ?? 1_000_000);
/** Characters that V8 holds in one text. */
const LONGEST_TEXT = 2 ** 29 - 24;
/** Every so many-th text is another one in each copy. */
const VARIED = 3;

/** How far a catalog can grow: the bundled one again and again, a third of its texts and triples new in every copy, opened by Node. */
export function bench(): Bench {
  const title = `A catalog of ${count(RULES)} rules`;
  if (!existsSync(join(BUNDLED, 'manifest.json'))) return { title, figures: [unmeasured('all of it', 'no catalog is built')] };
  const manifest = openManifest(readFileSync(join(BUNDLED, 'manifest.json'), 'utf8')).value!;
  const stored = (name: string): unknown => JSON.parse(gunzipSync(readFileSync(join(BUNDLED, name))).toString('utf8'));
  const own = { list: stored(manifest.files.list.name) as StoredList, facts: stored(manifest.files.facts.name) as StoredFacts };
  const copies = Math.ceil(RULES / rowsIn(manifest));
  const texts = [JSON.stringify(grownList(own.list, copies)), JSON.stringify(grownFacts(own.facts, copies))] as const;
  const parse = timeOnce(() => texts.map((text) => JSON.parse(text) as unknown));
  const before = memory();
  const start = performance.now();
  const list = decodeList(JSON.parse(texts[0]) as StoredList);
  const catalog = catalogOf(manifest, list, decodeFacts(JSON.parse(texts[1]) as StoredFacts, list.count));
  const open = performance.now() - start;
  const held = memory() - before;
  const search = searcherOf(list, catalog.facts);
  const first = timeOnce(() => search.find('warm up', null));
  const searches = timesOf([...QUERIES, ...QUERIES].map((query) => timeOnce(() => search.find(query, null))));
  const techniques = techniquesOf(list).filter(({ rules }, at) => rules > 0 && at % 10 === 0);
  const guides = timesOf(techniques.map(({ id }) => timeOnce(() => guideOf(catalog, id, ALL_RULES, null))));
  return {
    title,
    figures: [
      {
        what: `opening ${count(list.count)} entries, unpacked already`,
        value: ms(open),
        beside: `parsing the same alone ${ms(parse)}`,
        ratio: times(open / parse),
        goal: '',
      },
      {
        what: 'memory it takes',
        value: `${count(held / 1e6)} MB`,
        beside: `its facts as one text ${count(texts[1].length / 1e6)} MB`,
        ratio: times(held / texts[1].length),
        goal: '',
      },
      {
        what: 'the limit: so many, and their facts are more than one text can be',
        value: `${count((list.count * LONGEST_TEXT) / texts[1].length)} rules`,
        beside: `${count(LONGEST_TEXT / 1e6)} MB`,
        ratio: '',
        goal: '',
      },
      besideJson('the first search, texts made ready', first),
      besideJson(`a search, of ${QUERIES.length}`, searches.median, spread(searches)),
      besideJson(`a guide, of ${techniques.length} techniques`, guides.median, spread(guides)),
    ],
  };
}

/** Bytes that are held once nothing is left to be thrown away. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Numbers of things of which some have a number of their own in every copy. */
interface Grown {
  readonly size: number;
  readonly of: (thing: number, copy: number) => number;
}

function grown(things: number, copies: number, isVaried: (thing: number) => boolean): Grown {
  const firsts = new Int32Array(things + 1);
  for (let thing = 0; thing < things; thing++) firsts[thing + 1] = firsts[thing]! + (isVaried(thing) ? copies : 1);
  return { size: firsts[things]!, of: (thing, copy) => (firsts[thing + 1]! - firsts[thing]! > 1 ? firsts[thing]! + copy : firsts[thing]!) };
}

/** What each thing says, for every number there is. */
function spreadOut({ size, of }: Grown, column: Int32Array, copies: number, say: (value: number, copy: number) => number): Int32Array {
  const said = new Int32Array(size);
  column.forEach((value, thing) => {
    for (let copy = 0; copy < copies; copy++) said[of(thing, copy)] = say(value, copy);
  });
  return said;
}

function repeated(column: Int32Array, copies: number, say: (value: number, copy: number) => number): Int32Array {
  const all = new Int32Array(column.length * copies);
  for (let copy = 0; copy < copies; copy++) for (let at = 0; at < column.length; at++) all[copy * column.length + at] = say(column[at]!, copy);
  return all;
}

const same = (value: number): number => value;
const repeatedLists = ({ lengths, items }: StoredLists, copies: number, say: (value: number, copy: number) => number = same): StoredLists => ({
  lengths: lengths.repeat(copies),
  items: packDeltas(repeated(unpackDeltas(items), copies, say)),
});

function grownList(list: StoredList, copies: number): StoredList {
  const numbered = (texts: readonly string[]): string[] =>
    Array.from({ length: copies }, (_, copy) => texts.map((text) => (text === '' ? '' : `${text} ${copy}`))).flat();
  const columns = ['vendors', 'sources', 'kinds', 'statuses', 'severities', 'languages', 'created', 'modified', 'platforms', 'domains'] as const;
  return {
    ...list,
    titles: numbered(list.titles),
    ids: numbered(list.ids),
    ...(Object.fromEntries(columns.map((name) => [name, list[name].repeat(copies)])) as Pick<StoredList, (typeof columns)[number]>),
    techniques: repeatedLists(list.techniques, copies),
    tactics: repeatedLists(list.tactics, copies),
  };
}

function grownFacts(facts: StoredFacts, copies: number): StoredFacts {
  const own = unpackStrings(facts.strings);
  const strings = grown(own.length, copies, (text) => text % VARIED === 0);
  const texts = Array.from<string>({ length: strings.size });
  own.forEach((text, at) => {
    for (let copy = 0; copy < copies; copy++) texts[strings.of(at, copy)] = copy === 0 ? text : `${text}${copy}`;
  });
  const orNone = (of: Grown) => (value: number, copy: number) => (value === 0 ? 0 : of.of(value - 1, copy) + 1);
  const first = (value: number): number => strings.of(value, 0);
  const table = (column: string): string => packDeltas(unpackDeltas(column).map(first));
  const plain = (column: string): string => packInts(unpackInts(column).map(first));
  const column = (packed: string): string => packInts(repeated(unpackInts(packed), copies, strings.of));

  const values = unpackDeltas(facts.triples[2]);
  const triples = grown(values.length, copies, (triple) => values[triple]! % VARIED === 0);
  const readingTexts = unpackDeltas(facts.readingTable[0]);
  const readingTriples = unpackDeltas(facts.readingTable[1]);
  const isVaried = (reading: number): boolean => {
    const [text, triple] = [readingTexts[reading]! - 1, readingTriples[reading]! - 1];
    return (text >= 0 && text % VARIED === 0) || (triple >= 0 && values[triple]! % VARIED === 0);
  };
  const readings = grown(readingTexts.length, copies, isVaried);
  return {
    ...facts,
    strings: { texts, lowers: packInts(new Int32Array(texts.length)) },
    paths: column(facts.paths),
    ordinals: facts.ordinals.repeat(copies),
    copies: repeatedLists(facts.copies, copies),
    copyTable: [facts.copyTable[0], table(facts.copyTable[1])],
    licenses: column(facts.licenses),
    logsources: column(facts.logsources),
    timeWindows: column(facts.timeWindows),
    authors: repeatedLists(facts.authors, copies, strings.of),
    groupBys: repeatedLists(facts.groupBys, copies, strings.of),
    events: repeatedLists(facts.events, copies),
    eventTable: [table(facts.eventTable[0]), plain(facts.eventTable[1]), plain(facts.eventTable[2])],
    stages: repeatedLists(facts.stages, copies),
    stageTable: [table(facts.stageTable[0]), table(facts.stageTable[1])],
    terms: repeatedLists(facts.terms, copies, strings.of),
    termStages: facts.termStages.repeat(copies),
    leaves: repeatedLists(facts.leaves, copies),
    headTable: [packDeltas(unpackDeltas(facts.headTable[0]).map((value) => orNone(strings)(value, 0))), facts.headTable[1]],
    leafStages: facts.leafStages.repeat(copies),
    leafComposites: facts.leafComposites.repeat(copies),
    leafMacros: packInts(repeated(unpackInts(facts.leafMacros), copies, orNone(strings))),
    readings: repeatedLists(facts.readings, copies, readings.of),
    readingTable: [
      packDeltas(spreadOut(readings, readingTexts, copies, orNone(strings))),
      packDeltas(spreadOut(readings, readingTriples, copies, orNone(triples))),
    ],
    triples: [
      packDeltas(spreadOut(triples, unpackDeltas(facts.triples[0]), copies, same)),
      packInts(spreadOut(triples, unpackInts(facts.triples[1]), copies, same)),
      packDeltas(spreadOut(triples, values, copies, strings.of)),
    ],
  };
}
