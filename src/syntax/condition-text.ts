import type { Glob, GlobPart, Operand, Predicate, Refusal, Regex, Span, Test } from '../model';
import { innerParts } from './glob';
import { ORDER_SIGNS, type Order } from './orders';
import { isTrue } from './predicates';

/** A text and how tight it holds together: 1 or, 2 and, 3 not, 4 a comparison or brackets. */
export interface Piece {
  readonly text: string;
  readonly power: 1 | 2 | 3 | 4;
}

export const atom = (text: string): Piece => ({ text, power: 4 });

/** A piece in brackets where it holds together less than it must. */
const under = (power: number, piece: Piece): string => (piece.power < power ? `(${piece.text})` : piece.text);

/** Notes what cannot be said; nothing is written in its place. */
export function refuse(refused: Refusal[], { start, end }: Span, why: string): string {
  refused.push({ span: { start, end }, why });
  return '';
}

/** What a language with `and`, `or` and `not` brings of its own. */
export interface ConditionWords {
  readonly refused: Refusal[];
  readonly test: (test: Test) => Piece;
  /** Tests of one and the same element of an array. */
  readonly same: (predicate: Extract<Predicate, { kind: 'all' }>) => Piece;
}

/** A predicate as a condition; what always holds is left out beside anything else. */
export function conditionText(words: ConditionWords, predicate: Predicate): Piece {
  const write = (part: Predicate): Piece => conditionText(words, part);
  switch (predicate.kind) {
    case 'all': {
      if (predicate.same !== undefined) return words.same(predicate);
      const parts = predicate.of.filter((part) => !isTrue(part));
      if (parts.length < 2) return parts[0] === undefined ? atom('true') : write(parts[0]);
      return { text: parts.map((part) => under(2, write(part))).join(' and '), power: 2 };
    }
    case 'any':
      if (predicate.of.length < 2) return predicate.of[0] === undefined ? atom('false') : write(predicate.of[0]);
      return { text: predicate.of.map((part) => under(1, write(part))).join(' or '), power: 1 };
    case 'not':
      return { text: `not ${under(3, write(predicate.of))}`, power: 3 };
    case 'test':
      return words.test(predicate);
    case 'unread':
      return atom(refuse(words.refused, predicate.span, unreadNote(predicate.note)));
    default:
      return predicate satisfies never;
  }
}

/** Why an unread part is not written. */
export const unreadNote = (note: string | undefined): string => `a part that is not read${note === undefined ? '' : `: ${note}`}`;

/** A comparison of order, or a range as two of them. */
export function orderText({ values, span }: Test, compare: Order | 'between', field: string, refused: Refusal[], write: (operand: Operand) => string): Piece {
  if (compare !== 'between')
    return atom(`${field} ${ORDER_SIGNS[compare]} ${values.length === 1 ? write(values[0]!) : refuse(refused, span, 'no order of several values')}`);
  const [low, high] = values;
  if (low === undefined || high === undefined) return atom(refuse(refused, span, 'a range without two ends'));
  return { text: `${field} >= ${write(low)} and ${field} <= ${write(high)}`, power: 2 };
}

/** Whether the words of a comparison say a language's null as it is meant. */
export const missesAs = ({ compare, missing }: Test): boolean =>
  compare === 'filled' || compare === 'empty' || missing === (compare === 'exists' ? 'false' : compare === 'absent' ? 'true' : 'unknown');

/** One value alone, several in brackets. */
export const listText = (values: readonly string[]): string => (values.length === 1 ? values[0]! : `(${values.join(', ')})`);

/** What stands between the open ends of a glob where it is one text, or what only the event knows. */
export function plainPart(glob: Glob, before: boolean, after: boolean): Exclude<GlobPart, string> | null {
  const isOpen = (!before || glob.parts[0] === 'any-run') && (!after || glob.parts.at(-1) === 'any-run');
  if (!isOpen || glob.parts.length < Number(before) + Number(after)) return null;
  const [only, ...more] = innerParts(glob.parts, before, after);
  if (only === undefined) return { text: '' };
  return more.length === 0 && typeof only !== 'string' ? only : null;
}

/** A regex of Elasticsearch over the whole value: between three double quotes where that spares backslashes. */
export function regexText(regex: Regex, refused: Refusal[], quoted: (text: string) => string): string {
  const { dialect, whole, flags, text, span } = regex;
  if (dialect !== 'lucene' || whole !== true) return refuse(refused, span, `a ${dialect} regular expression`);
  if (flags !== '') return refuse(refused, span, 'no flags of regular expressions');
  return text.includes('\\') && !text.includes('"""') && !text.endsWith('"') && !/[\r\n]/.test(text) ? `"""${text}"""` : quoted(text);
}

const SIGNS: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);

/** A calculation with signs; null for other functions. */
export function calculationText(fn: string, args: readonly Operand[], write: (operand: Operand) => string): string | null {
  const [first, second] = args;
  if (SIGNS.has(fn) && args.length === 2) return `(${write(first!)} ${fn} ${write(second!)})`;
  return (fn === '-' || fn === '+') && args.length === 1 ? `${fn}(${write(first!)})` : null;
}
