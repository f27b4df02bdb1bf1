import type { Token } from '../../../model';
import { layOut, type Piece, SIGN_ROLES } from '../../../syntax/layout';
import { lex } from '../parse/lexer';

/** A command a line; commands and operators in the case of the first command. Names, values, and all comments, as they are. `tokens`: as the analysis colours the text. */
export function format(text: string, tokens: readonly Token[]): string {
  return layOut(text, piecesOf(text, tokens), { step: 4, brackets: 'hang', between });

  function between(left: Piece, right: Piece): ' ' | '' | null {
    if (left.role === 'open' || right.role === 'close') return '';
    return COMPARES.has(text.slice(right.start, right.end)) || COMPARES.has(text.slice(left.start, left.end)) ? ' ' : null;
  }
}

const COMPARES: ReadonlySet<string> = new Set(['==', '!=', '<=', '>=']);

function piecesOf(text: string, tokens: readonly Token[]): readonly Piece[] {
  const words = new Set(tokens.filter(({ type }) => type === 'key' || type === 'keyword').map(({ start }) => start));
  const first = tokens.find(({ type }) => type === 'key');
  const isUpper = first !== undefined && /^[^a-z]*$/.test(text.slice(first.start, first.end));
  return lex(text).flatMap(({ kind, start, end }): readonly Piece[] => {
    if (kind === 'end') return [];
    if (kind === 'comment') return [{ start, end, role: text.startsWith('//', start) ? 'line-comment' : 'comment' }];
    const role = SIGN_ROLES[kind];
    if (role !== undefined) return [{ start, end, role }];
    const word = text.slice(start, end);
    const cased = isUpper ? word.toUpperCase() : word.toLowerCase();
    return [words.has(start) && cased !== word ? { start, end, as: cased } : { start, end }];
  });
}
