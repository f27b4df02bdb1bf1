import type { EventValue } from '../../model';
import { listInside, type Unwrapped, unwrap } from './exports';
import { isTooDeep, parseJson } from './json-text';
import { CAPS, type Sink, type TextReader } from './sink';
import { splitLines } from './split-lines';

/** Reads JSON in any arrangement: a line each, one after the other, a list, an object, or one of the exports that `exports.ts` knows. */
export function jsonReader(sink: Sink): TextReader {
  let head = '';
  let reader: TextReader | null = null;

  function decide(isWhole: boolean): void {
    // Only so many characters decide, wherever the text's pieces were cut.
    const rest = head.trimStart().slice(0, DECIDING);
    const lines = rest.split(/\n\s*/, 3);
    // Two lines tell whether each is a value of its own, even if one of them is damaged.
    if (!isWhole && rest.length < DECIDING && lines.length < 3) return;
    const isLines = rest.startsWith('{') && lines.slice(0, isWhole ? 2 : lines.length - 1).some(isObject);
    reader = isLines ? jsonLines(sink) : jsonValues(sink);
    sink.recognised(isLines && lines.length > 1 && lines[1]!.trim() !== '' ? 'NDJSON' : 'JSON');
    reader.push(head);
    head = '';
  }

  return {
    push(text) {
      if (reader !== null) return reader.push(text);
      head += text;
      decide(false);
    },
    end() {
      if (reader === null) decide(true);
      reader?.end();
    },
  };
}

const DECIDING = 1 << 20;

