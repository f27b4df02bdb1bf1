import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { catalogIn, unpackedFile } from '../../src/cli/catalog-folder';
import { guideOf } from '../../src/catalog/guide';
import { openCatalog, openList, openManifest } from '../../src/catalog/store/open';
import { searcherOf } from '../../src/catalog/search/search';
import { techniquesOf } from '../../src/catalog/techniques';
import type { GuideFilters } from '../../src/model';
import { type Bench, besideJson, ms, spread, timeEach, timeOnce, times, timesOf, unmeasured } from './measure';

const FOLDER = join(import.meta.dirname, '..', '..', 'public', 'catalog');
export const ALL_RULES: GuideFilters = { platforms: [], domains: [], vendors: [], subTechniques: true, unsettled: true };
/** What people type, letter by letter where it matters. */
export const QUERIES = [
  'n',
  'ne',
  'net',
  'powershell',
  'field:process_name value:net.exe',
  'technique:T1059 vendor:sigma',
  'excludes:chrome',
  'event:4688',
  'value:*admin*',
  'mimikatz lsass',
];

/** The bundled catalog: opening (hash, gunzip, columns, inversion), every technique's guide, search; and opening against only unpacking and parsing the same bytes. */
export async function bench(): Promise<Bench> {
  const title = 'The bundled catalog';
  if (!existsSync(join(FOLDER, 'manifest.json'))) return { title, figures: [unmeasured('all of it', 'no catalog is built')] };
  const manifest = openManifest(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')).value!;
  const [listBytes, factsBytes] = [manifest.files.list, manifest.files.facts].map(({ name }) => readFileSync(join(FOLDER, name))) as [Buffer, Buffer];
  const openBoth = () => openCatalog(manifest, openList(manifest, unpackedFile(listBytes)).value!, unpackedFile(factsBytes)).value!;
  const parseOnly = () => [listBytes, factsBytes].map((bytes) => JSON.parse(Buffer.from(gunzipSync(bytes)).toString('utf8')) as unknown);
  const first = timeOnce(openBoth);
  const rounds = Array.from({ length: 5 }, () => ({
    open: timeOnce(openBoth),
    list: timeOnce(() => openList(manifest, unpackedFile(listBytes))),
    parse: timeOnce(parseOnly),
  }));
  const best = (name: 'open' | 'list' | 'parse'): number => Math.min(...rounds.map((round) => round[name]));

  const catalog = await catalogIn(FOLDER);
  const techniques = techniquesOf(catalog.list).filter(({ rules }) => rules > 0);
  const guides = timesOf(timeEach(techniques, ({ id }) => guideOf(catalog, id, ALL_RULES, null)));
  const listing = timeOnce(() => techniquesOf(catalog.list));
  const cold = timeOnce(() => searcherOf(catalog.list, catalog.facts).find('warm up', null));
  const search = searcherOf(catalog.list, catalog.facts);
  const searches = timesOf(timeEach([...QUERIES, ...QUERIES, ...QUERIES], (query) => search.find(query, null)));
  const bytes = listBytes.length + factsBytes.length;
  const beside = `unpacking and parsing the same bytes alone ${ms(best('parse'))}`;
  const open = (what: string, took: number, goal = '') => ({ what, value: ms(took), beside, ratio: times(took / best('parse')), goal });
  return {
    title,
    figures: [
      { what: `${manifest.rules} rules, over the wire`, value: `${(bytes / 1e6).toFixed(2)} MB`, beside: '', ratio: '', goal: 'at most 3 MB' },
      open('opening it, the first time', first, 'under 200 ms'),
      open('opening it, best of five', best('open')),
      open('its list alone', best('list')),
      besideJson(`a guide, of ${techniques.length} techniques`, guides.median, spread(guides), 'p95 under 10 ms'),
      besideJson('all techniques with their counts', listing),
      besideJson(`a search, of ${QUERIES.length}`, searches.median, spread(searches), 'p95 under 4 ms'),
      besideJson('the first search, texts made ready', cold),
    ],
  };
}
