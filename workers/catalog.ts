import { expose } from 'comlink';
import { beginningWith, fieldsIn, valuesIn, type Used } from '../src/catalog/completion';
import { eventFactsOf, eventsOf } from '../src/catalog/events';
import { findValues } from '../src/catalog/find-values';
import { guideOf } from '../src/catalog/guide';
import { infoOf } from '../src/catalog/info';
import { rowOf } from '../src/catalog/listing';
import { openManifest } from '../src/catalog/open';
import { NO_REACH, reachesOf, rulesOfTriple } from '../src/catalog/reach';
import { ruleOf } from '../src/catalog/rule';
import { similarTo } from '../src/catalog/similar';
import { countTechniques, techniquesOf } from '../src/catalog/techniques';
import type { CatalogApi, CatalogPages, Facets, RuleOrder, SearchAnswer } from '../src/model';
import { sessionOf, type OpenListing, type OpenRest, type Session } from './catalog-session';

/** Completion asks for few fields in turn; beyond this many, all are forgotten. */
const KEPT_COMPLETIONS = 64;

const NO_FACETS: Facets = { vendor: [], source: [], kind: [], severity: [], status: [], platform: [], domain: [], tactic: [], language: [] };

let session: Session | null = null;

/** Asks the session; null when nothing is open, or could be. */
const listing = async (): Promise<OpenListing | null> => (await session?.listing) ?? null;
const rest = async (): Promise<OpenRest | null> => (await session?.rest) ?? null;

/** The same questions, each answered once what it needs is there. */
type Api = CatalogApi & CatalogPages;
type Answers = { readonly [K in keyof Api]: (...asked: Parameters<Api[K]>) => Promise<Awaited<ReturnType<Api[K]>>> };

const api: Answers = {
  async open(base, onProgress) {
    const text = await fetch(`${base}manifest.json`, { cache: 'no-cache' }).then(
      (response) => (response.ok ? response.text() : null),
      () => null,
    );
    const manifest = openManifest(text);
    if (manifest.failure !== undefined) return { failure: manifest.failure };
    session = sessionOf(base, manifest.value, onProgress);
    const failure = await session.failure;
    if (failure !== null) return { failure };
    await rest();
    return { info: infoOf(manifest.value) };
  },
  async techniques() {
    const open = await listing();
    return open === null ? [] : techniquesOf(open.list);
  },
  async guide(technique, filters, draft) {
    const open = await rest();
    return open === null ? null : guideOf(open.catalog, technique, filters, draft);
  },
  async reach(triples, technique) {
    const open = await rest();
    return open === null ? triples.map(() => NO_REACH) : reachesOf(open.catalog, triples, technique);
  },
  async rulesOf(triple, polarity, technique) {
    const open = await rest();
    return open === null ? [] : rulesOfTriple(open.catalog, triple, polarity, technique);
  },
  search: (query, offset, limit) => find(query, null, offset, limit),
  async rule(index) {
    const open = await rest();
    const rule = open === null ? null : ruleOf(open.catalog, index);
    return open === null || rule === null ? null : { ...rule, text: (await open.texts())(index) };
  },
  async similar(draft, limit) {
    const open = await rest();
    return open === null ? [] : similarTo(open.catalog, draft, limit);
  },
  async fields(taxonomy, prefix, limit) {
    const open = await rest();
    if (open === null) return [];
    const used = ready(open, taxonomy, () => fieldsIn(open.catalog, taxonomy));
    return beginningWith(used, prefix, limit).map(({ text, rules }) => ({ name: text, rules }));
  },
  async values(taxonomy, scopes, field, prefix, limit) {
    const open = await rest();
    if (open === null) return [];
    const used = ready(open, JSON.stringify([taxonomy, scopes, field]), () => valuesIn(open.catalog, taxonomy, scopes, field));
    return beginningWith(used, prefix, limit).map(({ text, rules }) => ({ value: text, rules }));
  },
  list: find,
  async facets(query) {
    const open = await listing();
    return (session?.whole() ?? open)?.search.facets(query) ?? NO_FACETS;
  },
  async heat(filters) {
    const open = await listing();
    return open === null ? [] : countTechniques(open.list, open.techniques(), filters);
  },
  async findValues(text, limit) {
    const open = await rest();
    return open === null ? [] : findValues(open.catalog, open.search.texts, text, limit);
  },
  async events() {
    const open = await rest();
    return open === null ? [] : eventsOf(open.catalog, open.eventRules());
  },
  async event(provider, id) {
    const open = await rest();
    return open === null ? null : eventFactsOf(open.catalog, open.eventRules(), provider, id);
  },
};

expose(api);

/** Titles and metadata are there first: until the facts are, a search finds what stands in those. */
async function find(query: string, order: RuleOrder | null, offset: number, limit: number): Promise<SearchAnswer> {
  const open = await listing();
  if (open === null) return { total: 0, rows: [] };
  const found = (session?.whole() ?? open).search.find(query, order);
  return { total: found.length, rows: Array.from(found.subarray(offset, offset + limit), (rule) => rowOf(open.list, rule)) };
}

function ready({ completions }: OpenRest, key: string, make: () => readonly Used[]): readonly Used[] {
  const known = completions.get(key);
  if (known !== undefined) return known;
  if (completions.size >= KEPT_COMPLETIONS) completions.clear();
  const made = make();
  completions.set(key, made);
  return made;
}
