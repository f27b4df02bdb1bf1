import { isMissingComma } from './lookahead';
import { isCommand, isMark, type Reader } from './reader';

/** Reads one item after another between commas. A forgotten comma is remarked; a command or a word in `stops` ends the list. */
export function readList<T>(reader: Reader, read: () => T, stops: readonly string[] = []): readonly T[] {
  const { cursor } = reader;
  const items: T[] = [];
  for (;;) {
    items.push(read());
    const token = cursor.peek();
    if (isMark(reader, ',')) {
      cursor.next();
      continue;
    }
    if (token.kind === 'name' && (stops.includes(token.text) || isCommand(token))) return items;
    // What begins a line may be a new step whose pipe is missing, unless it goes on like a list.
    if (reader.depth === 0 && token.breaks > 0 && !isMark(reader, ',', 1) && !isMark(reader, '=', 1)) return items;
    if (!isMissingComma(reader)) return items;
  }
}
