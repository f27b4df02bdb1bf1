import type { Span } from '../../model';
import { parse } from './parser';

/** The separate queries of a text: after an empty line, where a query could end and another begins. Empty lines inside a query do not count. */
export function queriesOf(text: string): readonly Span[] {
  const { starts } = parse(text);
  if (starts.length === 0) return [{ start: 0, end: text.length }];
  return [0, ...starts].map((start, index) => ({
    start: index === 0 ? 0 : lineStart(text, start),
    end: starts[index] === undefined ? text.length : lineStart(text, starts[index]!),
  }));
}

/** Comments directly above a query are its own: the text after the last empty line before it. */
function lineStart(text: string, start: number): number {
  let at = text.lastIndexOf('\n', start - 1) + 1;
  while (at > 0) {
    const before = text.lastIndexOf('\n', at - 2) + 1;
    if (!text.slice(before, at).trim().startsWith('//')) break;
    at = before;
  }
  return at;
}
