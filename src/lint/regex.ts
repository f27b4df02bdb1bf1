import { type RegexPiece, inlineFlags, regexPieces } from '../syntax/regex';

/** What is wrong with a regex, at an offset of its text. */
export interface RegexFault {
  readonly kind: 'unclosed-group' | 'unopened-group' | 'unclosed-class' | 'trailing-backslash' | 'nothing-to-repeat' | 'reversed-count' | 'explosive';
  readonly offset: number;
}

/** One thing that can be repeated, as far as explosions need it. */
interface Atom {
  readonly start: number;
  /** It can match nothing. */
  nullable: boolean;
  /** It is repeated without bound, or is a group that is nothing but such a thing. */
  unbounded: boolean;
}

/** An open group: its finished alternatives summed up, and the atoms of the one being read. */
interface Frame {
  readonly start: number;
  readonly isAtomic: boolean;
  readonly isLook: boolean;
  nullable: boolean;
  explosive: boolean;
  atoms: Atom[];
  /** How many suspects there were before it, and those of its finished alternatives: what stands in another alternative does not follow them. */
  readonly from: number;
  readonly kept: number[];
}

/** Longer ones are no one's to read. */
const MAX_LENGTH = 8000;

/**
 * What makes a regex invalid in every dialect that rules use, and groups whose repetition can explode:
 * an unbounded repetition of a group that itself is nothing but an unbounded repetition, such as `(a+)+$`, with something after it that can fail.
 * One pass, linear; a dialect's own extensions are taken as they come.
 */
export function regexFaults(source: string): readonly RegexFault[] {
  if (source.length > MAX_LENGTH) return [];
  const pieces = regexPieces(source, 'pcre');
  if (inlineFlags(pieces).includes('x')) return [];
  const faults: RegexFault[] = [];
  const frames: Frame[] = [frameAt(0, false, false, 0)];
  const suspects: number[] = [];
  const fault = (kind: RegexFault['kind'], offset: number): void => void faults.push({ kind, offset });
  /** Something that can fail, at an offset, makes the suspects before it explode. */
  const demand = (offset: number): void => {
    const later = suspects.filter((suspect) => suspect >= offset);
    for (const suspect of suspects) if (suspect < offset) fault('explosive', suspect);
    suspects.length = 0;
    for (const suspect of later) suspects.push(suspect);
  };

  /** Takes an atom, with the quantifier behind it, if any. */
  const take = (atom: Atom, isExplosive: boolean, next: RegexPiece | undefined): void => {
    if (next?.kind === 'repeat') {
      const isPossessive = next.manner === 'possessive';
      if (next.least > next.most) fault('reversed-count', next.start);
      if (next.most === Infinity) {
        if (isExplosive && !isPossessive) suspects.push(atom.start);
        atom.unbounded = !isPossessive;
      }
      if (next.least === 0) atom.nullable = true;
    }
    if (!atom.nullable && suspects.length > 0) demand(atom.start);
    frames.at(-1)!.atoms.push(atom);
  };

  for (const [index, piece] of pieces.entries()) {
    const { start } = piece;
    const frame = frames.at(-1)!;
    switch (piece.kind) {
      case 'class':
        if (!piece.isClosed) {
          fault('unclosed-class', start);
          return faults;
        }
        take({ start, nullable: false, unbounded: false }, false, pieces[index + 1]);
        break;
      case 'escape':
        if (piece.letter === '') fault('trailing-backslash', start);
        take({ start, nullable: false, unbounded: false }, false, pieces[index + 1]);
        break;
      case 'open':
        frames.push(frameAt(start, piece.group === 'atomic', piece.group === 'look', suspects.length));
        break;
      case 'close':
        if (frames.length === 1) {
          fault('unopened-group', start);
          break;
        }
        frames.pop();
        finish(frame);
        for (const one of frame.kept) suspects.push(one);
        take(
          { start: frame.start, nullable: frame.nullable || frame.isLook, unbounded: frame.explosive && !frame.isAtomic && !frame.isLook },
          frame.explosive && !frame.isAtomic,
          pieces[index + 1],
        );
        break;
      case 'or':
        finish(frame);
        for (const one of suspects.splice(frame.from)) frame.kept.push(one);
        break;
      case 'repeat':
        // Braces behind nothing stand for themselves in most dialects.
        if (frame.atoms.length === 0 && source[start] !== '{') fault('nothing-to-repeat', start);
        break;
      case 'edge':
        if (piece.sign !== '^') demand(start);
        break;
      case 'flags':
      case 'comment':
        break;
      default:
        take({ start, nullable: false, unbounded: false }, false, pieces[index + 1]);
    }
  }
  for (const frame of frames.slice(1)) fault('unclosed-group', frame.start);
  return faults;
}

const frameAt = (start: number, isAtomic: boolean, isLook: boolean, from: number): Frame => ({
  start,
  isAtomic,
  isLook,
  nullable: false,
  explosive: false,
  atoms: [],
  from,
  kept: [],
});

/** Sums up the alternative that ends here: it is explosive when repeated, if all its atoms but one unbounded one can match nothing. */
function finish(frame: Frame): void {
  const { atoms } = frame;
  const needed = atoms.filter((atom) => !atom.nullable);
  frame.nullable ||= needed.length === 0;
  frame.explosive ||= needed.length <= 1 && atoms.some((atom) => atom.unbounded) && needed.every((atom) => atom.unbounded);
  frame.atoms = [];
}
