import type { RegexDialect } from '../model';
import { type RegexPiece, classMembers, inlineFlags, regexPieces } from '../syntax/regex';

/** Literals of which one must occur in every text that fits: a set for each demand. Only where letters stand one after another in the pattern. */
type Demands = readonly (readonly string[])[];

/** What every text has that an expression finds; `least`: the fewest UTF-16 units. */
interface Required {
  readonly sets: Demands;
  readonly least: number;
}

/** What one alternative is made of so far: its exact texts where they are few, and what it demands anyway. */
interface Part {
  /** Every text it can be; null: too many to list. */
  readonly exact: readonly string[] | null;
  readonly needs: Demands;
  readonly least: number;
}

const exactly = (exact: readonly string[]): Part => ({ exact, needs: [], least: shortestOf(exact) });
/** The length of the shortest; Infinity where there is none. */
export const shortestOf = (texts: readonly string[]): number => texts.reduce((least, text) => Math.min(least, text.length), Infinity);
const longer = (least: number): Part => ({ exact: null, needs: [], least });
const NOTHING = longer(0);
const ONE = longer(1);
const UNREAD: Required = { sets: [], least: 0 };
const MOST = 32;

/** Deeper groups are left unread: the pattern then demands nothing. */
const DEEPEST = 200;
/** Longer patterns too. */
const LONGEST = 4000;

const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };

/** Sets of literals, each with a member in every text that the expression finds. Total: what it does not read demands nothing. */
export function requiredOf(pattern: string, dialect: RegexDialect, flags = ''): Required {
  if (flags.includes('x') || pattern.length > LONGEST) return UNREAD;
  const pieces = regexPieces(pattern, dialect);
  // With blanks and comments in it letters do not stand for themselves.
  if (inlineFlags(pieces).includes('x')) return UNREAD;
  let at = 0;
  let depth = 0;
  let isRead = true;

  const alternation = (): Part => {
    const parts = [sequence()];
    while (pieces[at]?.kind === 'or') {
      at++;
      parts.push(sequence());
    }
    return parts.length === 1 ? parts[0]! : oneOf(parts);
  };

  const sequence = (): Part => {
    let run: readonly string[] | null = [''];
    const needs: (readonly string[])[] = [];
    const end = (): void => {
      if (run !== null && run.every((text) => text !== '')) needs.push(run);
      run = [''];
    };
    let isExact = true;
    let least = 0;
    for (let piece = pieces[at]; piece !== undefined && piece.kind !== 'or' && piece.kind !== 'close'; piece = pieces[at]) {
      const part = repeated(atom(piece));
      for (const one of part.needs) needs.push(one);
      least += part.least;
      const joined: readonly string[] | null = part.exact === null || run === null ? null : crossed(run, part.exact);
      if (joined !== null) {
        run = joined;
        continue;
      }
      isExact = false;
      end();
      if (part.exact !== null) run = part.exact;
    }
    if (isExact) return { exact: run, needs, least };
    end();
    return { exact: null, needs, least };
  };

  /** What the quantifiers behind it leave of a part. */
  const repeated = (part: Part): Part => {
    let left = part;
    for (let piece = pieces[at]; piece?.kind === 'repeat'; piece = pieces[++at]) {
      const { least, most } = piece;
      if (least === 0) left = most === 1 && left.exact !== null && left.exact.length < 4 ? exactly([...left.exact, '']) : NOTHING;
      else if (most !== 1) {
        const needs = left.exact === null || left.exact.includes('') ? left.needs : [left.exact, ...left.needs];
        left = { exact: null, needs, least: left.least * least };
      }
    }
    return left;
  };

  const atom = (piece: RegexPiece): Part => {
    at++;
    switch (piece.kind) {
      case 'char':
        return exactly([piece.char]);
      case 'quote':
        return exactly([piece.text]);
      case 'any':
        return ONE;
      case 'edge':
      case 'flags':
      case 'comment':
        return exactly(['']);
      case 'class': {
        const members = classMembers(pattern, piece, dialect);
        const texts = members.flatMap((member) => (member.kind === 'char' && member.char !== '-' ? [member.char] : []));
        return !piece.isNegated && texts.length === members.length && texts.length > 0 && texts.length <= 4 ? exactly(texts) : ONE;
      }
      case 'escape':
        return piece.letter in CONTROLS ? exactly([CONTROLS[piece.letter]!]) : 'dDsSwW'.includes(piece.letter) ? ONE : NOTHING;
      case 'open': {
        if (++depth > DEEPEST) {
          isRead = false;
          at = pieces.length;
        }
        const inner = alternation();
        depth--;
        if (pieces[at]?.kind === 'close') at++;
        // What stands in a look is not in the text that is found, or not at its side.
        return piece.group === 'capture' || piece.group === 'plain' || piece.group === 'atomic' ? inner : NOTHING;
      }
      default:
        return NOTHING;
    }
  };

  const whole = alternation();
  // Brackets too many, or too deep: nothing is sure.
  if (!isRead || at < pieces.length) return UNREAD;
  return { sets: whole.exact !== null && !whole.exact.includes('') ? [...whole.needs, whole.exact] : whole.needs, least: whole.least };
}

/** Every text of one followed by every text of the other; null where there would be many. */
function crossed(a: readonly string[], b: readonly string[]): readonly string[] | null {
  if (a.length * b.length > MOST) return null;
  return a.flatMap((head) => b.map((tail) => head + tail));
}

/** One of several alternatives: each must have a demand, else the choice demands nothing. */
function oneOf(parts: readonly Part[]): Part {
  if (parts.every((part) => part.exact !== null)) {
    const exact = parts.flatMap((part) => part.exact!);
    if (exact.length <= MOST) return exactly(exact);
    return { exact: null, needs: exact.includes('') ? [] : [exact], least: shortestOf(exact) };
  }
  const least = parts.reduce((shortest, part) => Math.min(shortest, part.least), Infinity);
  const chosen: string[] = [];
  for (const part of parts) {
    const sets = part.exact === null || part.exact.includes('') ? part.needs : [...part.needs, part.exact];
    const best = sets.toSorted((a, b) => shortestOf(b) - shortestOf(a))[0];
    if (best === undefined) return longer(least);
    for (const one of best) chosen.push(one);
  }
  return { exact: null, needs: chosen.length > 400 ? [] : [chosen], least };
}
