import type { Span } from '../../../model';
import { keysAbove, lineOf } from '../../../syntax/yaml-lines';

/** Where a cursor stands in a Sigma text, read from its line and the indentation above it, so that it works while the text is broken. */
export interface Place {
  /** Keys above, outermost first, with the line's own key when the cursor stands in its value: `detection`, `selection`, `Image|endswith`. */
  readonly path: readonly string[];
  /** Whether a key is being written; else it is a value. */
  readonly isKey: boolean;
  /** The word or value that is being written: what accepting a suggestion replaces. */
  readonly span: Span;
  /** The value's text before the word: for a condition, what stands left of it. */
  readonly before: string;
  /** Whether the word stands inside quotes. */
  readonly isQuoted: boolean;
  /** The document's place in the text. */
  readonly document: Span;
}

/** The place of an offset; total, linear in the text above it. */
export function placeAt(text: string, offset: number): Place {
  const document = documentAt(text, offset);
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const line = text.slice(start, newline === -1 ? text.length : newline).replace(/\r$/, '');
  const column = Math.min(offset - start, line.length);
  const own = lineOf(line);
  const inValue = own.key !== null && column >= own.value && column > own.indent + own.key.length;
  const path = keysAbove(text, start, document.start, own);
  const word = inValue ? own.value : Math.min(own.indent, column);
  const holder = path[path.length - 1];
  const isItem = own.hasDash && own.key === null && !inValue && holder !== undefined && !isSelection(path);
  const isExpression = holder === 'condition' && path[0] !== 'correlation';
  const isKey = !inValue && !isItem && !isExpression;
  const at = wordAt(line, word, column, isKey, (inValue ? own.key : holder) === 'condition');
  return {
    path: inValue ? [...path, own.key!] : path,
    isKey,
    // Behind a carriage return there is no word.
    span: offset > start + line.length ? { start: offset, end: offset } : { start: start + at.start, end: Math.max(start + at.end, offset) },
    before: line.slice(word, at.start),
    isQuoted: at.start > 0 && (line[at.start - 1] === "'" || line[at.start - 1] === '"'),
    document,
  };
}

/** A list right below a search identifier may hold mappings: a key can stand after its dash. */
const isSelection = (path: readonly string[]): boolean =>
  path.length === 2 && (path[0] === 'detection' || path[0] === 'filter') && path[1] !== 'condition' && path[1] !== 'rules';

/** From the word's start to its end: for a key up to a bar or colon, in a condition up to a blank or parenthesis, else the whole value. */
function wordAt(line: string, from: number, column: number, isKey: boolean, isCondition: boolean): { readonly start: number; readonly end: number } {
  let start = from;
  if (line[start] === "'" || line[start] === '"') start = Math.min(start + 1, column);
  const stops = isKey ? '|:\'"' : isCondition ? ' ()\'"' : '\'"';
  for (let at = start; at < column; at++) if (isKey ? line[at] === '|' : isCondition && stops.includes(line[at]!)) start = at + 1;
  let end = column;
  while (end < line.length && !stops.includes(line[end]!) && line.slice(end, end + 2) !== ' #') end++;
  while (end > column && line[end - 1] === ' ') end--;
  return { start: Math.min(start, column), end };
}

function documentAt(text: string, offset: number): Span {
  let start = 0;
  let end = text.length;
  const divider = /^---(?=\s|$)/gm;
  for (let match = divider.exec(text); match !== null; match = divider.exec(text)) {
    if (match.index + 3 <= offset) start = match.index + 3;
    else {
      end = match.index;
      break;
    }
  }
  return { start, end };
}
