import type { Token } from '../../model';
import type { Lexed } from './lexer';

/** What the editor colours, in order: lexemes as the parser named them, and comments. */
export function tokensOf({ lexemes, comments }: Lexed): readonly Token[] {
  const tokens: Token[] = [];
  let comment = 0;
  for (const { start, end, colour } of lexemes) {
    for (; comment < comments.length && comments[comment]!.start < start; comment++) tokens.push({ ...comments[comment]!, type: 'comment' });
    if (colour !== null && end > start) tokens.push({ start, end, type: colour });
  }
  for (; comment < comments.length; comment++) tokens.push({ ...comments[comment]!, type: 'comment' });
  return tokens;
}
