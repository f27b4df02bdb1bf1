import type { EventValue } from '../../model';
import { withRaw } from './exports';
import { type Draft, set } from './put';
import { CAPS, type Sink, type TextReader } from './sink';
import { headerKind, mappedValue, typedValue } from './table-types';

/** A column of a table; the type is one that a typed header gave, else `string`. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/** Called with the columns when the header is read, the row then being null, and with each row. */
export type OnRow = (columns: readonly Column[], row: readonly EventValue[] | null) => void;

/** The character between a table's cells. */
export type Delimiter = ',' | ';' | '\t' | '|';

/**
 * Reads a table with a header (RFC 4180; also with tabs, semicolons or bars). An empty cell without quotes is no value, `""` is the empty text. With a typed
 * header, `name:type` in each cell, values have their types and an empty text column is `''`; with a mapping's types (`keyword`, `integer`, `ip` …) blanks
 * around cells are left out, an empty cell is no value, and `[a, b]` is a list.
 */
export function csvReader(sink: Sink, delimiter: Delimiter, onRow: OnRow | null = null): TextReader {
  let rest = '';
  let wait = 0;
  let line = 1;
  let columns: readonly Column[] | null = null;
  let kind: ReturnType<typeof headerKind> = 'plain';
  let resyncs = 0;
  // A quote that never closes swallows what follows: the table is then read on without quotes' meaning.
  let quotes = true;

  function header(cells: readonly Cell[]): void {
    const names = cells.map(({ text }) => text.replace(/^\ufeff/, '').trim());
    kind = headerKind(names);
    const isTyped = kind !== 'plain';
    const used = new Map<string, number>();
    columns = names.slice(0, CAPS.columns).map((whole, place) => {
      const name = (isTyped ? whole.slice(0, whole.lastIndexOf(':')) : whole) || `column_${place + 1}`;
      const times = (used.get(name) ?? 0) + 1;
      used.set(name, times);
      return { name: times === 1 ? name : `${name}_${times}`, type: isTyped ? whole.slice(whole.lastIndexOf(':') + 1) : 'string' };
    });
    if (names.length > CAPS.columns) sink.cut(`The table has ${names.length} columns; ${CAPS.columns} were read.`);
    onRow?.(columns, null);
  }

  function row(cells: readonly Cell[]): void {
    if (columns === null) return header(cells);
    if (cells.length > columns.length && columns.length < CAPS.columns)
      sink.problem('line', line, `The row has ${cells.length} cells, the header ${columns.length}; the others were left out.`);
    const values = columns.map(({ type }, place) => valueOf(cells[place], type));
    onRow?.(columns, values);
    const event: Draft = {};
    // A row that ends early has no value in its last columns, and no such field.
    for (let place = 0; place < Math.min(columns.length, cells.length); place++) set(event, columns[place]!.name, values[place]!);
    sink.event(withRaw(event));
  }

  function valueOf(cell: Cell | undefined, type: string): EventValue {
    if (cell === undefined) return null;
    const { text, quoted } = cell;
    switch (kind) {
      case 'plain':
        return text === '' && !quoted ? null : text;
      case 'typed':
        return text === '' && type !== 'string' ? null : typedValue(text, type);
      case 'mapped':
        return quoted ? typedValue(text, type) : mappedValue(text, type);
      default:
        return kind satisfies never;
    }
  }

  function scan(isLast: boolean): void {
    let from = 0;
    while (from < rest.length && !sink.isStopped()) {
      const read = record(rest, from, delimiter, { quotes, brackets: kind === 'mapped' }, isLast);
      if (read === null) {
        if (rest.length - from <= CAPS.event && !isLast) break;
        const isOpen = rest.length - from <= CAPS.event;
        sink.problem(
          'line',
          line,
          isOpen ? 'A quote opens here and does not close; the line was passed over.' : `The row has more than ${CAPS.event} characters; it was passed over.`,
        );
        if (++resyncs > 20) quotes = false;
        const next = rest.indexOf('\n', from);
        from = next < 0 ? rest.length : next + 1;
        line++;
        continue;
      }
      // A blank line is no row.
      if (read.cells.length > 1 || read.cells[0]!.text !== '' || read.cells[0]!.quoted) row(read.cells);
      line += read.lines;
      from = read.end;
    }
    rest = rest.slice(from);
    wait = rest.length * 2;
  }

  return {
    push(text) {
      rest += text;
      if (rest.length >= wait) scan(false);
    },
    end: () => scan(true),
  };
}

interface Record {
  readonly cells: readonly Cell[];
  readonly end: number;
  readonly lines: number;
}

interface Cell {
  readonly text: string;
  readonly quoted: boolean;
}

/** What may hold a delimiter in a cell. */
interface Enclosing {
  readonly quotes: boolean;
  readonly brackets: boolean;
}

