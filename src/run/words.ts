import type { GlobPart } from '../model';

/** How a language parts words: a word stands between two breaks. */
export interface WordBreaks {
  readonly isBreak: (char: string) => boolean;
  /** What is taken of a star between other texts, where its language leaves it open. */
  readonly taken?: string;
}

/** What stands between the stars of a pattern, empty at an end that is a star; null: it has other wildcards, or parts that only the event knows. */
export function piecesOf(parts: readonly GlobPart[]): readonly string[] | null {
  const pieces = [''];
  for (const part of parts) {
    if (part === 'any-run') pieces.push('');
    else if (typeof part === 'object' && 'text' in part) pieces[pieces.length - 1] += part.text;
    else return null;
  }
  return pieces;
}

/**
 * Whether the pieces of a pattern, parted by its stars, stand in a text one after another, with anything between them; an end of the pattern without a star
 * stands at a break, or is one. In linear time for each piece.
 */
export function standIn(text: string, pieces: readonly string[], { isBreak }: WordBreaks): boolean {
  const isEdge = (at: number): boolean => at === 0 || at === text.length || isBreak(text[at - 1]!) || isBreak(text[at]!);
  const last = pieces.length - 1;
  let from = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece === '') continue;
    let at = text.indexOf(piece, from);
    while (at >= 0 && !((index > 0 || isEdge(at)) && (index < last || isEdge(at + piece.length)))) at = text.indexOf(piece, at + 1);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}