function isObject(line: string): boolean {
  const text = line.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function jsonLines(sink: Sink): TextReader {
  const place = placed(sink);
  return splitLines(sink, (line, number) => {
    if (line === '' || line.trim() === '') return;
    place.line = number;
    take(line, place);
  });
}

/** Where events and problems go, with the line that is being read. */
interface Placed extends Unwrapped {
  line: number;
}

function placed(sink: Sink): Placed {
  const place: Placed = { line: 1, event: sink.event, problem: (sentence) => sink.problem('line', place.line, sentence) };
  return place;
}

/** Gives the events of one JSON text; what it is not is said with its place. False: this is no JSON. */
function take(text: string, place: Placed): boolean {
  let value: EventValue;
  try {
    value = parseJson(text);
  } catch (error) {
    // A SyntaxError, or a RangeError for nesting that the engine refuses.
    place.problem(`This is no JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read'}`);
    return false;
  }
  if (isTooDeep(value)) place.problem(`Objects and lists lie more than ${CAPS.nesting} deep in each other; passed over.`);
  else unwrap(value, place);
  return true;
}

/** Values one after the other, or the members of lists at the top. Finds each value's end by its brackets, so that one alone is held. */
function jsonValues(sink: Sink): TextReader {
  const place = placed(sink);
  let open: string[] = [];
  let openLength = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let inList = false;
  let line = 1;
  let startLine = 1;
  // Blanks before what stands first in the line, and before the open value; null: it does not stand first.
  let indent: string | null = '';
  let startIndent: string | null = null;
  let rescans = 0;
  let isOver = false;
  // In an object too long to be held, its list is read as it comes; what stands behind the list counts pages and the like.
  let isOpened = false;
  let isTried = false;
  let tail = -1;
  let junkOnLine = 0;

  function finish(piece: string): void {
    const text = open.length === 0 ? piece : open.join('') + piece;
    open = [];
    openLength = 0;
    place.line = startLine;
    if (!take(text, place)) salvage(text);
  }

  /**
   * A damaged value may have swallowed those behind it, so that it ends at a bracket of another. Lines that begin with an object as far from the margin as
   * the damaged one began are its equals; objects inside it lie further in, and are never taken for events.
   */
  function salvage(text: string): void {
    if (startIndent === null) return;
    const next = text.indexOf(`\n${startIndent}{`);
    if (next < 0) return;
    if (++rescans > 20) {
      isOver = true;
      return sink.cut('Too many JSON values are damaged: the rest was not read.');
    }
    line = startLine;
    for (let at = text.indexOf('\n'); at >= 0 && at < next; at = text.indexOf('\n', at + 1)) line++;
    indent = null;
    scan(text.slice(next));
  }

  function scan(text: string): void {
    let at = 0;
    let start = 0;
    if (tail >= 0) tail += text.length;
    while (at < text.length) {
      if (isOver || tail >= 0 || sink.isStopped()) return;
      if (inString) {
        if (escaped) {
          escaped = false;
          at++;
          continue;
        }
        const quote = text.indexOf('"', at);
        const to = quote < 0 ? text.length : quote;
        let before = to;
        while (before > at && text.charCodeAt(before - 1) === 0x5c) before--;
        const isOdd = (to - before) % 2 === 1;
        if (quote < 0) escaped = isOdd;
        else if (!isOdd) inString = false;
        at = quote < 0 ? to : to + 1;
        continue;
      }
      const code = text.charCodeAt(at);
      if (code === 0x0a) {
        line++;
        indent = '';
      }
      if (depth > 0) {
        at++;
        if (code === 0x22) inString = true;
        else if (code === 0x7b || code === 0x5b) depth++;
        else if ((code === 0x7d || code === 0x5d) && --depth === 0) {
          const from = start;
          start = at;
          indent = null;
          finish(text.slice(from, at));
        }
        continue;
      }
      if (code === 0x7b || (code === 0x5b && inList)) {
        isTried = isOpened;
        depth = 1;
        start = at;
        startLine = line;
        startIndent = indent;
      } else if (code === 0x5b) inList = true;
      else if (code === 0x5d && inList) {
        inList = false;
        if (isOpened) tail = text.length - at;
      } else if (code > 0x20 && code !== 0x2c && code !== 0xfeff) {
        // A text alone is passed over as a whole: it may hold brackets.
        if (code === 0x22) inString = true;
        if (junkOnLine !== line) sink.problem('line', line, 'What stands here is no event: neither an object nor a list of them.');
        junkOnLine = line;
      }
      if (code > 0x20) indent = null;
      else if (code !== 0x0a && code !== 0x0d && indent !== null) indent = indent.length < 200 ? indent + text[at]! : null;
      at++;
    }
    if (depth > 0) {
      const piece = start === 0 ? text : text.slice(start);
      open.push(piece);
      openLength += piece.length;
      if (openLength > HELD && !isTried) openList();
      if (openLength > CAPS.document) {
        isOver = true;
        sink.cut(
          `The JSON value that begins in line ${startLine} has more than ${CAPS.document} characters: it and what follows was not read. One event a line (NDJSON) has no such limit.`,
        );
      }
    }
  }

  /** The object is longer than what is held of it: if it is a wrapper by its beginning, its list's members are read one by one from here on. */
  function openList(): void {
    isTried = true;
    const text = open.join('');
    const from = text.startsWith('{') ? listInside(text.slice(0, 65_536)) : -1;
    if (from < 0) return;
    isOpened = true;
    reset();
    inList = true;
    line = startLine;
    for (let at = text.indexOf('\n'); at >= 0 && at < from; at = text.indexOf('\n', at + 1)) line++;
    scan(text.slice(from));
  }

  function reset(): void {
    open = [];
    openLength = 0;
    depth = 0;
    inString = false;
    escaped = false;
  }

  return {
    push: scan,
    end() {
      if (tail > TAIL) sink.cut(`Behind the list of events in the JSON object stand ${tail} characters; they were not read.`);
      if (isOpened && tail < 0 && depth === 0 && !isOver && !sink.isStopped()) sink.problem('line', line, 'The list of events does not end.');
      while (depth > 0 && !isOver) {
        const text = open.join('');
        sink.problem('line', startLine, 'The JSON value that begins here does not end.');
        reset();
        salvage(text);
      }
    },
  };
}

/** Characters of an object that are held before its list is opened, and those behind the list that say nothing of events. */
const HELD = 1 << 22;
const TAIL = 1 << 16;
