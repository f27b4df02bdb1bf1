import { TOKEN_TYPES } from '../../model';
import type { CodeSpan } from '../../ui/CodeText';

/** Editor tokens (five numbers each: delta line, delta start, length, type, 0) as stretches of the text, coloured by their type. */
export function tokenSpans(text: string, tokens: Uint32Array): readonly CodeSpan[] {
  const starts = [0];
  for (const end of text.matchAll(/\r\n?|\n/g)) starts.push(end.index + end[0].length);
  const spans: CodeSpan[] = [];
  let line = 0;
  let column = 0;
  for (let at = 0; at + 4 < tokens.length; at += 5) {
    const lines = tokens[at]!;
    column = lines === 0 ? column + tokens[at + 1]! : tokens[at + 1]!;
    line += lines;
    const start = (starts[line] ?? text.length) + column;
    spans.push({ start, end: start + tokens[at + 2]!, className: `t-${TOKEN_TYPES[tokens[at + 3]!] ?? 'punctuation'}` });
  }
  return spans;
}
