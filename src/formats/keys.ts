import type { Completion, Hover, Suggestion } from '../model';
import { fitting } from '../syntax/fitting';
import { keysAbove, lineOf } from '../syntax/yaml-lines';
import { techniqueItems } from '../knowledge/technique-items';

/** What a key holds, in our words, and how it is written. */
interface KeyHelp {
  readonly help: string;
  /** The words its value, or an item of its list, can be. */
  readonly values?: readonly string[];
  /** ATT&CK technique IDs. */
  readonly techniques?: true;
  /** What stands behind the colon, as a snippet: `\n  - $0` begins a list. Absent: the value follows on the line. */
  readonly shape?: string;
  /** The keys it stands under; absent: at the top. */
  readonly under?: readonly string[];
  /** A rule is not complete without it. */
  readonly isWanted?: true;
}
/** The keys of a container, in the order they are written. */
export type KeyTable = Readonly<Record<string, KeyHelp>>;

/** Shapes of values. */
export const LIST = '\n  - $0';
export const BLOCK = '\n  $0';
export const FRESH_ID = ' $UUID';
export const TODAY = ' $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE';

const NOTHING: readonly Suggestion[] = [];

/** Keys where one can stand, those that are not there yet; the values of a key that has few, techniques by ID and name. `sign`: what stands behind a key. */
export function suggestKeys(text: string, offset: number, table: KeyTable, sign: ':' | ' =' = ':'): Completion {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  // What is typed next stands where the line ends.
  const above = keysAbove(text, lineStart, 0, lineOf(`${line}x`));
  const [, key, typed = ''] = (sign === ':' ? /^\s*(?:-\s+)?([\w.-]+):[ \t]+["']?([^"']*)$/ : /^([\w.]+)[ \t]*=[ \t]*(.*)$/).exec(line) ?? [];
  if (key !== undefined) return { span: { start: offset - typed.length, end: offset }, items: fitting(valuesOf(rowOf(table, key)), typed) };
  const [, item] = /^\s*-\s+["']?([^"':]*)$/.exec(line) ?? [];
  const holder = above.at(-1) ?? '';
  if (item !== undefined && item !== line.trim() && valuesOf(rowOf(table, holder)).length > 0)
    return { span: { start: offset - item.length, end: offset }, items: fitting(valuesOf(rowOf(table, holder)), item) };
  const word = /^\s*(?:-\s+)?([\w.-]*)$/.exec(line)?.[1];
  if (word === undefined) return { span: { start: offset, end: offset }, items: NOTHING };
  const span = { start: offset - word.length, end: offset };
  const used = usedIn(text, lineStart, sign);
  const items = Object.entries(table)
    .filter(([name, { under = [''] }]) => under.includes(holder) && (holder !== '' || !used.has(name)))
    .map((entry) => keyItem(entry, sign));
  const missing = holder === '' ? missingItem(table, used, sign) : null;
  return { span, items: fitting(missing === null ? items : [...items, missing], word) };
}

/** What a table says of a key; a key may be any word of the text. */
const rowOf = (table: KeyTable, key: string): KeyHelp | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);

function valuesOf(help: KeyHelp | undefined): readonly Suggestion[] {
  if (help?.techniques === true) return techniqueItems('');
  return (help?.values ?? []).map((label) => ({ label, kind: 'value' }));
}

const keyItem = ([label, { help, shape, values, techniques }]: [string, KeyHelp], sign: string): Suggestion => ({
  label,
  kind: 'keyword',
  ...(shape === undefined ? { insert: `${label}${sign} ` } : { template: `${label}${sign}${shape}` }),
  detail: help,
  ...(values !== undefined || techniques === true ? { opens: true as const } : null),
});

/** The keys a rule wants and this text does not have, as one thing to write. */
function missingItem(table: KeyTable, used: ReadonlySet<string>, sign: string): Suggestion | null {
  const missing = Object.entries(table).filter(([name, { isWanted }]) => isWanted === true && !used.has(name));
  if (used.size === 0 || missing.length < 2) return null;
  const lines = missing.map(([name, { shape, values }], at) => `${name}${sign}${placed(shape ?? (values === undefined ? ' ' : ` ${values[0]!}`), at + 1)}`);
  return {
    label: 'add what is missing',
    kind: 'snippet',
    completes: true,
    template: lines.join('\n'),
    detail: missing.map(([name]) => name).join(', '),
  };
}

/** The n-th place a snippet goes to. */
const placed = (shape: string, n: number): string => (shape.includes('$0') ? shape.replace('$0', `$${n}`) : shape.trim() === '' ? `${shape}$${n}` : shape);

/** Keys at the margin, those of the line at `lineStart` aside. */
function usedIn(text: string, lineStart: number, sign: string): ReadonlySet<string> {
  const used = new Set<string>();
  const key = sign === ':' ? /^([\w.-]+):/gm : /^([\w.]+)[ \t]*=/gm;
  for (const match of text.matchAll(key)) if (match.index !== lineStart) used.add(match[1]!);
  return used;
}

/** What the key of the line at `offset` holds. */
export function hoverKey(text: string, offset: number, table: KeyTable): Hover | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const [, blank, key] = /^(\s*(?:-\s+)?)([\w.-]+):/.exec(text.slice(lineStart, lineStart + 200)) ?? [];
  if (key === undefined || !Object.hasOwn(table, key)) return null;
  const start = lineStart + blank!.length;
  if (offset < start || offset > start + key.length) return null;
  return { span: { start, end: start + key.length }, text: `\`${key}\`\n\n${table[key]!.help}` };
}
