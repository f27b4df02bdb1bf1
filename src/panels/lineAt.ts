import { lastStart } from '../syntax/binary-search';

/** A 1-based line and column. */
interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Finds the line and column of offsets in this text; CRLF, LF and CR end a line, as in the editor. */
export function linesOf(text: string): (offset: number) => LineColumn {
  const starts = [0];
  for (const end of text.matchAll(/\r\n?|\n/g)) starts.push(end.index + end[0].length);
  return (offset) => {
    const low = lastStart(starts, offset);
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}
