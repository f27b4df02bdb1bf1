import { firingRuleOf } from '../src/catalog/event-rules';
import { relationsOf, relationsOfRule } from '../src/catalog/related';
import { endWhenUnhandled } from './unhandled';
import { expose } from 'comlink';
import { companionsOf } from '../src/catalog/companions';
import { beginningWith, fieldsIn, valuesIn, type Used } from '../src/catalog/completion';
import { eventFactsOf, eventsOf } from '../src/catalog/events';
import { findValues } from '../src/catalog/search/find-values';
import { guideOf } from '../src/catalog/guide';
import { infoOf } from '../src/catalog/store/stored-format';
import { indexOfKey, rowOf } from '../src/catalog/store/metadata-columns';
import { NO_REACH, reachesOf, rulesOfTriple } from '../src/catalog/reach';
import { ruleOf } from '../src/catalog/rule';
import { startingPointsOf, startRowsOf } from '../src/catalog/start';
import { countTechniques, techniquesOf } from '../src/catalog/techniques';
import { RULE_KINDS, type CatalogApi, type CatalogPages, type Facets, type RuleFacts, type RuleOrder, type SearchAnswer } from '../src/model';
import type { OpenListing, OpenCatalog, Session } from './catalog-session';
import { openedCatalog } from './opened-catalog';
import { aboutOwn, forgetFiles, keepFiles, keptFiles, type OwnFiles, readAddress, readFiles } from './own-catalog';

/** Completion asks for few fields in turn; beyond this many, all are forgotten. */
const KEPT_COMPLETIONS = 64;

const NO_FACETS: Facets = { vendor: [], source: [], kind: [], severity: [], status: [], platform: [], domain: [], tactic: [], language: [] };

let session: Session | null = null;
/** The reader's own catalog, once it was asked for; what could not be kept is held here alone. */
let own: OwnFiles | null = null;
let isKept = false;

async function ownFiles(): Promise<OwnFiles | null> {
  if (own !== null) return own;
  own = await keptFiles();
  isKept = own !== null;
  return own;
}

/** Asks the session; null when nothing is open, or could be. */
const listing = async (): Promise<OpenListing | null> => (await session?.listing) ?? null;
const whole = async (): Promise<OpenCatalog | null> => (await session?.whole) ?? null;

/** The same questions, each answered once what it needs is there. */
type Api = CatalogApi & CatalogPages;
type Answers = { readonly [K in keyof Api]: (...asked: Parameters<Api[K]>) => Promise<Awaited<ReturnType<Api[K]>>> };

