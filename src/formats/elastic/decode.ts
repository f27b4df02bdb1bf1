import type { Span } from '../../model';
import { shiftedBy, type SourceMap } from '../../syntax/relocate';
import type { TextNode } from './tree';
import { lastStart } from '../../syntax/binary-search';

/** A text whose content is the document's own characters. */
export const verbatim = (text: string, span: Span, content: Span): TextNode => ({
  kind: 'text',
  start: span.start,
  end: span.end,
  content,
  isEscaped: text[span.start] === '"',
  value: text.slice(content.start, content.end),
  map: shiftedBy(content.start),
});

const SHORT: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001b', '"': '"', '\\': '\\', '/': '/' };
const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** A text with backslash escapes as TOML and JSON have them; `wrong` takes the places of escapes that are none. */
export function escaped(text: string, span: Span, content: Span, wrong: (span: Span) => void): TextNode {
  const inner = text.slice(content.start, content.end);
  let value = '';
  let from = 0;
  // Offsets in the value from which on it runs beside the document again, and where that is in the document.
  const starts: number[] = [0];
  const places: number[] = [content.start];
  for (let at = inner.indexOf('\\'); at >= 0; at = inner.indexOf('\\', from)) {
    const { decoded, length } = escapeAt(inner, at, () => wrong({ start: content.start + at, end: Math.min(content.start + at + 2, content.end) }));
    value += inner.slice(from, at);
    if (decoded.length > 0) mark(starts, places, value.length, content.start + at);
    value += decoded;
    from = at + length;
    mark(starts, places, value.length, content.start + from);
  }
  if (starts.length === 1) return verbatim(text, span, content);
  value += inner.slice(from);
  return { kind: 'text', start: span.start, end: span.end, content, isEscaped: true, value, map: mapOf(starts, places) };
}

function mark(starts: number[], places: number[], start: number, place: number): void {
  if (starts.at(-1) === start) places[places.length - 1] = place;
  else {
    starts.push(start);
    places.push(place);
  }
}

function escapeAt(inner: string, at: number, wrong: () => void): { decoded: string; length: number } {
  const next = inner[at + 1] ?? '';
  const short = SHORT[next];
  if (short !== undefined) return { decoded: short, length: 2 };
  const hexLength = HEX_LENGTH[next];
  if (hexLength !== undefined) {
    const digits = inner.slice(at + 2, at + 2 + hexLength);
    const code = digits.length === hexLength && /^[0-9a-fA-F]+$/.test(digits) ? Number.parseInt(digits, 16) : Infinity;
    if (code <= 0x10ffff) return { decoded: String.fromCodePoint(code), length: 2 + hexLength };
  }
  // A backslash at a line's end swallows the break and the blanks after it.
  let past = at + 1;
  while (inner[past] === ' ' || inner[past] === '\t') past++;
  if (inner[past] === '\n' || inner[past] === '\r') {
    while (past < inner.length && /\s/.test(inner[past]!)) past++;
    return { decoded: '', length: past - at };
  }
  wrong();
  return { decoded: '\\', length: 1 };
}

function mapOf(starts: readonly number[], places: readonly number[]): SourceMap {
  return (offset) => {
    const low = lastStart(starts, offset);
    const next = places[low + 1];
    const place = places[low]! + offset - starts[low]!;
    return next === undefined ? place : Math.min(place, next);
  };
}
