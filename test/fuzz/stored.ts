import { gunzipSync, gzipSync, strFromU8, strToU8 } from 'fflate';
import { eventRulesOf, eventsOf } from '../../src/catalog/events';
import { guideOf } from '../../src/catalog/guide';
import { ruleOf } from '../../src/catalog/rule';
import { searcherOf } from '../../src/catalog/search/search';
import { openCatalog, openDetails, openList, openManifest, openMeaning } from '../../src/catalog/store/open';
import { sha256 } from '../../src/catalog/store/sha256';
import { writeCatalog } from '../../src/catalog/store/write';
import { linkOf, openLink } from '../../src/state/links/permalink';
import { pathOf, textOf } from '../../src/state/links/routes';
import { readEverything, writeEverything } from '../../src/state/drafts/everything';
import { defaultPreferences, readPreferences } from '../../src/state/preferences';
import { askedOf, conditionsIn, lexSearch, ordered, toggled } from '../../src/syntax/search-query';
import { inputOf, leafWith, opened, ruleWith } from '../catalog/rules';
import { randomlyEdited } from '../support/random-edits';
import { documentText, piecesOf } from './texts';
import { targetOf, type AnyTarget, type Random } from './target';

const INPUT = inputOf(
  [
    ruleWith({
      title: 'Net use',
      id: 'a',
      path: 'rules/a.yml',
      techniques: ['T1049'],
      tactics: ['discovery'],
      platforms: ['windows'],
      events: [{ provider: 'Sysmon', id: '1', title: 'Process creation' }],
      leaves: [leafWith('process_name', 'eq', ['net.exe', 'Net1.exe']), leafWith('user_name', 'starts_with', ['svc'], 'exclusion')],
      terms: [{ text: 'net', stage: 0, negated: false }] as never,
    }),
    ruleWith({ title: 'Elsewhere', vendor: 'elastic', source: 'elastic', techniques: ['T1049.001'], leaves: [leafWith('process_name', 'eq', ['net.exe'])] }),
    ruleWith({ title: 'Nothing' }),
  ],
  [
    { id: 'T1049', name: 'System Network Connections Discovery', tactics: ['discovery'] },
    { id: 'T1049.001', name: 'Below', tactics: ['discovery'] },
  ],
);
const FILES = writeCatalog({ ...INPUT, rules: INPUT.rules.map((rule) => ({ ...rule, terms: [] })) });
const PARTS = ['list', 'facts', 'details', 'meaning'] as const;
const ODD: readonly unknown[] = [null, -1, 2 ** 40, 0.5, '', 'AAAA', '!!', [], {}, [[]], true, 'T1049'];

interface Damaged {
  readonly manifest: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly what: string;
}

/** Another value at a random place of plain data. */
function changed(value: unknown, random: Random): unknown {
  if (typeof value === 'object' && value !== null && random() < 0.9) {
    const keys = Object.keys(value);
    if (keys.length > 0) {
      const key = random.of(keys);
      const inner = changed((value as Readonly<Record<string, unknown>>)[key], random);
      return Array.isArray(value) ? value.map((one, at) => (String(at) === key ? inner : one)) : { ...value, [key]: inner };
    }
  }
  return typeof value === 'string' && random() < 0.5 ? randomlyEdited(value, random) : random.of(ODD);
}

/** A catalog that its maker got wrong: one value is another, and its hashes are right all the same; or bytes that changed on the way. */
function damagedCatalog(random: Random): Damaged {
  const files = new Map(FILES);
  let manifest = strFromU8(FILES.get('manifest.json')!);
  const part = random.of(PARTS);
  const named = (JSON.parse(manifest) as { files: Record<string, { name: string; bytes: number; sha256: string }> }).files;
  const { name } = named[part]!;
  const kind = random();
  if (kind < 0.2) {
    manifest = random() < 0.5 ? randomlyEdited(manifest, random) : JSON.stringify(changed(JSON.parse(manifest), random));
    return { manifest, files, what: manifest };
  }
  if (kind < 0.3) {
    const bytes = FILES.get(name)!.slice();
    bytes[random.upTo(bytes.length)] = random.upTo(256);
    files.set(name, random() < 0.5 ? bytes : bytes.subarray(0, random.upTo(bytes.length)));
    return { manifest, files, what: `${name} changed on the way` };
  }
  const content = JSON.stringify(changed(JSON.parse(strFromU8(gunzipSync(FILES.get(name)!))), random));
  const bytes = gzipSync(strToU8(content));
  files.set(name, bytes);
  const told = { ...named, [part]: { name, bytes: bytes.length, sha256: sha256(bytes) } };
  return { manifest: JSON.stringify({ ...(JSON.parse(manifest) as object), files: told }), files, what: `${part} ${content}` };
}

