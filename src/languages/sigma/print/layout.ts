import type { TextEdit } from '../../../model';
import type { SigmaEntry, SigmaMap, SigmaScalar, SigmaSeq } from '../parse/yaml-node';

/** How a document is laid out, so that what is written into it looks like the rest. */
export interface Layout {
  readonly newline: string;
  /** Blanks before a search identifier, and one level more. */
  readonly indent: string;
  readonly step: string;
  /** Blanks of a list's dashes under its key. */
  readonly listStep: string;
  readonly quote: "'" | '"';
}

/** The layout of a detection, read from its own lines. */
export function layoutOf(text: string, section: SigmaMap): Layout {
  const column = columnOf(text, section.entries[0]?.keySpan.start ?? section.span.start);
  const indent = ' '.repeat(column);
  const step = ' '.repeat(column > 0 ? column : 4);
  let listStep: string | null = null;
  let quotes = 0;
  const visit = (entry: SigmaEntry): void => {
    const { value } = entry;
    if (value.kind === 'map') for (const inner of value.entries) visit(inner);
    if (value.kind === 'seq') {
      const [first] = value.items;
      if (first?.kind === 'scalar' && text[value.span.start] === '-') {
        const dash = columnOf(text, value.span.start);
        listStep ??= ' '.repeat(Math.max(0, dash - columnOf(text, entry.keySpan.start)));
        quotes += text[first.span.start] === '"' ? 1 : text[first.span.start] === "'" ? -1 : 0;
      }
      for (const item of value.items) if (item.kind === 'map') for (const inner of item.entries) visit(inner);
    }
  };
  for (const entry of section.entries) visit(entry);
  return { newline: text.includes('\r\n') ? '\r\n' : '\n', indent, step, listStep: listStep ?? step, quote: quotes > 0 ? '"' : "'" };
}

/** One more item at a list's end. */
export function appendItem(text: string, entry: SigmaEntry, list: SigmaSeq, written: string, layout: Layout): readonly TextEdit[] | null {
  const last = list.items[list.items.length - 1];
  if (text[list.span.start] === '[') {
    const at = list.span.end - 1;
    return text[at] === ']' ? [insertion(at, last === undefined ? written : `, ${written}`)] : null;
  }
  if (last === undefined || text[list.span.start] !== '-') return null;
  const dash = columnOf(text, list.span.start);
  return columnOf(text, entry.keySpan.start) > dash ? null : [insertion(lineEnd(text, last.span.end), `${layout.newline}${' '.repeat(dash)}- ${written}`)];
}

/** A single value made the first of two. */
export function scalarAsList(text: string, entry: SigmaEntry, value: SigmaScalar, written: string, layout: Layout): readonly TextEdit[] | null {
  const { start, end } = value.span;
  if (end <= start) return null;
  const dash = `${layout.newline}${' '.repeat(columnOf(text, entry.keySpan.start))}${layout.listStep}- `;
  const blanks = text.slice(entry.keySpan.end + 1, start);
  if (!/^[ \t]*$/.test(blanks) || text[entry.keySpan.end] !== ':') return null;
  return [{ span: { start: entry.keySpan.end + 1, end: start }, text: dash }, insertion(lineEnd(text, end), `${dash}${written}`)];
}

const insertion = (at: number, text: string): TextEdit => ({ span: { start: at, end: at }, text });

const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);

/** The end of the line that holds an offset, so that a comment behind a value stays with it. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  return text[end - 1] === '\r' && end > offset ? end - 1 : end;
}
