import type { Scalar } from 'yaml';
import type { Span, TextEdit } from '../model';
import { type Embedded, mapped, verbatim } from './embedded';
import { textOfScalar } from './yaml';

/** The text of a YAML string scalar with the way between its offsets and the document's: plain, quoted, literal and folded. Linear. */
export function embeddedScalar(document: string, node: Scalar): Embedded {
  const read = readScalar(document, node);
  // JSON is YAML too, and has no block texts.
  const isJson = /^\s*[{[]/.test(document);
  return isJson
    ? { ...read, rewrite: (text) => ({ span: read.span, text: JSON.stringify(text) }) }
    : { ...read, rewrite: (text) => blockOf(document, read.span, text) };
}

/** A literal block in place of a scalar: its own header where it has one, a step under its key's line else. */
function blockOf(document: string, { start, end }: Span, text: string): TextEdit | null {
  const isBlock = '|>'.includes(document[start]!);
  // An indentation that is said in the header is not reckoned with.
  if (isBlock && /^[|>](?:[+-]?\d)/.test(document.slice(start, start + 3))) return null;
  const line = document.lastIndexOf('\n', start - 1) + 1;
  const headEnd = document.indexOf('\n', start);
  const isEmpty = headEnd === -1 || headEnd >= end;
  const first = isBlock && !isEmpty ? /^(?:[ \t]*\r?\n)*([ \t]*)/.exec(document.slice(headEnd + 1, end))![1]!.length : 0;
  const indent = ' '.repeat(first > 0 ? first : /^[ -]*/.exec(document.slice(line, start))![0].length + BLOCK_STEP);
  const eol = document.includes('\r\n') ? '\r\n' : '\n';
  const body = text
    .replace(/^\s*\n|\s+$/g, '')
    .split(/\r?\n/)
    .map((written) => (written === '' ? '' : indent + written))
    .join(eol);
  if (!isBlock) return { span: { start, end }, text: `|-${eol}${body}` };
  const tail = /\s*$/.exec(document.slice(start, end))![0];
  const head = document.slice(start, headEnd + 1).replace('>', '|');
  return { span: { start, end: end - tail.length }, text: head + body };
}

const BLOCK_STEP = 2;

function readScalar(document: string, node: Scalar): Embedded {
  const text = textOfScalar(node);
  const [start, end] = node.range ?? [0, 0];
  const span = { start, end };
  const aligned = ({ places, ends }: Alignment, encode: Embedded['encode']): Embedded => mapped(text, span, places, encode, ends);
  switch (node.type) {
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED':
      return block(document, text, span);
    case 'QUOTE_DOUBLE':
      return aligned(align(document, text, start + 1, end, 0, '"'), (insert) => insert.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t'));
    case 'QUOTE_SINGLE':
      return aligned(align(document, text, start + 1, end, 0, "'"), (insert) => insert.replace(/'/g, "''").replace(/\n/g, '\n\n  '));
    default:
      if (document.startsWith(text, start)) return { ...verbatim(text, span), encode: plain };
      return aligned(align(document, text, start, end, 0, ''), plain);
  }
}

/** In a plain scalar a line break would fold and `: ` or ` #` would end it. */
const plain = (insert: string): string | null => (/\n|:\s|\s#|:$/.test(insert) ? null : insert);

function block(document: string, text: string, span: Span): Embedded {
  const headEnd = document.indexOf('\n', span.start);
  const from = headEnd === -1 || headEnd >= span.end ? span.end : headEnd + 1;
  const indent = indentOf(document, text, from, span.end);
  const { places, ends } = align(document, text, from, span.end, indent, '|');
  return mapped(text, span, places, (insert) => insert.replace(/\n(?=[^\n])/g, `\n${' '.repeat(indent)}`), ends);
}

/** The first line with content shows the indentation: its blanks in the document less those that are content. */
function indentOf(document: string, text: string, from: number, to: number): number {
  let inText = 0;
  let at = 0;
  while (at < text.length && (text[at] === '\n' || text[at] === ' ')) inText = text[at++] === '\n' ? 0 : inText + 1;
  let inDocument = 0;
  let place = from;
  while (place < to && ' \r\n'.includes(document[place]!)) inDocument = document[place++] === ' ' ? inDocument + 1 : 0;
  return Math.max(0, inDocument - inText);
}

const isBlank = (unit: string | undefined): boolean => unit === ' ' || unit === '\t' || unit === '\n' || unit === '\r';

/** Where each decoded unit begins and ends in the document; of `places` one more, where the text ends. */
interface Alignment {
  readonly places: Uint32Array;
  readonly ends: Uint32Array;
}

/**
 * Walks the decoded text and its source side by side. `style` is the quote, '|' for block scalars, '' for plain ones:
 * blanks the decoder dropped or folded are skipped, every decoded unit gets the place it came from.
 */
function align(document: string, text: string, from: number, to: number, indent: number, style: string): Alignment {
  const places = new Uint32Array(text.length + 1);
  const ends = new Uint32Array(text.length);
  let at = from;
  const skipIndent = (): void => {
    let left = style === '|' ? indent : Number.MAX_SAFE_INTEGER;
    while (left-- > 0 && at < to && (document[at] === ' ' || (style !== '|' && document[at] === '\t'))) at++;
  };
  if (style === '|') skipIndent();
  for (let i = 0; i < text.length; i++) {
    const unit = text[i]!;
    while (style === '"' && document[at] === '\\' && (document[at + 1] === '\n' || document[at + 1] === '\r')) {
      at += document[at + 1] === '\r' ? 3 : 2;
      skipIndent();
    }
    if (style === '"' && document[at] === '\\') {
      places[i] = at;
      const length = ESCAPE_LENGTH[document[at + 1]!] ?? 2;
      // One escape may give two units: a character beyond the basic plane.
      if (document[at + 1] === 'U' && unit >= '\ud800' && unit <= '\udbff' && i + 1 < text.length) {
        ends[i] = at + length;
        places[++i] = at;
      }
      at += length;
      ends[i] = at;
      continue;
    }
    if (isBlank(unit)) {
      // A folded line break shows as a blank; blanks before a break were trimmed in flow scalars.
      if (unit === '\n' && document[at] !== '\n') while (at < to && document[at] !== '\n' && isBlank(document[at])) at++;
      if (document[at] === '\r') at++;
      places[i] = at++;
      ends[i] = at;
      if (document[at - 1] === '\n') skipIndent();
      continue;
    }
    while (at < to && document[at] !== unit && isBlank(document[at])) at++;
    places[i] = at;
    at += style === "'" && unit === "'" ? 2 : 1;
    ends[i] = at;
  }
  places[text.length] = Math.min(at, to);
  return { places, ends };
}

const ESCAPE_LENGTH: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };
