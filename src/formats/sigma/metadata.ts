import type { EventRef, Metadata, RuleKind, Span } from '../../model';
import { factsOfLogsource, type Logsource, type LogsourceFacts } from '../../knowledge/logsources';
import type { SigmaDocument } from '../../languages/sigma/lower/document';
import { logsourceOf } from '../../languages/sigma/lint/logsource';
import { entryOf, scalarsOf, type SigmaEntry, type SigmaMap } from '../../languages/sigma/parse/yaml-node';

const KINDS: Readonly<Record<SigmaDocument['kind'], RuleKind>> = { rule: 'detection', correlation: 'correlation', filter: 'filter' };

/** What the keys around a detection say. A correlation reads what the rules it refers to read, as far as they stand in the same text. */
export function metadataOf(document: SigmaDocument, byName: ReadonlyMap<string, SigmaDocument>): Metadata {
  const { root, kind, analysis } = document;
  const keys = keysOf(root);
  const tags = listOf(keys.get('tags'));
  const read = kind === 'correlation' ? referredBy(document, byName).map(({ root: own }) => logsourceOf(own)) : [logsourceOf(root)];
  const facts = read.map(factsOfLogsource);
  return {
    id: textOf(keys.get('id')),
    ...(keys.has('name') ? { name: textOf(keys.get('name')) } : null),
    title: textOf(keys.get('title')),
    description: textOf(keys.get('description')).trim(),
    author: authorsOf(textOf(keys.get('author'))),
    status: textOf(keys.get('status')).toLowerCase(),
    kind: KINDS[kind],
    severity: textOf(keys.get('level')).toLowerCase(),
    license: textOf(keys.get('license')),
    created: dayOf(textOf(keys.get('date'))),
    modified: dayOf(textOf(keys.get('modified'))),
    references: listOf(keys.get('references')),
    tags,
    techniques: tagged(tags, TECHNIQUE).map((id) => id.toUpperCase()),
    tactics: tagged(tags, TACTIC).map((name) => name.replaceAll('_', '-')),
    logsource: read
      .map(lineOf)
      .filter((line, at, lines) => line !== '' && lines.indexOf(line) === at)
      .join('; '),
    scopes: distinct(read.map(scopesOf)),
    platforms: distinct(facts.map((one) => one.platforms)),
    domains: distinct(facts.map((one) => one.domains)),
    events: eventsOf(facts),
    providers: distinct(facts.map((one) => one.providers)),
    times: analysis.times,
    groupBy: analysis.groupBy,
    falsePositives: listOf(keys.get('falsepositives')),
    places: placesOf(root, keys),
  };
}

const TECHNIQUE = /^attack\.(t\d{4}(?:\.\d{3})?)$/i;
const TACTIC = /^attack\.([a-z][a-z_-]*)$/i;

function tagged(tags: readonly string[], kind: RegExp): readonly string[] {
  const found: string[] = [];
  for (const tag of tags) {
    const name = kind.exec(tag)?.[1]?.toLowerCase();
    if (name !== undefined && !found.includes(name)) found.push(name);
  }
  return found;
}

/** The documents of a text by their names and IDs, by which correlations refer to them. */
export function namesOf(documents: readonly SigmaDocument[]): ReadonlyMap<string, SigmaDocument> {
  const byName = new Map<string, SigmaDocument>();
  if (documents.length > 1) for (const document of documents) for (const key of ['id', 'name']) byName.set(textOf(entryOf(document.root, key)), document);
  return byName;
}

/** The rules below a correlation, through correlations of correlations; each once, so a circle ends. */
function referredBy(document: SigmaDocument, byName: ReadonlyMap<string, SigmaDocument>): readonly SigmaDocument[] {
  const met = new Set<SigmaDocument>([document]);
  for (const one of met) {
    if (one.kind !== 'correlation' || met.size > MOST_REFERRED) continue;
    for (const { text } of one.references) if (text !== '' && byName.has(text)) met.add(byName.get(text)!);
  }
  return [...met].filter((one) => one.kind === 'rule');
}

/** Rules below one correlation that are followed. */
const MOST_REFERRED = 200;

/** The lists as one, each member once; a single list as it is. */
const distinct = <T>(lists: readonly (readonly T[])[]): readonly T[] => (lists.length === 1 ? lists[0]! : [...new Set(lists.flat())]);

const eventsOf = (facts: readonly LogsourceFacts[]): readonly EventRef[] =>
  facts.length === 1 ? facts[0]!.events : [...new Map(facts.flatMap((one) => one.events).map((event) => [`${event.provider} ${event.id}`, event])).values()];

const scopesOf = ({ product, category, service }: Logsource): readonly string[] =>
  [category, service, product].filter((part) => part !== '').map((part) => part.toLowerCase());

const lineOf = (logsource: Logsource): string =>
  (['product', 'category', 'service'] as const).flatMap((part) => (logsource[part] === '' ? [] : [`${part} ${logsource[part]}`])).join(', ');

/** The entries by key, the first of each. */
function keysOf(map: SigmaMap): ReadonlyMap<string, SigmaEntry> {
  const keys = new Map<string, SigmaEntry>();
  for (const entry of map.entries) if (!keys.has(entry.key)) keys.set(entry.key, entry);
  return keys;
}

const textOf = (entry: SigmaEntry | undefined): string => (entry?.value.kind === 'scalar' ? entry.value.text : '');

function listOf(entry: SigmaEntry | undefined): readonly string[] {
  const texts: string[] = [];
  if (entry !== undefined) for (const { text } of scalarsOf(entry.value)) if (text !== '') texts.push(text);
  return texts;
}

const authorsOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** yyyy-mm-dd of a date, however it is written; '' when it is none. */
function dayOf(text: string): string {
  const [, year, month, day] = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})/.exec(text) ?? [];
  return year === undefined ? '' : `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}

function placesOf({ entries }: SigmaMap, keys: ReadonlyMap<string, SigmaEntry>): Readonly<Record<string, Span>> {
  const places: Record<string, Span> = {};
  for (const entry of entries) if (keys.get(entry.key) === entry && entry.key !== '__proto__') places[entry.key] = entry.span;
  return places;
}
