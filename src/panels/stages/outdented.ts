import type { Span } from '../../model';

/** A stretch of a text without the indentation its lines share, the first line's own included. */
export function outdented(text: string, { start, end }: Span): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const own = /^[ \t]*/.exec(text.slice(lineStart, start))![0].length;
  const [first = '', ...rest] = text.slice(start, end).split('\n');
  const shared = rest.reduce((least, line) => (line.trim() === '' ? least : Math.min(least, line.search(/\S/))), lineStart + own === start ? own : Infinity);
  return [first, ...rest.map((line) => line.slice(Number.isFinite(shared) ? shared : 0))].join('\n');
}