const api: Answers = {
  async open(address, use, onProgress) {
    const opened = await openedCatalog(address, use, use === 'bundled' ? null : await ownFiles(), onProgress);
    if ('failure' in opened) return { failure: opened.failure };
    session = opened.session;
    const failure = await session.failure;
    if (failure !== null) return { failure };
    const open = await whole();
    return { info: infoOf(open!.catalog.about), use: opened.use, ownFailure: opened.ownFailure };
  },
  async own() {
    const mine = await ownFiles();
    return mine === null ? null : aboutOwn(mine, isKept);
  },
  async adopt(given, built) {
    const read = await (typeof given === 'string' ? readAddress(given) : readFiles(given, built ?? null));
    if (read.failure !== undefined) return { failure: read.failure };
    own = read.value;
    isKept = await keepFiles(own);
    return { own: aboutOwn(own, isKept) };
  },
  async discard() {
    own = null;
    await forgetFiles();
  },
  async techniques() {
    const open = await listing();
    return open === null ? [] : techniquesOf(open.list);
  },
  async guide(technique, filters, draft) {
    const open = await whole();
    return open === null ? null : guideOf(open.catalog, technique, filters, draft);
  },
  async reach(triples, under) {
    const open = await whole();
    return open === null ? triples.map(() => NO_REACH) : reachesOf(open.catalog, triples, under);
  },
  async rulesOf(triple, polarity, under) {
    const open = await whole();
    return open === null ? [] : rulesOfTriple(open.catalog, triple, polarity, under);
  },
  async startingPoints(technique) {
    const open = await whole();
    return open === null ? [] : startingPointsOf(open.catalog, technique);
  },
  async startRows(technique, point, draft) {
    const open = await whole();
    return open === null ? [] : startRowsOf(open.catalog, technique, point, draft);
  },
  async companions(triple, under, limit) {
    const open = await whole();
    return open === null ? [] : companionsOf(open.catalog, triple, under, limit);
  },
  search: (query, offset, limit) => find(query, null, offset, limit),
  rule: ruleAt,
  async ruleOf(source, key) {
    const open = await listing();
    return open === null ? null : ruleAt(indexOfKey(open.list, source, key));
  },
  async relations(draft, limit) {
    const open = await whole();
    return open === null ? null : relationsOf(open.catalog, await open.relations(), draft, limit);
  },
  async relationsOfRule(index, limit) {
    const open = await whole();
    return open === null ? null : relationsOfRule(open.catalog, await open.relations(), index, limit);
  },
  async firingRule(index) {
    const open = await whole();
    return open === null ? 'nothing' : firingRuleOf(open.catalog, await open.meanings(), index);
  },
  async fields(taxonomy, logsource, scopes, prefix, limit) {
    const open = await whole();
    if (open === null) return [];
    const used = ready(open, JSON.stringify([taxonomy, logsource, scopes]), () => fieldsIn(open.catalog, taxonomy, { logsource, scopes }));
    return beginningWith(used, prefix, limit).map(({ text, rules }) => ({ name: text, rules }));
  },
  async values(taxonomy, scopes, field, prefix, limit) {
    const open = await whole();
    if (open === null) return [];
    const used = ready(open, JSON.stringify([taxonomy, scopes, 'values of', field]), () => valuesIn(open.catalog, taxonomy, scopes, field));
    return beginningWith(used, prefix, limit).map(({ text, rules }) => ({ value: text, rules }));
  },
  list: find,
  async facets(query) {
    const open = await listing();
    // Who sees what a list can be narrowed by may type next.
    setTimeout(() => session?.wholeNow()?.search.prepare());
    return (session?.wholeNow() ?? open)?.search.facets(query) ?? NO_FACETS;
  },
  async remarks(query) {
    const open = await listing();
    return (session?.wholeNow() ?? open)?.search.remarks(query) ?? [];
  },
  async heat(filters) {
    const open = await listing();
    return open === null ? [] : countTechniques(open.list, open.techniques(), filters);
  },
  async findValues(text, limit) {
    const open = await whole();
    return open === null ? [] : findValues(open.catalog, open.search.texts, text, limit);
  },
  async events() {
    const open = await whole();
    return open === null ? { events: [], providers: [] } : eventsOf(open.catalog, open.eventRules());
  },
  async event(provider, id) {
    const open = await whole();
    return open === null ? null : eventFactsOf(open.catalog, open.eventRules(), provider, id);
  },
};

endWhenUnhandled();
expose(api);

async function ruleAt(index: number): Promise<RuleFacts | null> {
  const open = await whole();
  if (open === null) return null;
  const rule = ruleOf(open.catalog, index, await open.details());
  return rule === null ? null : { ...rule, text: (await open.texts())(index) };
}

/** Titles and metadata are there first: until the facts are, a search finds what stands in those. */
async function find(query: string, order: RuleOrder | null, offset: number, limit: number): Promise<SearchAnswer> {
  const open = await listing();
  if (open === null) return { total: 0, listed: 0, rows: [] };
  const found = (session?.wholeNow() ?? open).search.find(query, order);
  const listed = found.reduce((sum, rule) => sum + Number(RULE_KINDS[open.list.kinds[rule]!] === 'no query text'), 0);
  return { total: found.length, listed, rows: Array.from(found.subarray(offset, offset + limit), (rule) => rowOf(open.list, rule)) };
}

function ready({ completions }: OpenCatalog, key: string, make: () => readonly Used[]): readonly Used[] {
  const known = completions.get(key);
  if (known !== undefined) return known;
  if (completions.size >= KEPT_COMPLETIONS) completions.clear();
  const made = make();
  completions.set(key, made);
  return made;
}
