import { isStop, joined, paint, type Reader, wordOf } from './reader';
import type { Option, Word } from '../tree';

/** Option := Name '=' Value; a value may be quoted, or a condition in parentheses. */
export function parseOption(reader: Reader): Option {
  const { cursor } = reader;
  const name = cursor.next();
  paint(name, 'modifier');
  cursor.next();
  const words: Word[] = [];
  let depth = 0;
  while (!isStop(cursor.peek())) {
    const token = cursor.peek();
    const isPart = words.length === 0 || depth > 0 || (token.glued && token.kind !== ',' && token.kind !== ')' && token.kind !== '[' && token.kind !== 'macro');
    if (!isPart) break;
    if (token.kind === '(') depth++;
    if (token.kind === ')') depth--;
    if (depth < 0) break;
    cursor.next();
    const word = wordOf(reader, token);
    if (token.kind === 'word') paint(token, /^-?[\d.]+\w*$/.test(word.text) ? 'number' : 'constant');
    words.push(words.length > 0 && !token.glued ? { ...word, text: ` ${word.text}` } : word);
  }
  const nameWord = wordOf(reader, name);
  const value = words.length === 0 ? { start: name.end, end: name.end, text: '' } : joined(words);
  return { start: name.start, end: Math.max(cursor.last, name.end), name: nameWord.text.toLowerCase(), nameSpan: { start: name.start, end: name.end }, value };
}
