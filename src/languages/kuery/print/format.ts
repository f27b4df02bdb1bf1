import { layOut, type Piece } from '../../../syntax/layout';
import { type KueryLexeme, lex } from '../parse/lexer';

/** Lines indented by depth, `and`, `or` and `not` in small letters; blanks inside a value stay as they are. */
export function format(text: string): string {
  const words = new Set<number>();
  const pieces = lex(text).flatMap((lexeme): readonly Piece[] => {
    if (lexeme.kind === 'end') return [];
    if (lexeme.kind === 'word') words.add(lexeme.start);
    return [pieceOf(text, lexeme)];
  });
  return layOut(text, pieces, {
    step: 2,
    brackets: 'hang',
    between(left, right) {
      if (words.has(left.start) && words.has(right.start)) return 'as written';
      return left.role === 'open' || right.role === 'close' ? '' : null;
    },
  });
}

function pieceOf(text: string, { kind, start, end }: KueryLexeme): Piece {
  if (kind === '(' || kind === '{') return { start, end, role: 'open' };
  if (kind === ')' || kind === '}') return { start, end, role: 'close' };
  return (kind === 'and' || kind === 'or' || kind === 'not') && text.slice(start, end) !== kind ? { start, end, as: kind } : { start, end };
}
