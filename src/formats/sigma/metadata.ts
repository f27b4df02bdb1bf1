import type { Metadata, RuleKind, Span } from '../../model';
import { domainsOfLogsource, eventsOfLogsource, type Logsource, platformsOfLogsource, providersOfLogsource } from '../../knowledge/logsources';
import type { SigmaDocument } from '../../languages/sigma/document';
import { entryOf, scalarsOf, type SigmaMap } from '../../languages/sigma/node';

const KINDS: Readonly<Record<SigmaDocument['kind'], RuleKind>> = { rule: 'detection', correlation: 'correlation', filter: 'filter' };

/** What the keys around a detection say. A correlation reads what the rules it refers to read, as far as they stand in the same text. */
export function metadataOf(document: SigmaDocument, others: readonly SigmaDocument[]): Metadata {
  const { root, kind, analysis } = document;
  const tags = listOf(root, 'tags');
  const read = kind === 'correlation' ? referredBy(document, others).map(logsourceOf) : [logsourceOf(document)];
  const all = <T>(of: (logsource: Logsource) => readonly T[]): readonly T[] => [...new Set(read.flatMap(of))];
  return {
    id: textOf(root, 'id'),
    title: textOf(root, 'title'),
    description: textOf(root, 'description').trim(),
    author: textOf(root, 'author')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    status: textOf(root, 'status').toLowerCase(),
    kind: KINDS[kind],
    severity: textOf(root, 'level').toLowerCase(),
    license: textOf(root, 'license'),
    created: dayOf(textOf(root, 'date')),
    modified: dayOf(textOf(root, 'modified')),
    references: listOf(root, 'references'),
    tags,
    techniques: [...new Set(tags.flatMap((tag) => /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag)?.[1]?.toUpperCase() ?? []))],
    tactics: [...new Set(tags.flatMap((tag) => /^attack\.([a-z][a-z_-]*)$/i.exec(tag)?.[1]?.toLowerCase().replaceAll('_', '-') ?? []))],
    logsource: read
      .map(lineOf)
      .filter((line, at, lines) => line !== '' && lines.indexOf(line) === at)
      .join('; '),
    scopes: all(({ product, category, service }) => [category, service, product].filter((part) => part !== '').map((part) => part.toLowerCase())),
    platforms: all(platformsOfLogsource),
    domains: all(domainsOfLogsource),
    events: read
      .flatMap(eventsOfLogsource)
      .filter((event, at, events) => events.findIndex(({ provider, id }) => provider === event.provider && id === event.id) === at),
    providers: all(providersOfLogsource),
    times: analysis.times,
    groupBy: analysis.groupBy,
    falsePositives: listOf(root, 'falsepositives'),
    places: placesOf(root),
  };
}

/** The log source of a rule; parts that are not named are ''. */
export function logsourceOf({ root }: Pick<SigmaDocument, 'root'>): Logsource {
  const entry = entryOf(root, 'logsource');
  const part = (key: string): string => (entry?.value.kind === 'map' ? textOf(entry.value, key) : '');
  return { product: part('product'), category: part('category'), service: part('service') };
}

/** The rules below a correlation, through correlations of correlations; each once, so a circle ends. */
function referredBy(document: SigmaDocument, others: readonly SigmaDocument[]): readonly SigmaDocument[] {
  const byName = new Map<string, SigmaDocument>();
  for (const other of others) for (const key of ['id', 'name']) if (textOf(other.root, key) !== '') byName.set(textOf(other.root, key), other);
  const met = new Set<SigmaDocument>([document]);
  for (const one of met) for (const { text } of one.kind === 'correlation' ? one.references : []) if (byName.has(text)) met.add(byName.get(text)!);
  return [...met].filter((one) => one.kind === 'rule');
}

const lineOf = (logsource: Logsource): string =>
  (['product', 'category', 'service'] as const).flatMap((part) => (logsource[part] === '' ? [] : [`${part} ${logsource[part]}`])).join(', ');

function textOf(map: SigmaMap, key: string): string {
  const value = entryOf(map, key)?.value;
  return value?.kind === 'scalar' ? value.text : '';
}

function listOf(map: SigmaMap, key: string): readonly string[] {
  const value = entryOf(map, key)?.value;
  return value === undefined ? [] : scalarsOf(value).flatMap(({ text }) => (text === '' ? [] : [text]));
}

/** yyyy-mm-dd of a date, however it is written; '' when it is none. */
function dayOf(text: string): string {
  const [, year, month, day] = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})/.exec(text) ?? [];
  return year === undefined ? '' : `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}

function placesOf(root: SigmaMap): Readonly<Record<string, Span>> {
  const places: Record<string, Span> = {};
  for (const { key, span } of root.entries) if (/^[a-z]/.test(key) && !Object.hasOwn(places, key)) places[key] = span;
  return places;
}
