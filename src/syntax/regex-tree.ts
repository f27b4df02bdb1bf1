import type { RegexDialect } from '../model';
import { type RegexPiece, inlineFlags, regexPieces } from './regex';

type Piece<K extends RegexPiece['kind']> = Extract<RegexPiece, { kind: K }>;

/** A regular expression as a tree: pieces that stand for themselves, in what brackets, bars and quantifiers make of them. */
export type RegexNode =
  | Exclude<RegexPiece, Piece<'open' | 'close' | 'or' | 'repeat'>>
  | { readonly kind: 'sequence' | 'choice'; readonly of: readonly RegexNode[] }
  /** `number` counts the groups that keep what they find, from 1; 0: it keeps nothing. */
  | { readonly kind: 'group'; readonly open: Piece<'open'>; readonly number: number; readonly of: RegexNode }
  /** Quantifiers in a row are one node, so that no text makes a tower of them. */
  | { readonly kind: 'repeated'; readonly of: RegexNode; readonly by: readonly Piece<'repeat'>[] };

/** Deeper groups make no tree: whoever asks goes down it. */
const DEEPEST = 200;

/** What is read of a group so far: its finished alternatives, and the parts of the one being read. */
interface Level {
  readonly open: Piece<'open'> | null;
  readonly number: number;
  readonly choices: RegexNode[];
  parts: RegexNode[];
}

const levelAt = (open: Piece<'open'> | null, number: number): Level => ({ open, number, choices: [], parts: [] });

/**
 * A regular expression as a tree, in linear time; null where its brackets do not pair, where they are too deep,
 * and where blanks and comments may stand in it (`x`): letters do not stand for themselves there.
 */
export function regexTree(source: string, dialect: RegexDialect, flags: string): RegexNode | null {
  const pieces = regexPieces(source, dialect);
  if (`${flags}${inlineFlags(pieces)}`.includes('x')) return null;
  const levels: Level[] = [levelAt(null, 0)];
  let groups = 0;
  /** The quantifiers of the last part; null: it has none. */
  let by: Piece<'repeat'>[] | null = null;
  for (const piece of pieces) {
    const level = levels.at(-1)!;
    if (piece.kind === 'repeat') {
      if (by !== null) {
        by.push(piece);
        continue;
      }
      const of = level.parts.pop();
      // Behind nothing it repeats nothing.
      if (of !== undefined) level.parts.push({ kind: 'repeated', of, by: (by = [piece]) });
      continue;
    }
    by = null;
    switch (piece.kind) {
      case 'open':
        if (levels.length > DEEPEST) return null;
        levels.push(levelAt(piece, piece.group === 'capture' ? ++groups : 0));
        break;
      case 'close':
        if (level.open === null) return null;
        levels.pop();
        levels.at(-1)!.parts.push({ kind: 'group', open: level.open, number: level.number, of: nodeOf(level) });
        break;
      case 'or':
        level.choices.push({ kind: 'sequence', of: level.parts });
        level.parts = [];
        break;
      default:
        level.parts.push(piece);
    }
  }
  const [whole, ...unclosed] = levels;
  return unclosed.length > 0 ? null : nodeOf(whole!);
}

function nodeOf({ choices, parts }: Level): RegexNode {
  const last: RegexNode = { kind: 'sequence', of: parts };
  return choices.length === 0 ? last : { kind: 'choice', of: [...choices, last] };
}
