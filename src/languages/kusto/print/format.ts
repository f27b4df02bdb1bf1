import { layOut, type Piece, SIGN_ROLES } from '../../../syntax/layout';
import { lex } from '../parse/lexer';

/** A stage a line, statements apart, what stands in brackets one step in; the words, and all comments, as they are. */
export function format(text: string): string {
  return layOut(text, piecesOf(text), { step: 4, brackets: 'hang', between });

  function between(left: Piece, right: Piece): ' ' | '' | null {
    if (left.role === 'open' || right.role === 'close') return '';
    const mark = text.slice(right.start, right.end);
    if (mark === ',' || mark === ';') return '';
    return text.slice(left.start, left.end) === ',' || COMPARES.has(mark) || COMPARES.has(text.slice(left.start, left.end)) ? ' ' : null;
  }
}

const COMPARES: ReadonlySet<string> = new Set(['==', '=~', '!=', '!~', '<>', '<=', '>=']);

function piecesOf(text: string): readonly Piece[] {
  const { lexemes, comments } = lex(text);
  const pieces: Piece[] = lexemes.flatMap(({ kind, start, end, text: word }) => {
    if (kind === 'end') return [];
    const role = kind === 'punctuation' ? SIGN_ROLES[word] : word === 'let' || word === 'declare' ? 'binding' : undefined;
    return [role === undefined ? { start, end } : { start, end, role }];
  });
  return [...pieces, ...comments.map(({ start, end }): Piece => ({ start, end, role: 'line-comment' }))].sort((a, b) => a.start - b.start);
}
