import { techniqueAt, techniqueItems } from '../../knowledge/technique-items';
import type { Completion, Hover, Suggestion } from '../../model';
import { fitting } from '../../syntax/fitting';
import type { KeyTable } from '../keys';
import { SENTINEL_KEYS } from '../sentinel/keys';

const DURATIONS = ['PT5M', 'PT15M', 'PT1H', 'PT6H', 'P1D', 'P7D', 'P14D'];
const TRUTH = ' ${1:true}';
const LIST = ' ["$0"]';

/** A key that the YAML of a rule has too. */
const also = (key: string): { readonly help: string } => ({ help: SENTINEL_KEYS[key]!.help });

/** The properties of an analytics rule as a template has them. */
const KEYS: KeyTable = {
  displayName: also('name'),
  description: also('description'),
  severity: { ...also('severity'), values: SENTINEL_KEYS['severity']!.values! },
  enabled: { help: 'Whether it runs.', shape: TRUTH },
  query: also('query'),
  queryFrequency: { help: 'How often it runs, as a duration: PT5M to P14D.', values: DURATIONS },
  queryPeriod: { help: 'How far back each run can see, as a duration; no less than the frequency.', values: DURATIONS },
  triggerOperator: { ...also('triggerOperator'), values: ['GreaterThan', 'LessThan', 'Equal', 'NotEqual'] },
  triggerThreshold: { ...also('triggerThreshold'), shape: ' ${1:0}' },
  suppressionDuration: { help: 'How long it rests after an alert, as a duration.', values: DURATIONS },
  suppressionEnabled: { help: 'Whether it rests after an alert.', shape: ' ${1:false}' },
  tactics: { ...also('tactics'), shape: LIST, values: SENTINEL_KEYS['tactics']!.values! },
  techniques: { ...also('relevantTechniques'), shape: LIST, techniques: true },
  entityMappings: { ...also('entityMappings'), shape: ' [{ "entityType": "$1", "fieldMappings": [{ "identifier": "$2", "columnName": "$0" }] }]' },
  entityType: { ...also('entityType'), values: SENTINEL_KEYS['entityType']!.values! },
  fieldMappings: { ...also('fieldMappings'), shape: ' [{ "identifier": "$1", "columnName": "$0" }]' },
  identifier: { ...also('identifier'), values: SENTINEL_KEYS['identifier']!.values! },
  columnName: also('columnName'),
  customDetails: { ...also('customDetails'), shape: ' { "$1": "$0" }' },
  eventGroupingSettings: { ...also('eventGroupingSettings'), shape: ' { "aggregationKind": "$0" }' },
  aggregationKind: { ...also('aggregationKind'), values: SENTINEL_KEYS['aggregationKind']!.values! },
  kind: { ...also('kind'), values: SENTINEL_KEYS['kind']!.values! },
};
/** Keys of what stands inside a property. */
const INNER: ReadonlySet<string> = new Set(['entityType', 'fieldMappings', 'identifier', 'columnName', 'aggregationKind']);

/** A property with its value's shape where a name begins, those that the text does not have yet; the words of a value that has few. */
export function suggestProperty(text: string, offset: number): Completion {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const [, key, typed = ''] = /"(\w{1,60})"\s*:\s*\[?\s*(?:"[^"]{0,200}",\s*)*"([^"]{0,200})$/.exec(line) ?? [];
  if (key !== undefined) return { span: { start: offset - typed.length, end: offset }, items: fitting(valuesOf(key), typed) };
  const [, quote, word = ''] = /^\s*[{,]?\s*("?)(\w{0,60})$/.exec(line) ?? [];
  if (quote === undefined) return { span: { start: offset, end: offset }, items: [] };
  // The quote that an editor puts behind the cursor is a part of what is written.
  const end = quote !== '' && text[offset] === '"' ? offset + 1 : offset;
  const items = Object.keys(KEYS)
    .filter((name) => INNER.has(name) || !text.includes(`"${name}"`))
    .map(propertyItem);
  return { span: { start: offset - word.length - quote.length, end }, items: fitting(items, quote + word) };
}

const valuesOf = (key: string): readonly Suggestion[] => {
  const known = Object.hasOwn(KEYS, key) ? KEYS[key]! : undefined;
  return known?.techniques === true ? techniqueItems('') : (known?.values ?? []).map((label) => ({ label, kind: 'value' }));
};

function propertyItem(name: string): Suggestion {
  const { help, shape, values, techniques } = KEYS[name]!;
  const opens = values !== undefined || techniques === true ? { opens: true as const } : null;
  return { label: `"${name}"`, kind: 'keyword', template: `"${name}":${shape ?? ' "$0"'}`, detail: help, also: name, ...opens };
}

/** What the property whose name stands at an offset holds, or a technique is. */
export function hoverProperty(text: string, offset: number): Hover | null {
  const technique = techniqueAt(text, offset);
  if (technique !== null) return technique;
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  for (const match of text.slice(from, newline < 0 ? text.length : newline).matchAll(/"(\w{1,60})"\s*:/g)) {
    const span = { start: from + match.index + 1, end: from + match.index + 1 + match[1]!.length };
    if (span.start <= offset && offset <= span.end && Object.hasOwn(KEYS, match[1]!)) return { span, text: `\`${match[1]}\`\n\n${KEYS[match[1]!]!.help}` };
  }
  return null;
}
