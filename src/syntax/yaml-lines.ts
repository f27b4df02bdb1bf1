/** A line of YAML as indentation and a key, so that a place can be told while the text is broken. */
interface Line {
  /** Column of the first dash, or of the content where there is none. */
  readonly dash: number;
  /** Column of the content after the dashes. */
  readonly indent: number;
  readonly key: string | null;
  readonly hasDash: boolean;
  /** Column after the key's colon and blank. */
  readonly value: number;
}

const KEY = /^(?:'([^']*)'|"([^"]*)"|([^'"#\s[\]{}][^:#]*?))\s*:(?=\s|$)/;

/** Reads a line, as far as its beginning says what it is. */
export function lineOf(line: string): Line {
  const [, blanks = '', dashes = ''] = /^( *)((?:- +)*)/.exec(line)!;
  const indent = blanks.length + dashes.length;
  const rest = line.slice(indent, indent + 300);
  const key = KEY.exec(rest);
  const after = key === null ? indent : indent + key[0].length;
  return {
    dash: blanks.length,
    indent,
    key: key === null ? null : (key[1] ?? key[2] ?? key[3]!),
    hasDash: dashes !== '',
    value: after + (/^\s*/.exec(line.slice(after, after + 100))?.[0].length ?? 0),
  };
}

/** Keys of the lines above one that begins at `start`, down to the offset `floor`, that are indented less; innermost last. Linear in the text above. */
export function keysAbove(text: string, start: number, floor: number, own: Line): readonly string[] {
  const path: string[] = [];
  let limit = own.hasDash ? own.dash : own.indent;
  let isItem = own.hasDash;
  let end = start - 1;
  while (end > floor && (limit > 0 || isItem)) {
    const from = Math.max(text.lastIndexOf('\n', end - 1) + 1, floor);
    const line = text.slice(from, Math.min(end, from + 400));
    end = from - 1;
    if (/^\s*(?:#|$)/.test(line)) continue;
    const above = lineOf(line);
    if (above.key === null) continue;
    const holds = above.indent < limit || (isItem && above.indent === limit && !above.hasDash);
    if (!holds) continue;
    path.unshift(above.key);
    limit = above.hasDash ? above.dash : above.indent;
    isItem = above.hasDash;
  }
  return path;
}
