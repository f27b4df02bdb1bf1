import type { Addition, Test, TextEdit } from '../../../model';
import { holdsPlace } from '../../../syntax/conjuncts';
import { openParts } from '../../../syntax/glob';
import { rowTest } from '../../../syntax/row-test';
import { type Item, isRefusal, itemOf } from './item';
import { keyText } from './scalar';
import { walkCondition } from '../tree';
import type { SigmaDocument } from '../lower/document';
import { openSigma } from '../lower/documents';
import { keyPartsOf } from '../parse/modifiers';
import { entryOf, type SigmaEntry, type SigmaMap, type SigmaNode } from '../parse/yaml-node';
import type { Search } from '../lower/resolve';
import { appendItem, layoutOf, type Layout, lineEnd, scalarAsList } from './layout';

/** Edits that write a row into document number `index` of a text: a value into a list that fits, a field into a selection, an exclusion as a filter of its own, and so into none that is there. */
export function addTo(text: string, index: number, addition: Addition): readonly TextEdit[] | null {
  const document = openSigma(text).documents[index];
  const { section } = document ?? {};
  if (document === undefined || section == null || document.kind === 'correlation') return null;
  const holder = entryOf(document.root, document.kind === 'filter' ? 'filter' : 'detection');
  if (holder?.value.kind !== 'map' || isFlow(text, holder.value)) return null;
  const layout = layoutOf(text, holder.value);
  const row = rowOf(addition, layout);
  if (row === null) return null;
  if (section.searches.length === 0) return addition.polarity === 'indicator' ? addFirst(text, holder.value, row, layout) : null;
  if (addition.polarity === 'indicator') return addIndicator(text, document, row, layout, addition.at);
  return addition.at !== undefined ? null : addExclusion(text, document, addition, row, layout);
}

const HERE = { start: 0, end: 0 };

/** The row as an item, printed like any other comparison; null where Sigma cannot say it. Absence is `null`, as Sigma's authors write it. */
function rowOf(addition: Addition, { quote }: Layout): Item | null {
  const { field, op, value } = addition;
  if (op === 'term' || op === 'between' || (field === '' && op !== 'keyword')) return null;
  const row = rowTest(addition, 'pcre');
  const test: Test =
    op === 'keyword'
      ? { ...row, left: null, values: [{ kind: 'glob', span: HERE, parts: openParts(value === '' ? [] : [{ text: value }], true, true) }] }
      : op === 'is_null'
        ? { ...row, values: [{ kind: 'literal', span: HERE, type: 'null', text: 'null' }] }
        : row;
  const item = itemOf(test, quote);
  return isRefusal(item) ? null : item;
}

const isFlow = (text: string, node: SigmaNode): boolean => text[node.span.start] === '{' || text[node.span.start] === '[';

/** Whether a condition asks for it; where there is none yet, it may. */
const isPlain = ({ uses, negatedUses }: Search, hasCondition: boolean): boolean => (hasCondition ? negatedUses < uses : true);

/** Whether two keys compare the same field the same way; the order of modifiers does not matter. */
function isSameKey(written: string, key: string): boolean {
  const a = keyPartsOf(written);
  const b = keyPartsOf(key);
  const names = (parts: typeof a): string =>
    parts.chain.links
      .map((link) => link.modifier?.name ?? link.written)
      .sort()
      .join('|');
  return a.field.toLowerCase() === b.field.toLowerCase() && names(a) === names(b);
}

function addIndicator(text: string, { section }: SigmaDocument, row: Item, layout: Layout, place: number | undefined): readonly TextEdit[] | null {
  const searches = section!.searches.filter((search) => isPlain(search, section!.conditions.length > 0) && holdsPlace(search.entry.span, place));
  if (row.key === '') return addKeyword(text, searches, row, layout);
  for (const { entry } of searches) {
    const same = findEntry(itemAt(entry.value, place), row.key);
    if (same !== null) return intoEntry(text, same, row.value, layout);
  }
  const map = searches.map(({ entry }) => mapOf(itemAt(entry.value, place))).find((one) => one !== null && !isFlow(text, one));
  if (map == null) return null;
  const last = map.entries[map.entries.length - 1]!;
  const at = lineEnd(text, last.span.end);
  const indent = ' '.repeat(map.entries[0]!.keySpan.start - (text.lastIndexOf('\n', map.entries[0]!.keySpan.start - 1) + 1));
  return [{ span: { start: at, end: at }, text: `${layout.newline}${indent}${keyText(row.key)}: ${row.value}` }];
}

/** One more keyword of a list of them; where there is none, no condition asks for keywords. */
function addKeyword(text: string, searches: readonly Search[], { value }: Item, layout: Layout): readonly TextEdit[] | null {
  const found = searches.find(({ entry }) => entry.value.kind === 'seq' && entry.value.items.every((item) => item.kind === 'scalar'));
  if (found?.entry.value.kind !== 'seq') return null;
  const has = found.entry.value.items.some((item) => text.slice(item.span.start, item.span.end).toLowerCase() === value.toLowerCase());
  return has ? [] : appendItem(text, found.entry, found.entry.value, value, layout);
}

