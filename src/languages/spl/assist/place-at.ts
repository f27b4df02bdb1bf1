import type { Span } from '../../../model';
import { lex, type SplLexeme } from '../parse/lexer';

/** What stands around a place in a query, as far as completion asks. */
export interface Place {
  /** The token the place is in, or right behind; null in a blank. */
  readonly current: SplLexeme | null;
  /** The tokens of the same segment before that one, the command first. */
  readonly before: readonly SplLexeme[];
  /** A pipe or a bracket begins the segment; false at the start of a query without one. */
  readonly isPiped: boolean;
  /** What stands before the segment in the same pipeline: the text behind the innermost open bracket, without the pipe. */
  readonly earlier: Span;
  textOf(token: SplLexeme): string;
}

const TOUCHING: ReadonlySet<SplLexeme['kind']> = new Set(['word', 'string', 'quoted', 'macro', 'argument']);

/** The place `offset` in a text. Linear in the text before it. */
export function placeAt(text: string, offset: number): Place {
  const { lexemes } = lex(text);
  const levels: { from: number; isPiped: boolean; start: number; pipe: number }[] = [{ from: 0, isPiped: false, start: 0, pipe: 0 }];
  let at = 0;
  for (; at < lexemes.length; at++) {
    const token = lexemes[at]!;
    if (token.kind === 'end' || token.start >= offset || (token.end >= offset && TOUCHING.has(token.kind) && (token.end > offset || !isClosed(token)))) break;
    if (token.kind === '|') levels[levels.length - 1] = { from: at + 1, isPiped: true, start: levels.at(-1)!.start, pipe: token.start };
    else if (token.kind === '[') levels.push({ from: at + 1, isPiped: false, start: token.end, pipe: token.end });
    else if (token.kind === ']' && levels.length > 1) levels.pop();
  }
  const token = lexemes[at];
  const isInside = token !== undefined && TOUCHING.has(token.kind) && token.start < offset && token.end >= offset;
  const { from, isPiped, start, pipe } = levels.at(-1)!;
  return {
    current: isInside ? token : null,
    before: lexemes.slice(from, at),
    isPiped: isPiped || levels.length > 1,
    earlier: { start, end: pipe },
    textOf: ({ start, end }) => text.slice(start, end),
  };
}

/** A text or a macro whose closing sign stands: behind it another token begins. */
const isClosed = (token: SplLexeme): boolean => (token.kind === 'string' || token.kind === 'quoted' || token.kind === 'macro') && token.open === undefined;