/** One record from a place; null: its end is not there yet. */
function record(text: string, from: number, delimiter: Delimiter, { quotes, brackets }: Enclosing, isLast: boolean): Record | null {
  const cells: Cell[] = [];
  let at = from;
  let lines = 1;
  const newline = text.indexOf('\n', from);
  if (newline < 0 && !isLast) return null;
  const lineEnd = newline < 0 ? text.length : newline;
  const firstQuote = quotes ? text.indexOf('"', from) : -1;
  // The usual row has no quote: its line is cut at the delimiters.
  if (!brackets && (firstQuote < 0 || firstQuote > lineEnd)) {
    const line = text.slice(from, text.charCodeAt(lineEnd - 1) === 0x0d && lineEnd > from ? lineEnd - 1 : lineEnd);
    for (const cell of line.split(delimiter)) cells.push({ text: cell, quoted: false });
    return { cells, end: lineEnd + 1, lines };
  }
  for (;;) {
    if (brackets) while (text[at] === ' ' || text[at] === '\t') at++;
    const closing = brackets && text[at] === '[' ? closingBracket(text, at, lineEnd, delimiter) : -1;
    if (closing >= 0) {
      cells.push({ text: text.slice(at, closing + 1), quoted: false });
      at = endOfCell(text, closing, delimiter);
    } else if (quotes && text.charCodeAt(at) === 0x22) {
      let close = text.indexOf('"', at + 1);
      while (close >= 0 && text.charCodeAt(close + 1) === 0x22) close = text.indexOf('"', close + 2);
      // What follows the closing quote must be there to know that it closes.
      if (close < 0 || (close + 1 >= text.length && !isLast)) return null;
      const inside = text.slice(at + 1, close);
      for (let end = inside.indexOf('\n'); end >= 0; end = inside.indexOf('\n', end + 1)) lines++;
      const after = endOfCell(text, close + 1, delimiter);
      if (after === text.length && !isLast) return null;
      // Text between a closing quote and the delimiter belongs to the cell, as it stands.
      cells.push({ text: inside.replaceAll('""', '"') + trimEnd(text, close + 1, after), quoted: true });
      at = after;
    } else {
      const after = endOfCell(text, at, delimiter);
      if (after === text.length && !isLast) return null;
      cells.push({ text: trimEnd(text, at, after), quoted: false });
      at = after;
    }
    if (text[at] !== delimiter) return { cells, end: at + 1, lines };
    at++;
  }
}

/** Where a list that begins here ends: at a bracket with nothing but blanks behind it; -1: it does not end in its line. */
function closingBracket(text: string, from: number, lineEnd: number, delimiter: Delimiter): number {
  for (let at = text.indexOf(']', from); at >= 0 && at < lineEnd; at = text.indexOf(']', at + 1)) {
    let after = at + 1;
    while (after < lineEnd && (text[after] === ' ' || text[after] === '\r')) after++;
    if (after === lineEnd || text[after] === delimiter) return at;
  }
  return -1;
}

function endOfCell(text: string, from: number, delimiter: Delimiter): number {
  const code = delimiter.charCodeAt(0);
  for (let at = from; at < text.length; at++) {
    const found = text.charCodeAt(at);
    if (found === code || found === 0x0a) return at;
  }
  return text.length;
}

const trimEnd = (text: string, from: number, to: number): string =>
  text.slice(from, to > from && text.charCodeAt(to - 1) === 0x0d && (to === text.length || text.charCodeAt(to) === 0x0a) ? to - 1 : to);

/**
 * The delimiter of a table by its first lines; null: these are no table. A header's cells are names: short, no `=`, and the rows below have as many cells.
 */
export function delimiterOf(head: string, isNamedTable: boolean, isWhole: boolean): Delimiter | null {
  const sample = head.replace(/^\ufeff/, '');
  for (const delimiter of sample.slice(0, Math.max(0, sample.indexOf('\n'))).includes('\t') ? TAB_FIRST : COMMA_FIRST) {
    const first = record(sample, 0, delimiter, QUOTES, isWhole);
    if (first === null || first.cells.length < 2) continue;
    const names = first.cells.map(({ text }) => text.trim());
    if (names.some((name) => name.length > 200 || /[=<>{}]/.test(name)) || names.filter((name) => name === '').length > names.length / 2) continue;
    if (isNamedTable || headerKind(names) !== 'plain') return delimiter;
    let rows = 0;
    let alike = 0;
    for (let from = first.end; from < sample.length && rows < 20;) {
      const next = record(sample, from, delimiter, QUOTES, isWhole);
      if (next === null) break;
      rows++;
      if (next.cells.length === first.cells.length) alike++;
      from = next.end;
    }
    if (alike * 5 >= rows * 4) return delimiter;
  }
  // A table of one column has no delimiter; only its file's name or a type in its header tells it.
  const line = /^[^\r\n]*/.exec(sample)![0].trim();
  return isNamedTable || (/^[\w.@-]+:[a-z_]+$/.test(line) && headerKind([line]) !== 'plain') ? ',' : null;
}

const QUOTES: Enclosing = { quotes: true, brackets: false };
const COMMA_FIRST: readonly Delimiter[] = [',', '\t', ';', '|'];
const TAB_FIRST: readonly Delimiter[] = ['\t', ',', ';', '|'];
