import type { Hover, Span, Suggestion } from '../../model';

/** The keys of a YAML container with what they hold, in our words, and the words a value can be. */
interface KeyHelp {
  readonly help: string;
  readonly values?: readonly string[];
}
export type KeyTable = Readonly<Record<string, KeyHelp>>;

/** Keys at the start of a line, values behind a key that has few. */
export function suggestKeys(text: string, offset: number, table: KeyTable): { readonly span: Span; readonly items: readonly Suggestion[] } {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  const [, key, typed] = /^\s*(?:-\s+)?([\w-]+):[ \t]+(\S*)$/.exec(line) ?? [];
  if (key !== undefined)
    return { span: { start: offset - typed!.length, end: offset }, items: (table[key]?.values ?? []).map((label) => ({ label, kind: 'value' })) };
  const word = /^\s*([\w-]*)$/.exec(line)?.[1];
  if (word === undefined) return { span: { start: offset, end: offset }, items: [] };
  return {
    span: { start: offset - word.length, end: offset },
    items: Object.entries(table).map(([label, { help }]) => ({ label, kind: 'keyword', insert: `${label}: `, detail: help })),
  };
}

/** What the key of the line at `offset` holds. */
export function hoverKey(text: string, offset: number, table: KeyTable): Hover | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const [, blank, key] = /^(\s*(?:-\s+)?)([\w-]+):/.exec(text.slice(lineStart, lineStart + 200)) ?? [];
  if (key === undefined || !Object.hasOwn(table, key)) return null;
  const start = lineStart + blank!.length;
  if (offset < start || offset > start + key.length) return null;
  return { span: { start, end: start + key.length }, text: `\`${key}\`\n\n${table[key]!.help}` };
}
