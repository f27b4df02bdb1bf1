import { layOut, type Piece } from '../../../syntax/layout';
import { lex } from '../parse/lexer';

/** Lines indented by depth, one blank where there were several. */
export function format(text: string): string {
  const pieces = lex(text).flatMap(({ kind, start, end }): readonly Piece[] => {
    if (kind === 'end') return [];
    const role = kind === '(' ? 'open' : kind === ')' ? 'close' : undefined;
    return [role === undefined ? { start, end } : { start, end, role }];
  });
  return layOut(text, pieces, { step: 2, brackets: 'hang', between: (left, right) => (left.role === 'open' || right.role === 'close' ? '' : null) });
}
