import { INDEX_PATTERNS } from '../../knowledge/elastic-indexes';
import { tacticItems, techniqueAt, techniqueItems } from '../../knowledge/technique-items';
import type { Completion, Hover, Suggestion } from '../../model';
import { fitting } from '../../syntax/fitting';
import vocabulary from './keys.json';
import { readToml } from './toml';

/** What could stand at an offset of a rule file outside its query: a key of the table, or one of a key's few values. */
export function suggestIn(text: string, offset: number): Completion {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  const key = /^\s*([A-Za-z_]{0,60})$/.exec(before);
  if (key !== null) {
    const after = /^[A-Za-z_]*/.exec(text.slice(offset, offset + 60))![0];
    const table = tableHeader(text, lineStart).split('.')[0] || 'rule';
    const used = usedIn(text, lineStart);
    const items = vocabulary.keys.filter(([name, label]) => name === table && !used.has(label!)).map(([, label, detail]) => keyItem(label!, detail!));
    return { span: { start: offset - key[1]!.length, end: offset + after.length }, items: fitting(items, key[1]!) };
  }
  const value = /^\s*([A-Za-z_]{1,60}) *= *\[?(?:"[^"\n]{0,200}", *)*("?)([^"\n]{0,60})$/.exec(before);
  if (value === null) return { span: { start: offset, end: offset }, items: [] };
  const [, name, quote, typed] = value;
  const items = valuesOf(name!, tableHeader(text, lineStart)).map((item) => (quote === '"' ? item : { ...item, insert: `"${item.label}"` }));
  return { span: { start: offset - typed!.length, end: offset }, items: fitting(items, typed!) };
}

const CLOSED: ReadonlySet<string> = new Set(vocabulary.values.map(([name]) => name!));
const SHAPES: Readonly<Record<string, string>> = vocabulary.shapes;

function keyItem(label: string, detail: string): Suggestion {
  const template = Object.hasOwn(SHAPES, label) ? SHAPES[label] : undefined;
  const opens = CLOSED.has(label) || label === 'index' || label === 'mitre' ? { opens: true as const } : null;
  return { label, kind: 'keyword', ...(template === undefined ? { insert: `${label} = ` } : { template }), detail, ...opens };
}

/** What the values of a key are: words of a closed list, index patterns, techniques and tactics by ID or name. */
function valuesOf(key: string, header: string): readonly Suggestion[] {
  if (key === 'index') return INDEX_PATTERNS.map((label) => ({ label, kind: 'table' }));
  if (key === 'mitre' || (key === 'id' && header.includes('technique'))) return techniqueItems('');
  if (header.endsWith('tactic') && (key === 'id' || key === 'name')) return tacticItems((tactic) => tactic[key]);
  return vocabulary.values.filter(([name]) => name === key).map(([, label]) => ({ label: label!, kind: 'value' }));
}

/** Keys that the table of a line has already, the line's own aside. */
function usedIn(text: string, lineStart: number): ReadonlySet<string> {
  const from = text.slice(0, lineStart).lastIndexOf('\n[') + 1;
  const next = text.indexOf('\n[', lineStart);
  const used = new Set<string>();
  for (const match of text.slice(from, next < 0 ? text.length : next).matchAll(/^[ \t]*([A-Za-z_]+)[ \t]*=/gm))
    if (from + match.index !== lineStart) used.add(match[1]!);
  return used;
}

/** The whole header of the table a line stands in, without its brackets; '' above the first. */
const tableHeader = (text: string, lineStart: number): string => [...text.slice(0, lineStart).matchAll(/^\[\[?([\w.]{1,120})\]\]?\s*$/gm)].at(-1)?.[1] ?? '';

/** What the key at an offset means. */
export function hoverKey(text: string, offset: number): Hover | null {
  const technique = techniqueAt(text, offset);
  if (technique !== null) return technique;
  const token = readToml(text).tokens.find(({ type, start, end }) => type === 'key' && start <= offset && offset < end);
  if (token === undefined) return null;
  const name = text
    .slice(token.start, token.end)
    .replace(/^["[]+|["\]]+$/g, '')
    .replace(/^rule\./, '');
  const known = vocabulary.keys.find(([, key]) => key === name);
  return known === undefined ? null : { span: { start: token.start, end: token.end }, text: `\`${name}\`\n\n${known[2]}` };
}
