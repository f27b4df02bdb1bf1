import type { Event, EventValue } from '../../model';
import { type Draft, put } from './put';
import { isNamespace, nameIn } from './windows-names';

type Fields = Readonly<Record<string, EventValue>>;
const isFields = (value: EventValue | undefined): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const ATTRIBUTES = new Set(['#attributes', '@attributes', '$']);

/** A Windows event that a tool wrote as nested JSON, flat by the names that its XML gives; null: this is none. Values keep their kind. */
export function nestedWindowsEvent(value: Fields): Event | null {
  const event = Object.hasOwn(value, 'Event') ? value['Event'] : undefined;
  if (!isFields(event) || !isFields(event['System'])) return null;
  const flat: Draft = {};
  // What a tool wrote beside the event, such as its file, is kept.
  for (const name of Object.keys(value)) if (name !== 'Event') put(flat, name, value[name]!);
  for (const section of Object.keys(event)) {
    if (ATTRIBUTES.has(section) || isNamespace(section)) continue;
    const content = event[section]!;
    if (isFields(content)) members(content, section, section, flat);
    else if (content !== null) put(flat, section, content);
  }
  return flat;
}

function members(element: Fields, section: string, own: string, flat: Draft): void {
  for (const name of Object.keys(element)) {
    const value = element[name]!;
    if (ATTRIBUTES.has(name) && isFields(value)) attributes(value, own, section, flat);
    else if (name === '#text') put(flat, nameIn(section, own), value);
    else if (name === 'Data' && section !== 'System') data(value, section, flat);
    else member(name, value, section, flat);
  }
}

function member(name: string, value: EventValue, section: string, flat: Draft): void {
  if (isFields(value)) members(value, section, name, flat);
  else if (section !== 'System' || (value !== null && value !== '')) put(flat, nameIn(section, name), value);
}

function attributes(found: Fields, own: string, section: string, flat: Draft): void {
  for (const name of Object.keys(found)) {
    if (!isNamespace(name) && found[name] !== null) put(flat, nameIn(section, `${own}_${name}`), found[name]!);
  }
}

/** `Data` may be texts without names, or objects with the name as attribute and the value as text. */
function data(value: EventValue, section: string, flat: Draft): void {
  for (const each of Array.isArray(value) ? (value as readonly EventValue[]) : [value]) {
    const name = isFields(each) ? nameOf(each) : null;
    if (name !== null) put(flat, nameIn(section, name), (each as Fields)['#text'] ?? '');
    else if (isFields(each) && Object.hasOwn(each, '#text')) {
      const text = each['#text']!;
      for (const one of Array.isArray(text) ? (text as readonly EventValue[]) : [text]) put(flat, 'Data', one);
    } else put(flat, 'Data', each);
  }
}

function nameOf(data: Fields): string | null {
  const plain = data['@Name'] ?? data['Name'];
  if (typeof plain === 'string') return plain;
  for (const key of ATTRIBUTES) {
    const found = Object.hasOwn(data, key) ? data[key] : undefined;
    if (isFields(found) && typeof found['Name'] === 'string') return found['Name'];
  }
  return null;
}
