import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'fflate';
import { catalogIn } from '../../src/cli/catalog-folder';
import { guideOf } from '../../src/catalog/guide';
import { openCatalog, openList, openManifest } from '../../src/catalog/store/open';
import { searcherOf } from '../../src/catalog/search/search';
import { techniquesOf } from '../../src/catalog/techniques';
import type { GuideFilters } from '../../src/model';
import { shown, timeEach, timeOnce, timesOf } from './measure';

const FOLDER = join(import.meta.dirname, '..', '..', 'public', 'catalog');
const ALL: GuideFilters = { platforms: [], domains: [], vendors: [], subTechniques: true, unsettled: true };
/** What people type, letter by letter where it matters. */
const QUERIES = [
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
export async function bench(): Promise<readonly string[]> {
  if (!existsSync(join(FOLDER, 'manifest.json'))) return ['no catalog is built'];
  const manifest = openManifest(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')).value!;
  const [listBytes, factsBytes] = [manifest.files.list, manifest.files.facts].map(({ name }) => readFileSync(join(FOLDER, name))) as [Buffer, Buffer];
  const openBoth = () => openCatalog(manifest, openList(manifest, listBytes).value!, factsBytes).value!;
  const parseOnly = () => [listBytes, factsBytes].map((bytes) => JSON.parse(Buffer.from(gunzipSync(bytes)).toString('utf8')) as unknown);
  const first = timeOnce(openBoth);
  const rounds = Array.from({ length: 5 }, () => ({
    open: timeOnce(openBoth),
    list: timeOnce(() => openList(manifest, listBytes)),
    parse: timeOnce(parseOnly),
  }));
  const best = (name: 'open' | 'list' | 'parse'): number => Math.min(...rounds.map((round) => round[name]));

  const catalog = await catalogIn(FOLDER);
  const techniques = techniquesOf(catalog.list).filter(({ rules }) => rules > 0);
  const guides = timesOf(timeEach(techniques, ({ id }) => guideOf(catalog, id, ALL, null)));
  const listing = timeOnce(() => techniquesOf(catalog.list));
  const cold = timeOnce(() => searcherOf(catalog.list, catalog.facts).find('warm up', null));
  const search = searcherOf(catalog.list, catalog.facts);
  const searches = timesOf(timeEach([...QUERIES, ...QUERIES, ...QUERIES], (query) => search.find(query, null)));
  const bytes = listBytes.length + factsBytes.length;
  return [
    `${manifest.rules} rules, ${bytes} bytes over the wire (goal: at most 3,000,000)`,
    `catalog open, first ${first.toFixed(0)} ms · best of five ${best('open').toFixed(0)} ms (goal: under 500); its list alone ${best('list').toFixed(0)} ms`,
    `  against gunzip and JSON.parse alone ${best('parse').toFixed(0)} ms: ratio ${(best('open') / best('parse')).toFixed(2)}`,
    `${shown(`guide, ${techniques.length} techniques with rules`, guides)} (goal: p95 under 10 ms)`,
    `  p95 against opening: 1 to ${(best('open') / guides.p95).toFixed(0)}; all techniques with their counts ${listing.toFixed(1)} ms`,
    `${shown(`search, ${QUERIES.length} queries`, searches)} (goal: under 10 ms); the first, with texts made ready, ${cold.toFixed(0)} ms`,
  ];
}
