import { layOut, type Piece } from '../../../syntax/layout';
import { type EqlLexeme, lex } from '../parse/lexer';

/** A pipe a line, each item of a sequence on a line of its own; the words, and all comments, as they are. */
export function format(text: string): string {
  return layOut(text, piecesOf(text), { step: 2, brackets: 'hang', between });

  function between(left: Piece, right: Piece): ' ' | '' | null {
    if (left.role === 'open' || right.role === 'close') return '';
    const mark = text.slice(right.start, right.end);
    if (mark === ',') return '';
    return text.slice(left.start, left.end) === ',' || COMPARES.has(mark) || COMPARES.has(text.slice(left.start, left.end)) ? ' ' : null;
  }
}

const COMPARES: ReadonlySet<string> = new Set(['==', '!=', '<=', '>=']);
/** What takes items in brackets. */
const SERIES: ReadonlySet<string> = new Set(['sequence', 'sample', 'join']);
/** What a bracket stands behind that looks into an array. */
const INDEXED: ReadonlySet<string> = new Set(['word', 'part', 'quoted-name', 'variable', ']']);

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let before: EqlLexeme | null = null;
  const lexemes = lex(text);
  const first = lexemes.find(({ kind }) => kind !== 'comment')!;
  const isSeries = SERIES.has(text.slice(first.start, first.end));
  let depth = 0;
  for (const lexeme of lexemes) {
    const { kind, start, end } = lexeme;
    if (kind === 'end') break;
    if (kind === 'comment') {
      pieces.push({ start, end, role: text.startsWith('//', start) ? 'line-comment' : 'comment' });
      continue;
    }
    const role = ROLES[kind];
    const isItem = isSeries && depth === 0 && beginsItem(text, lexeme, before);
    pieces.push({ start, end, ...(role === undefined ? null : { role }), ...(isItem ? { isItem } : null) });
    if (role === 'open') depth++;
    else if (role === 'close') depth--;
    before = lexeme;
  }
  return pieces;
}

/** `[`, `![` or `until`; a bracket behind a name looks into an array. */
function beginsItem(text: string, { kind, start, end }: EqlLexeme, before: EqlLexeme | null): boolean {
  if (before === null) return false;
  const word = text.slice(before.start, before.end);
  if (kind === 'word') return text.slice(start, end) === 'until';
  if (kind === '!') return text[end] === '[' && word !== 'until';
  return kind === '[' && before.kind !== '!' && word !== 'until' && !(before.end === start && INDEXED.has(before.kind));
}

const ROLES: Readonly<Record<string, Piece['role']>> = { '|': 'pipe', '(': 'open', '[': 'open', ')': 'close', ']': 'close' };
