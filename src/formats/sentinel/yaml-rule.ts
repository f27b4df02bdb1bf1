import type { Span } from '../../model';
import { entriesOf, isMap, isScalar, isSeq, spanOfNode, textOfScalar, type YamlEntry } from '../../syntax/yaml';
import type { Placed, SentinelRule } from './rule';

/** Keys by their name in small letters: exploration queries write them with capitals. */
type Keys = ReadonlyMap<string, YamlEntry>;

export const keysOf = (entries: readonly YamlEntry[]): Keys => {
  const keys = new Map<string, YamlEntry>();
  for (const entry of entries) if (!keys.has(entry.key.toLowerCase())) keys.set(entry.key.toLowerCase(), entry);
  return keys;
};

const NOWHERE: Span = { start: 0, end: 0 };

function placed(node: unknown): Placed | null {
  if (!isScalar(node)) return null;
  const text = textOfScalar(node).trim();
  return text === '' ? null : { text, span: spanOfNode(node, NOWHERE) };
}

function placedList(node: unknown): readonly Placed[] {
  if (!isSeq(node)) return [placed(node)].filter((item) => item !== null);
  return node.items.map(placed).filter((item) => item !== null);
}

const mapAt = (node: unknown): readonly YamlEntry[] => (isMap(node) ? entriesOf(node) : []);
const itemsAt = (node: unknown): readonly unknown[] => (isSeq(node) ? node.items : []);
const valueOf = (entries: readonly YamlEntry[], key: string): unknown => entries.find((entry) => entry.key === key)?.value;

/** The keys of a document: of a Defender custom detection those of its inner mappings too, whether `properties` holds them (a resource) or the root (Microsoft Graph's `detectionRule`). */
export function keysIn(entries: readonly YamlEntry[]): Keys {
  const keys = new Map(keysOf(entries));
  const open = (name: string): void => {
    const value = keys.get(name)?.value;
    if (isMap(value)) for (const entry of entriesOf(value)) if (!keys.has(entry.key.toLowerCase())) keys.set(entry.key.toLowerCase(), entry);
  };
  if (isMap(keys.get('properties')?.value) || isMap(keys.get('querycondition')?.value))
    for (const name of ['properties', 'querycondition', 'detectionaction', 'alerttemplate']) open(name);
  return keys;
}

/** What a Sentinel rule in YAML, or the properties of an ARM template read as YAML, says around its query. */
export function readRule(keys: Keys): SentinelRule {
  const at = (...names: readonly string[]): unknown =>
    names.map((name) => keys.get(name.toLowerCase())?.value).find((value) => value !== undefined && value !== null);
  const metadata = mapAt(at('metadata'));
  const author = textOfScalar(valueOf(mapAt(valueOf(metadata, 'author')), 'name'));
  const tags = itemsAt(at('tags')).flatMap((item) =>
    isScalar(item) ? [textOfScalar(item)] : mapAt(item).map(({ key, value }) => `${key}: ${textOfScalar(value)}`),
  );
  return {
    id: placed(at('id', 'alertRuleTemplateName')),
    title: placed(at('name', 'displayName', 'parserName')),
    description: unquoted(textOfScalar(at('description', 'descriptionDetailed'))),
    author: author === '' ? [] : [author],
    status: textOfScalar(at('status')),
    severity: placed(at('severity')),
    frequency: placed(at('queryFrequency')) ?? placed(valueOf(mapAt(at('schedule')), 'period')),
    period: placed(at('queryPeriod', 'queryPeriodBefore')),
    operator: placed(at('triggerOperator')),
    threshold: placed(at('triggerThreshold')),
    kind: placed(at('kind')),
    entityTypes: itemsAt(at('entityMappings')).flatMap((mapping) => placed(valueOf(mapAt(mapping), 'entityType')) ?? []),
    keys: [...keys.values()].map(({ key, keySpan }) => ({ text: key, span: keySpan })),
    loose: ['tactics', 'relevantTechniques'].flatMap((key) => {
      const alone = placed(at(key));
      return alone === null ? [] : { text: key, span: alone.span };
    }),
    tactics: placedList(at('tactics', 'category')),
    techniques: [...placedList(at('relevantTechniques', 'techniques', 'mitreTechniques')), ...placedList(at('subTechniques'))],
    tags,
    connectors: connectorsIn(at('requiredDataConnectors'), at('dataSources')),
    columns: columnsIn(at('entityMappings'), at('customDetails'), at('alertDetailsOverride')),
    isAnalytics: ['severity', 'queryfrequency', 'queryperiod', 'triggeroperator'].some((key) => keys.has(key)),
    schema: keys.has('parserquery') ? 'parser' : keys.has('querytext') ? 'defender' : 'sentinel',
    places: Object.fromEntries([...keys.values()].map(({ key, span }) => [placeNamed(key), span])),
  };
}

const PLACES: Readonly<Record<string, string>> = {
  name: 'title',
  displayname: 'title',
  requireddataconnectors: 'logsource',
  datasources: 'logsource',
  relevanttechniques: 'techniques',
};

/** What a metadata row calls a key. */
const placeNamed = (key: string): string => (Object.hasOwn(PLACES, key.toLowerCase()) ? PLACES[key.toLowerCase()]! : key);

/** Descriptions are often a block with a second pair of quotes inside. */
const unquoted = (text: string): string => {
  const trimmed = text.trim();
  return trimmed.length > 1 && trimmed.startsWith("'") && trimmed.endsWith("'") ? trimmed.slice(1, -1).trim() : trimmed;
};

function connectorsIn(connectors: unknown, dataSources: unknown): SentinelRule['connectors'] {
  const listed = itemsAt(connectors).map((item) => {
    const entries = mapAt(item);
    return { id: textOfScalar(valueOf(entries, 'connectorId')).trim(), dataTypes: placedList(valueOf(entries, 'dataTypes')).map(({ text }) => text) };
  });
  const sources = placedList(dataSources).map(({ text }) => ({ id: text.replace(/^#/, ''), dataTypes: [] }));
  return [...listed, ...sources].filter(({ id }) => id !== '');
}

/** `{{Column}}` in the formats of an alert's title and description. */
const INSERTED = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/g;

function columnsIn(mappings: unknown, details: unknown, override: unknown): readonly Placed[] {
  const columns: Placed[] = [];
  for (const mapping of itemsAt(mappings))
    for (const field of itemsAt(valueOf(mapAt(mapping), 'fieldMappings'))) {
      const column = placed(valueOf(mapAt(field), 'columnName'));
      if (column !== null) columns.push(column);
    }
  for (const { value } of mapAt(details)) {
    const column = placed(value);
    if (column !== null) columns.push(column);
  }
  for (const { key, value } of mapAt(override)) {
    const text = placed(value);
    if (text === null) continue;
    if (key.endsWith('ColumnName')) columns.push(text);
    else for (const [, name] of text.text.matchAll(INSERTED)) columns.push({ text: name!, span: text.span });
  }
  return columns;
}
