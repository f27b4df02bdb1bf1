import type { Span } from '../model';

/** A lexeme of a language whose names go on behind dots: words and parts are names as they stand, quoted ones are names too. */
interface NameLexeme extends Span {
  readonly kind: string;
  /** Its closing quote is missing. */
  readonly open?: boolean;
}

export const isNamePart = ({ kind }: NameLexeme): boolean => kind === 'word' || kind === 'part' || kind === 'quoted-name';
const isBarePart = (lexeme: NameLexeme | undefined): boolean => lexeme?.kind === 'word' || lexeme?.kind === 'part';

/** What is written at a place. */
interface WrittenAt {
  /** What a completion replaces: a dotted name as a whole, what stands between a text's quotes, or nothing yet. */
  readonly span: Span;
  /** Index of the first lexeme of what is written; of what follows, where nothing is. */
  readonly index: number;
  readonly isInside: boolean;
  readonly isText: boolean;
}

/** What is written at an offset; `widthOf` is the width of a text's quotes, 0 of what is no text. */
export function writtenAround(lexemes: readonly NameLexeme[], offset: number, widthOf: (kind: string) => number): WrittenAt {
  let index = lexemes.findIndex(({ kind, end }) => kind === 'end' || end >= offset);
  const current = lexemes[index]!;
  const width = widthOf(current.kind);
  const isText = width > 0;
  const isInside = current.start < offset && (isText ? offset < current.end || current.open === true : isNamePart(current));
  if (!isInside && current.kind !== 'end' && current.end <= offset) index++;
  let span = { start: offset, end: offset };
  if (isInside) span = { start: Math.min(current.start + width, offset), end: Math.max(offset, current.open ? current.end : current.end - width) };
  // Behind a dot the name goes on.
  const dot = lexemes[index - 1];
  const before = lexemes[index - 2];
  if (!isInside && dot?.kind === '.' && dot.end === offset && before !== undefined && isNamePart(before)) {
    index -= 2;
    span = { start: before.start, end: offset };
  }
  // A dotted name is replaced as a whole.
  while (span.start < offset && !isText && current.kind !== 'quoted-name' && lexemes[index - 1]?.kind === '.' && isBarePart(lexemes[index - 2])) {
    index -= 2;
    span = { ...span, start: lexemes[index]!.start };
  }
  return { span, index, isInside, isText };
}

/** The whole dotted name that a lexeme is a part of. */
export function nameAround(lexemes: readonly NameLexeme[], index: number): Span {
  let [first, last] = [index, index];
  while (lexemes[first - 1]?.kind === '.' && first >= 2) first -= 2;
  while (lexemes[last + 1]?.kind === '.' && isBarePart(lexemes[last + 2])) last += 2;
  return { start: lexemes[first]!.start, end: lexemes[last]!.end };
}

/** The field whose value place the lexeme at `index` ends: right after a sign or one of the words that compare, or in the list after one; null elsewhere. */
export function comparedName(text: string, lexemes: readonly NameLexeme[], index: number, words: readonly string[]): string | null {
  const wordAt = (at: number): string => (lexemes[at]?.kind === 'word' ? text.slice(lexemes[at]!.start, lexemes[at]!.end).toLowerCase() : '');
  let at = index;
  if (lexemes[at]?.kind === ',' || lexemes[at]?.kind === '(') {
    while (at >= 0 && lexemes[at]!.kind !== '(') {
      if (!['string', 'raw', 'number', ','].includes(lexemes[at]!.kind)) return null;
      at--;
    }
    at--;
  }
  if (lexemes[at]?.kind === '~') at--;
  if (lexemes[at]?.kind !== 'compare' && lexemes[at]?.kind !== ':' && !words.includes(wordAt(at))) return null;
  at--;
  if (wordAt(at) === 'not') at--;
  const last = lexemes[at];
  if (last === undefined || !isNamePart(last)) return null;
  let first = at;
  while (lexemes[first - 1]?.kind === '.' && first >= 2) first -= 2;
  return text.slice(lexemes[first]!.start, last.end).replaceAll('`', '');
}
