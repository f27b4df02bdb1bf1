import type { Completion, Suggestion } from '../../../model';
import { tacticItems, techniqueItems } from '../../../knowledge/technique-items';
import { fitting } from '../../../syntax/fitting';
import { fieldsOfLogsource, type Logsource, LOGSOURCES } from '../../../knowledge/logsources';
import { RELATIONS } from '../lint/envelope';
import { MODIFIERS, type ValueKind } from '../parse/modifiers';
import { type Place, placeAt } from './place';
import {
  BOUND_KEYS,
  CONDITION_WORDS,
  CORRELATION_KEYS,
  CORRELATION_TYPES,
  DETECTION_KEYS,
  FIELD_WORDS,
  FILTER_KEYS,
  KEYS,
  LEVEL_WORDS,
  LOGSOURCE_KEYS,
  MODIFIER_WORDS,
  RELATED_KEYS,
  SHAPES,
  STATUS_WORDS,
  WANTED,
  type Words,
} from './vocabulary';

type Found = Pick<Completion, 'items'> & Partial<Completion>;

/** What could stand at a place: keys, fields and modifiers of a selection, values from closed lists, names for a condition. */
export function suggest(text: string, offset: number): Completion {
  const place = placeAt(text, offset);
  const found = itemsAt(text, place);
  return { span: place.span, ...found, items: fitting(found.items, text.slice(place.span.start, offset)) };
}

function itemsAt(text: string, place: Place): Found {
  const [top, second] = place.path;
  if (top === undefined) {
    const isUnused = unusedIn(text, place);
    return { items: [...keyItems(KEYS, isUnused), ...missingItems(isUnused)] };
  }
  const document = text.slice(place.document.start, place.document.end);
  switch (top) {
    case 'status':
      return { items: valueItems(STATUS_WORDS) };
    case 'level':
      return { items: valueItems(LEVEL_WORDS) };
    case 'tags':
      return { items: tagItems() };
    case 'logsource':
      return place.isKey ? { items: keyItems(LOGSOURCE_KEYS) } : { items: logsourceItems(document, second ?? '') };
    case 'related':
      return place.isKey ? { items: keyItems(RELATED_KEYS) } : { items: second === 'type' ? plainItems(RELATIONS) : [] };
    case 'fields':
      return { items: fieldItems(document), fields: true };
    case 'detection':
      return detectionItems(document, place);
    case 'filter':
      return second === 'rules' ? { items: ruleItems(text) } : detectionItems(document, place);
    case 'correlation':
      return correlationItems(text, document, place);
    case 'action':
      return { items: plainItems(['global', 'reset', 'repeat']) };
    default:
      return { items: [] };
  }
}

/** Keys a document does not have yet. */
function unusedIn(text: string, { document, span }: Place): (key: string) => boolean {
  const used = new Set<string>();
  for (const match of text.slice(document.start, document.end).matchAll(/^([a-z_-]+):/gm)) if (document.start + match.index !== span.start) used.add(match[1]!);
  return (key) => !used.has(key);
}

/** Keys whose value is one of few words, or of a list that is known. */
const LISTED: ReadonlySet<string> = new Set([
  'status',
  'level',
  'tags',
  'logsource',
  'category',
  'product',
  'service',
  'condition',
  'type',
  'timespan',
  'generate',
]);

const keyItems = (words: Words, fits: (key: string) => boolean = () => true): readonly Suggestion[] =>
  [...words].filter(([label]) => fits(label)).map(([label, detail]) => keyItem(label, detail, 'keyword'));

function keyItem(label: string, detail: string, kind: Suggestion['kind']): Suggestion {
  const template = SHAPES.get(label);
  const opens = LISTED.has(label) ? { opens: true as const } : null;
  return { label, kind, ...(template === undefined ? { insert: `${label}: ` } : { template }), detail, ...opens };
}

/** What a begun document lacks of a whole rule, as one thing to write. */
function missingItems(isUnused: (key: string) => boolean): readonly Suggestion[] {
  const missing = WANTED.filter(isUnused);
  if (missing.length < 2 || missing.length === WANTED.length || !isUnused('correlation') || !isUnused('filter')) return [];
  let places = 0;
  const lines = missing.map((key) => {
    const shape = GIVEN.get(key) ?? SHAPES.get(key) ?? `${key}: $0`;
    // Each place is one of its own to go to.
    return shape.replace(/\$(?:[01](?!\w)|\{0:(\w+)\})/g, (_, word?: string) => (places++, word === undefined ? `$${places}` : `\${${places}:${word}}`));
  });
  return [{ label: 'add what is missing', kind: 'snippet', completes: true, template: lines.join('\n'), detail: missing.join(', ') }];
}

