import type { Token } from '../../../model';
import { layOut, type Piece } from '../../../syntax/layout';
import { lex } from '../parse/lexer';

/** A command a line, a subsearch of several on lines of its own; AND, OR and NOT in capitals where they join. Words, and all comments, as they are. `tokens`: as the analysis colours the text. */
export const format = (text: string, tokens: readonly Token[]): string => layOut(text, piecesOf(text, tokens), { step: 4, brackets: 'lead' });

function piecesOf(text: string, tokens: readonly Token[]): readonly Piece[] {
  const keywords = new Set(tokens.filter(({ type }) => type === 'keyword').map(({ start }) => start));
  const { lexemes, comments } = lex(text);
  const pieces: Piece[] = lexemes.flatMap(({ kind, start, end }): readonly Piece[] => {
    if (kind === 'end') return [];
    const role = ROLES[kind];
    if (role !== undefined) return [{ start, end, role }];
    const word = text.slice(start, end);
    return [keywords.has(start) && /^(?:and|or|not)$/i.test(word) && word !== word.toUpperCase() ? { start, end, as: word.toUpperCase() } : { start, end }];
  });
  return [...pieces, ...comments.map(({ start, end }): Piece => ({ start, end, role: 'comment' }))].sort((a, b) => a.start - b.start);
}

const ROLES: Readonly<Record<string, Piece['role']>> = { '|': 'pipe', '(': 'open', '[': 'open', ')': 'close', ']': 'close' };