/** A selection where there is none yet, before what stands in the section. */
function addFirst(text: string, { entries }: SigmaMap, row: Item, layout: Layout): readonly TextEdit[] | null {
  const first = entries[0];
  if (first === undefined) return null;
  const at = text.lastIndexOf('\n', first.keySpan.start - 1) + 1;
  const { newline, indent, step } = layout;
  const item = `${row.key === '' ? '-' : `${keyText(row.key)}:`} ${row.value}`;
  return [{ span: { start: at, end: at }, text: `${indent}selection:${newline}${indent}${step}${item}${newline}` }];
}

/** Of a list of mappings the one that holds the place, where one does. */
function itemAt(node: SigmaNode, at: number | undefined): SigmaNode {
  const item = node.kind === 'seq' && at !== undefined ? node.items.find(({ span }) => holdsPlace(span, at)) : undefined;
  return item?.kind === 'map' ? item : node;
}

/** The mapping of a search identifier; of a list of mappings there is no single one. */
function mapOf(node: SigmaNode): SigmaMap | null {
  return node.kind === 'map' && node.entries.length > 0 ? node : null;
}

function findEntry(node: SigmaNode, key: string): SigmaEntry | null {
  if (node.kind === 'seq') {
    for (const item of node.items) {
      const found = item.kind === 'map' ? findEntry(item, key) : null;
      if (found !== null) return found;
    }
  }
  return node.kind === 'map' ? (node.entries.find((entry) => isSameKey(entry.key, key) && entry.value.kind !== 'map') ?? null) : null;
}

/** One more value: nothing where it stands already, a list where one value stood. */
function intoEntry(text: string, entry: SigmaEntry, written: string, layout: Layout): readonly TextEdit[] | null {
  const { value } = entry;
  const has = (node: SigmaNode): boolean => node.kind === 'scalar' && text.slice(node.span.start, node.span.end).toLowerCase() === written.toLowerCase();
  if (value.kind === 'seq') return value.items.some(has) ? [] : appendItem(text, entry, value, written, layout);
  return value.kind === 'scalar' && value.style !== 'block' && value.style !== 'alias'
    ? has(value)
      ? []
      : scalarAsList(text, entry, value, written, layout)
    : null;
}

/** A filter of its own, and the condition told of it unless it takes all filters of that name already. */
function addExclusion(text: string, document: SigmaDocument, addition: Addition, row: Item, layout: Layout): readonly TextEdit[] | null {
  const { searches } = document.section!;
  const prefix = document.kind === 'filter' ? 'selection' : 'filter_main';
  const name = freeName(prefix, addition, new Set(searches.map((search) => search.name)));
  const last = searches.reduce((latest, search) => (search.entry.span.end > latest.entry.span.end ? search : latest));
  const at = lineEnd(text, last.entry.span.end);
  const { newline, indent, step } = layout;
  const item = row.key === '' ? `${indent}${step}- ${row.value}` : `${indent}${step}${keyText(row.key)}: ${row.value}`;
  const edits: TextEdit[] = [{ span: { start: at, end: at }, text: `${newline}${indent}${name}:${newline}${item}` }];
  for (const { condition, scalar, place, isBroken } of document.conditions) {
    if (isBroken || scalar.source === null || takesPattern(condition, `${prefix}_*`)) continue;
    const tail = `not 1 of ${prefix}_*`;
    const start = place({ start: 0, end: 0 }).start;
    const end = place({ start: scalar.text.trimEnd().length, end: scalar.text.trimEnd().length }).start;
    if (condition.kind === 'or') edits.push({ span: { start, end: start }, text: '(' }, { span: { start: end, end }, text: `) and ${tail}` });
    else edits.push({ span: { start: end, end }, text: ` and ${tail}` });
  }
  return edits;
}

/** Whether the condition leaves out all identifiers of this pattern, for every match. */
function takesPattern(condition: Parameters<typeof walkCondition>[0], pattern: string): boolean {
  const parts = condition.kind === 'and' ? condition.of : [condition];
  return parts.some((part) => part.kind === 'not' && part.of.kind === 'of' && !part.of.every && part.of.pattern === pattern);
}

/** `filter_main_` and a word of the value, or of the field. */
function freeName(prefix: string, { field, value }: Addition, taken: ReadonlySet<string>): string {
  const words = (/([^\\/]+)[\\/]*$/.exec(value)?.[1] ?? '').replace(/\.\w{1,4}$/, '');
  const slug = slugOf(words) || slugOf(field) || 'known';
  const base = `${prefix}_${slug}`;
  if (!taken.has(base)) return base;
  let count = 2;
  while (taken.has(`${base}_${count}`)) count++;
  return `${base}_${count}`;
}

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 30)
    .replace(/_+$/, '');