/** What a new rule says of itself. */
const GIVEN: ReadonlyMap<string, string> = new Map([
  ['status', 'status: experimental'],
  ['level', 'level: medium'],
]);

const valueItems = (words: Words): readonly Suggestion[] => [...words].map(([label, detail]) => ({ label, kind: 'value', detail }));
const plainItems = (labels: readonly string[]): readonly Suggestion[] => labels.map((label) => ({ label, kind: 'value' }));

let tags: readonly Suggestion[] | undefined;
/** Tactics, techniques by number or name, and the other namespaces. */
const tagItems = (): readonly Suggestion[] =>
  (tags ??= [
    ...tacticItems(({ short }) => `attack.${short}`),
    ...techniqueItems('attack.'),
    { label: 'attack.g', kind: 'value', detail: 'A group by its number: attack.g0016' },
    { label: 'attack.s', kind: 'value', detail: 'A software by its number: attack.s0002' },
    { label: 'cve.', kind: 'value', detail: 'A vulnerability: cve.2024-12345' },
    ...['dfir', 'emerging-threats', 'threat-hunting'].map((name): Suggestion => ({
      label: `detection.${name}`,
      kind: 'value',
      detail: 'The kind of detection',
    })),
  ]);

/** The lines of a top-level key, its own line first. */
function blockOf(document: string, keys: readonly string[]): string {
  const lines = document.split('\n');
  const first = lines.findIndex((line) => keys.some((key) => line.startsWith(`${key}:`)));
  if (first === -1) return '';
  const after = lines.findIndex((line, at) => at > first && /^[^\s#]/.test(line));
  return lines.slice(first, after === -1 ? lines.length : after).join('\n');
}

/** The log source as written so far. */
function logsourceIn(document: string): Logsource {
  const block = blockOf(document, ['logsource']);
  const part = (key: string): string => new RegExp(`\\b${key}:[ \\t]*['"]?([\\w.-]+)`).exec(block)?.[1] ?? '';
  return { product: part('product'), category: part('category'), service: part('service') };
}

/** Values of one part that go with the other parts, most used first. */
function logsourceItems(document: string, part: string): readonly Suggestion[] {
  if (part !== 'product' && part !== 'category' && part !== 'service') return [];
  const written = logsourceIn(document);
  const counts = new Map<string, number>();
  for (const row of LOGSOURCES) {
    const fits = (['product', 'category', 'service'] as const).every((other) => other === part || written[other] === '' || row[other] === written[other]);
    if (fits && row[part] !== '') counts.set(row[part], (counts.get(row[part]) ?? 0) + row.rules);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([label, rules]) => ({ label, kind: 'value', detail: `${rules} SigmaHQ rules` }));
}

function fieldItems(document: string): readonly Suggestion[] {
  const fields = fieldsOfLogsource(logsourceIn(document));
  if (fields === null) return [];
  return [...fields.native, ...fields.custom]
    .filter((label) => !fields.redundant.has(label))
    .sort((a, b) => Number(FIELD_WORDS.has(b)) - Number(FIELD_WORDS.has(a)))
    .map((label) => {
      const detail = FIELD_WORDS.get(label);
      return detail === undefined ? { label, kind: 'field' } : { label, kind: 'field', detail };
    });
}

function detectionItems(document: string, place: Place): Found {
  const { path } = place;
  if (path.length === 1 && place.isKey) return { items: [...IDENTIFIER_ITEMS, ...keyItems(path[0] === 'filter' ? FILTER_KEYS : DETECTION_KEYS)] };
  if (path[1] === 'condition') return { items: conditionItems(identifiersIn(document), place) };
  if (!place.isKey) return { items: [], ...valuesOf(path[path.length - 1]!) };
  if (place.before.includes('|')) return { items: modifierItems(place.before) };
  return { items: fieldItems(document), fields: true };
}

/** A value of a field is asked for by the field as written, without its modifiers. */
function valuesOf(key: string): Partial<Completion> {
  const [field = ''] = key.split('|');
  return field === '' || field === 'condition' ? {} : { valuesOf: field };
}

const IDENTIFIER_ITEMS: readonly Suggestion[] = [
  keyItem('selection', 'What is looked for', 'snippet'),
  keyItem('filter_main_', 'What every environment leaves out', 'snippet'),
  keyItem('filter_optional_', 'What some environments leave out', 'snippet'),
  keyItem('keywords', 'Texts looked for anywhere in the event', 'snippet'),
];

/** Modifiers that may follow those already written: they take what those give. */
function modifierItems(before: string): readonly Suggestion[] {
  const written = before.replace(/^['"]/, '').split('|').slice(1, -1);
  let kinds: readonly ValueKind[] | null = null;
  for (const name of written) {
    const modifier = MODIFIERS.get(name);
    if (modifier?.takes != null) kinds = modifier.gives === undefined ? (kinds ?? modifier.takes) : [modifier.gives];
  }
  return [...MODIFIER_WORDS]
    .filter(([name]) => {
      const modifier = MODIFIERS.get(name)!;
      if (written.includes(name) || (modifier.first === true && written.length > 0)) return false;
      if (modifier.takes === null) return true;
      return kinds === null ? name.length > 1 : modifier.takes.some((kind) => kinds.includes(kind));
    })
    .map(([label, detail]) => ({ label, kind: 'modifier', detail }));
}

/** Search identifiers of a document by its lines, in written order. */
function identifiersIn(document: string): readonly string[] {
  const block = blockOf(document, ['detection', 'filter']);
  const indent = /^( +)[^\s#-]/m.exec(block)?.[1] ?? '    ';
  const names = [...block.matchAll(new RegExp(`^${indent}([A-Za-z0-9_-]+):`, 'gm'))].map((match) => match[1]!);
  return names.filter((name) => name !== 'condition' && name !== 'timeframe' && name !== 'rules');
}

/** Names and patterns where an operand is expected, operators after one. */
function conditionItems(names: readonly string[], { before }: Place): readonly Suggestion[] {
  const words = before.trim().split(/[\s()]+/);
  const last = words[words.length - 1] ?? '';
  if (last === 'of') return [...patternsOf(names), { label: 'them', kind: 'keyword', detail: CONDITION_WORDS.get('them')! }];
  const isOperandNext = before.trim() === '' || /(?:^|[\s(])(?:and|or|not)$|\($/.test(before.trim());
  if (!isOperandNext) return ['and', 'or', 'and not'].map((label) => ({ label, kind: 'keyword', detail: CONDITION_WORDS.get(label.split(' ')[0]!)! }));
  const quantified = patternsOf(names).flatMap(({ label, detail = '' }): readonly Suggestion[] => [
    { label: `1 of ${label}`, kind: 'keyword', detail },
    { label: `all of ${label}`, kind: 'keyword', detail },
  ]);
  return [
    ...names.map((label): Suggestion => ({ label, kind: 'value', detail: 'Search identifier' })),
    ...quantified,
    { label: 'not', kind: 'keyword', detail: CONDITION_WORDS.get('not')! },
  ];
}

/** `selection_*` and the like for every beginning that two identifiers or a known prefix share. */
function patternsOf(names: readonly string[]): readonly Suggestion[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    for (let at = name.indexOf('_', 1); at !== -1; at = name.indexOf('_', at + 1)) {
      const pattern = `${name.slice(0, at + 1)}*`;
      counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([pattern, count]) => count > 1 || /^(?:selection|filter_main|filter_optional)_\*$/.test(pattern))
    .map(([label, count]) => ({ label, kind: 'value', detail: count === 1 ? '1 identifier' : `${count} identifiers` }));
}

/** Rules of the text by name, else by ID. */
function ruleItems(text: string): readonly Suggestion[] {
  return [...text.matchAll(/^name:[ \t]*['"]?([^\s'"#]+)/gm)].map((match) => ({ label: match[1]!, kind: 'value', detail: 'A rule of this text' }));
}

function correlationItems(text: string, document: string, { path, isKey }: Place): Found {
  const [, second, third] = path;
  if (second === undefined) return { items: keyItems(CORRELATION_KEYS) };
  switch (second) {
    case 'type':
      return { items: valueItems(CORRELATION_TYPES) };
    case 'rules':
      return { items: ruleItems(text) };
    case 'group-by':
      return { items: fieldItems(document), fields: true };
    case 'timespan':
      return { items: plainItems(['1m', '5m', '15m', '1h', '1d']) };
    case 'generate':
      return { items: plainItems(['true', 'false']) };
    case 'condition':
      if (third === 'field') return { items: [], fields: true };
      return isKey ? { items: keyItems(BOUND_KEYS) } : { items: third === undefined ? ruleItems(text) : [] };
    default:
      return { items: [] };
  }
}
