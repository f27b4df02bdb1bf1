import type { Completion, Hover } from '../../model';
import vocabulary from './keys.json';
import { readToml } from './toml';

/** What could stand at an offset of a rule file outside its query: a key of the table, or one of a key's few values. */
export function suggestIn(text: string, offset: number): Completion {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  const key = /^\s*([A-Za-z_]{0,60})$/.exec(before);
  if (key !== null) {
    const after = /^[A-Za-z_]*/.exec(text.slice(offset, offset + 60))![0];
    const table = tableBefore(text, lineStart);
    const items = vocabulary.keys
      .filter(([name]) => name === table)
      .map(([, label, detail]) => ({ label: label!, kind: 'keyword' as const, insert: `${label} = `, detail: detail! }));
    return { span: { start: offset - key[1]!.length, end: offset + after.length }, items };
  }
  const value = /^\s*([A-Za-z_]{1,60}) *= *"?([\w-]{0,60})$/.exec(before);
  if (value === null) return { span: { start: offset, end: offset }, items: [] };
  const isQuoted = before.includes('"');
  const items = vocabulary.values
    .filter(([name]) => name === value[1])
    .map(([, label]) => (isQuoted ? { label: label!, kind: 'value' as const } : { label: label!, kind: 'value' as const, insert: `"${label}"` }));
  return { span: { start: offset - value[2]!.length, end: offset }, items };
}

/** The name of the table a line stands in: that of the last header above it, up to its first dot. */
function tableBefore(text: string, lineStart: number): string {
  const headers = [...text.slice(0, lineStart).matchAll(/^\[\[?([A-Za-z]+)[\w.]{0,120}\]\]?\s*$/gm)];
  return headers.at(-1)?.[1] ?? 'rule';
}

/** What the key at an offset means. */
export function hoverKey(text: string, offset: number): Hover | null {
  const token = readToml(text).tokens.find(({ type, start, end }) => type === 'key' && start <= offset && offset < end);
  if (token === undefined) return null;
  const name = text
    .slice(token.start, token.end)
    .replace(/^["[]+|["\]]+$/g, '')
    .replace(/^rule\./, '');
  const known = vocabulary.keys.find(([, key]) => key === name);
  return known === undefined ? null : { span: { start: token.start, end: token.end }, text: `\`${name}\`\n\n${known[2]}` };
}