/** Opens it, and asks what the pages ask; what does not open says why. */
function asked({ manifest: text, files }: Damaged): readonly string[] {
  const manifest = openManifest(text);
  if (manifest.failure !== undefined) return said(manifest.failure.message);
  const bytesOf = ({ name }: { readonly name: string }): Uint8Array | null => files.get(name) ?? null;
  const { files: named } = manifest.value;
  const list = openList(manifest.value, bytesOf(named.list));
  if (list.failure !== undefined) return said(list.failure.message);
  searcherOf(list.value, null).find('net', null);
  const catalog = openCatalog(manifest.value, list.value, bytesOf(named.facts));
  if (catalog.failure !== undefined) return said(catalog.failure.message);
  const details = openDetails(catalog.value, named.details, bytesOf(named.details));
  const meaning = openMeaning(catalog.value, named.meaning, bytesOf(named.meaning));
  for (let index = 0; index < list.value.count; index++) ruleOf(catalog.value, index, details.value);
  guideOf(catalog.value, 'T1049', { platforms: [], domains: [], vendors: [], subTechniques: true, unsettled: true }, null);
  const search = searcherOf(list.value, catalog.value.facts);
  search.find('value:net.exe title:e', null);
  search.facets('');
  eventsOf(catalog.value, eventRulesOf(catalog.value));
  return [details, meaning].flatMap(({ failure }) => (failure === undefined ? [] : said(failure.message)));
}

const said = (message: string): readonly string[] => (message.length > 10 ? [] : ['a failure without words']);

/** A link gives back the text it was made of, and a damaged one nothing else. */
function linked(text: string, random: Random): readonly string[] {
  const link = linkOf('sigma', text);
  if (link === null) return ['a small text has no link'];
  const back = openLink(link, () => true);
  if (back.kind !== 'text' || back.text !== text) return ['a link gives another text'];
  const other = openLink(
    random() < 0.8 ? randomlyEdited(link, random) : `#/d/${piecesOf(['v1', '/', 'sigma', 'A', '_', '-', '%', '%2', 'é', '#', '?', '='], random)}`,
    () => true,
  );
  return other.kind === 'text' && other.text !== text ? ['a damaged link gives another text'] : [];
}

const QUERY = ['vendor:', 'value:', '-', '"', '\\', '(', 'sort:', '-title', ' ', 'net', '*', 'technique:T1049', ':', 'field:Image', 'excludes:', 'é', '|', '>'];
const CATALOG = opened({ ...INPUT, rules: INPUT.rules.map((rule) => ({ ...rule, terms: [] })) });
const SEARCHER = searcherOf(CATALOG.list, CATALOG.facts);

function searched(query: string): readonly string[] {
  const broken: string[] = [];
  let last = 0;
  for (const { text, start, end } of lexSearch(query) as readonly { readonly text: string; readonly start?: number; readonly end?: number }[]) {
    const at = query.indexOf(text, last);
    if (at < 0) broken.push(`a word that the query does not hold: ${text}`);
    else last = at;
    if (start !== undefined && end !== undefined && (start < 0 || end > query.length)) broken.push('a word outside the query');
  }
  conditionsIn(query, ['vendor', 'value']);
  askedOf(ordered(toggled(query, 'vendor', 'elastic', false), { id: 'title', desc: true }));
  const { length } = SEARCHER.find(query, null);
  SEARCHER.facets(query);
  for (const { span } of SEARCHER.remarks(query) as readonly { readonly span?: { readonly start: number; readonly end: number } }[])
    if (span !== undefined && (span.start < 0 || span.end > query.length)) broken.push('a remark outside the query');
  // The router decodes a path once, the page again.
  const path = pathOf.rules(query).slice('/rules/q/'.length);
  if (!/\p{Surrogate}/u.test(query) && textOf(decodeURIComponent(path)) !== query) broken.push(`an address gives another query: ${path}`);
  return [...broken, ...(length > CATALOG.list.count ? ['more rules than there are'] : [])];
}

/** What is kept in a browser, or comes in a file: whatever it holds, it is read or said to be none. */
function kept(text: string, random: Random): readonly string[] {
  const draft = { id: 'a', text, format: null, byHand: false, path: '', name: text.slice(0, 9), title: '', created: 1, changed: 1, version: 0, tests: [] };
  const file = writeEverything({ drafts: [draft], macros: text, preferences: defaultPreferences });
  const back = readEverything(file);
  const isSame = back !== null && 'drafts' in back && back.drafts[0]?.text === text && back.macros === text;
  readEverything(JSON.stringify(changed(JSON.parse(file), random)));
  readEverything(randomlyEdited(file, random));
  readPreferences(JSON.stringify(changed({ theme: 'dark', tab: 'a', catalog: 'own', layouts: { a: { b: 5 } } }, random)));
  readPreferences(text);
  return isSame ? [] : ['a file of everything gives another text'];
}

/** Links, catalogs, searches, and what is kept. */
export const storedTargets: readonly AnyTarget[] = [
  targetOf({ name: 'links', input: documentText, check: linked, shown: (text) => text }),
  targetOf({ name: 'catalogs', input: damagedCatalog, check: asked, shown: ({ what }) => what }),
  targetOf({ name: 'searches', input: (random) => piecesOf(QUERY, random), check: searched, shown: (query) => query }),
  targetOf({ name: 'files of everything, settings', input: documentText, check: kept, shown: (text) => text }),
];
