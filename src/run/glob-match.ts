import type { GlobPart } from '../model';

/** A glob made ready: pieces of text that must stand in order, each with how many single characters go before it. Never a regex: those backtrack. */
interface GlobPlan {
  test(text: string): boolean;
}

type Plain = { readonly text: string } | 'any-run' | 'any-char';
type Piece = readonly (string | null)[];

/** Parts without open ones; texts already in the case they are compared in. */
export function globPlan(parts: readonly GlobPart[], fold: (text: string) => string): GlobPlan {
  const plain = parts.map((part): Plain => (typeof part === 'string' ? part : { text: 'text' in part ? fold(part.text) : '' }));
  return planOf(plain);
}

/** What a glob asks of a path's end where that is its file name whole (`*\\cmd.exe`); null: it asks something else. */
export function fileNameIn([run, last, ...rest]: readonly GlobPart[]): string | null {
  if (run !== 'any-run' || typeof last !== 'object' || !('text' in last) || rest.length > 0) return null;
  return /^[\\/][^\\/]+$/.test(last.text) ? last.text.slice(1) : null;
}

export const fileNameOf = (path: string): string => path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);

/** The text that a glob asks for anywhere (`*-enc*`), where it asks for nothing else; null: it does. */
export function partIn([run, part, end, ...rest]: readonly GlobPart[]): string | null {
  const isPart = run === 'any-run' && end === 'any-run' && rest.length === 0 && typeof part === 'object' && 'text' in part;
  return isPart ? part.text : null;
}

/** `null` in a piece is any one character (a code point). */
function planOf(parts: readonly Plain[]): GlobPlan {
  const pieces: (string | null)[][] = [[]];
  for (const part of parts) {
    if (part === 'any-run') pieces.push([]);
    else pieces.at(-1)!.push(part === 'any-char' ? null : part.text);
  }
  const openStart = pieces.length > 1 && pieces[0]!.length === 0;
  const openEnd = pieces.length > 1 && pieces.at(-1)!.length === 0;
  if (pieces.length === 1) {
    const only = pieces[0]!;
    if (only.every((part) => part !== null)) {
      const whole = only.join('');
      return { test: (text) => text === whole };
    }
    return { test: (text) => endOf(text, 0, only) === text.length };
  }
  const inner = pieces.slice(1, -1).filter((piece) => piece.length > 0);
  const [first, last] = [pieces[0]!, pieces.at(-1)!];
  const isSimple = (piece: Piece): boolean => piece.every((part) => part !== null);
  if (openStart && openEnd && inner.length === 1 && isSimple(inner[0]!)) {
    const text = inner[0]!.join('');
    return { test: (value) => value.includes(text) };
  }
  if (inner.length === 0 && openStart && isSimple(last)) {
    const text = last.join('');
    return { test: (value) => value.endsWith(text) };
  }
  if (inner.length === 0 && openEnd && isSimple(first)) {
    const text = first.join('');
    return { test: (value) => value.startsWith(text) };
  }
  return {
    test(text) {
      let at = endOf(text, 0, first);
      if (at < 0) return false;
      for (const piece of inner) {
        at = findPiece(text, at, piece);
        if (at < 0) return false;
      }
      return openEnd || fitsEnd(text, at, last);
    },
  };
}

/** Where a piece that begins at `at` ends; -1 where it does not fit. */
function endOf(text: string, at: number, piece: Piece): number {
  for (const part of piece) {
    if (part !== null) {
      if (!text.startsWith(part, at)) return -1;
      at += part.length;
    } else {
      if (at >= text.length) return -1;
      at += isPair(text, at) ? 2 : 1;
    }
  }
  return at;
}

const isPair = (text: string, at: number): boolean => {
  const high = text.charCodeAt(at);
  if (high < 0xd800 || high > 0xdbff) return false;
  const low = text.charCodeAt(at + 1);
  return low >= 0xdc00 && low <= 0xdfff;
};

/** The end of the first place at or after `at` where the piece fits. */
function findPiece(text: string, at: number, piece: Piece): number {
  const [head] = piece;
  for (; at <= text.length; at++) {
    if (head !== null && head !== undefined) {
      at = text.indexOf(head, at);
      if (at < 0) return -1;
    }
    const end = endOf(text, at, piece);
    if (end >= 0) return end;
  }
  return -1;
}

/** Whether the piece fits the end of the text, not before `from`. Its length in units varies with pairs, so it is read backwards. */
function fitsEnd(text: string, from: number, piece: Piece): boolean {
  let at = text.length;
  for (let index = piece.length - 1; index >= 0; index--) {
    const part = piece[index]!;
    if (part !== null) {
      if (!text.endsWith(part, at)) return false;
      at -= part.length;
    } else {
      if (at <= from) return false;
      at -= at >= 2 && isPair(text, at - 2) ? 2 : 1;
    }
  }
  return at >= from;
}
