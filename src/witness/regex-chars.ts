import type { RegexDialect } from '../model';
import { type ClassMember, type RegexPiece, classMembers, codePointOf, memberRanges } from '../syntax/regex';

/** Characters of one place of a regular expression: ranges of code points, or all others. */
interface Chars {
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly negated: boolean;
}

/** Ranges written as pairs of their ends, the plainest first. */
const ranges = (pairs: string): Chars['ranges'] => [...pairs.matchAll(/(.)(.)/gsu)].map(([, from, to]) => [from!.codePointAt(0)!, to!.codePointAt(0)!]);

const DIGIT = ranges('09');
const WORD = ranges('azAZ09__');
const SPACE = ranges('  \t\r');
const CLASSES: Readonly<Record<string, Chars>> = {
  d: { ranges: DIGIT, negated: false },
  D: { ranges: DIGIT, negated: true },
  w: { ranges: WORD, negated: false },
  W: { ranges: WORD, negated: true },
  s: { ranges: SPACE, negated: false },
  S: { ranges: SPACE, negated: true },
  h: { ranges: ranges('  '), negated: false },
  R: { ranges: ranges('\n\n'), negated: false },
};
const POSIX: Readonly<Record<string, Chars['ranges']>> = {
  alpha: ranges('azAZ'),
  digit: DIGIT,
  alnum: ranges('azAZ09'),
  upper: ranges('AZ'),
  lower: ranges('az'),
  space: SPACE,
  blank: ranges('  '),
  punct: ranges('-.!/:@[`{~'),
  xdigit: ranges('09afAF'),
  word: WORD,
  print: ranges(' ~'),
  graph: ranges('!~'),
  cntrl: ranges('\0\x1f'),
};
/** Any character but a line break. */
const DOT: Chars = { ranges: ranges('\n\r'), negated: true };

/** Characters people know, tried in this order. */
const PLAIN: readonly string[] = [...'a1A .-_/\\:=,;"\'()[]{}<>|&+*?!@#$%^~`\tbcdefxyz023456789BXYZ'];

/** A character that fits a piece which stands for several, the plainest; null where the piece stands for none that is known. */
export function charFitting(source: string, piece: RegexPiece, dialect: RegexDialect): string | null {
  const chars = charsOf(source, piece, dialect);
  if (chars === null) return null;
  const known = PLAIN.find((char) => holds(chars, char));
  if (known !== undefined) return known;
  const [first] = chars.ranges;
  return String.fromCodePoint(chars.negated || first === undefined ? 0x100 : first[0]);
}

function charsOf(source: string, piece: RegexPiece, dialect: RegexDialect): Chars | null {
  if (piece.kind === 'any') return DOT;
  if (piece.kind === 'escape') return /[1-9]/.test(piece.letter) && dialect !== 'lucene' ? null : memberChars(source, piece);
  if (piece.kind !== 'class' || !piece.isClosed) return null;
  const all: (readonly [number, number])[] = [];
  for (const { low, high } of memberRanges(source, classMembers(source, piece, dialect))) {
    const of = high === null ? memberChars(source, low) : rangeChars(codePointOf(source, low), codePointOf(source, high));
    if (of === null) return null;
    // A negated class within a class would be its complement: a few characters of it do.
    for (const range of of.negated ? PLAIN.flatMap((char) => (holds(of, char) ? ranges(char + char) : [])) : of.ranges) all.push(range);
  }
  return { ranges: all, negated: piece.isNegated };
}

const rangeChars = (from: number | null, to: number | null): Chars | null => (from === null || to === null ? null : { ranges: [[from, to]], negated: false });

function memberChars(source: string, member: ClassMember): Chars | null {
  const written = source.slice(member.start, member.end);
  if (member.kind === 'posix') {
    const of = POSIX[written.replace(/[^a-z]/g, '')];
    return of === undefined ? null : { ranges: of, negated: false };
  }
  if (member.kind === 'escape' && Object.hasOwn(CLASSES, member.letter)) return CLASSES[member.letter]!;
  if (member.kind === 'escape' && /[pP]/.test(member.letter)) return { ranges: propertyRanges(written), negated: member.letter === 'P' };
  const code = codePointOf(source, member);
  return rangeChars(code, code);
}

/** Of the characters with a property (`\p{Lu}`) those that people know. */
const propertyRanges = (written: string): Chars['ranges'] =>
  /^..\{?(?:N|digit)/i.test(written) ? DIGIT : written.includes('Lu') ? POSIX['upper']! : POSIX['alpha']!;

function holds({ ranges: of, negated }: Chars, char: string): boolean {
  const code = char.codePointAt(0)!;
  return of.some(([from, to]) => from <= code && code <= to) !== negated;
}
