import type { SplLexeme } from './lexer';
import { fixOf, isStop, type Reader, SIGNS } from './reader';
import type { ComparisonSign } from '../tree';

/** Where an expression ends. In eval, `name =` begins the next assignment, whether or not a comma was written. */
export interface Scope {
  readonly isInside: boolean;
  readonly endsAtAssignment: boolean;
}
export const WHERE: Scope = { isInside: false, endsAtAssignment: false };
export const EVAL: Scope = { isInside: false, endsAtAssignment: true };
/** In parentheses: a closing one or a comma ends it too. */
export const INSIDE: Scope = { isInside: true, endsAtAssignment: false };

export const isEnd = (scope: Scope, token: SplLexeme): boolean => isStop(token) || (scope.isInside && (token.kind === ')' || token.kind === ','));

/** Binding powers: OR and XOR, then AND, then NOT, then comparisons, then sums, then products. */
export const POWER = { or: 1, and: 2, not: 3, compare: 4, sum: 5, product: 6 } as const;

export type Operator =
  | { readonly kind: 'or' | 'xor' | 'and' | 'like' | 'contains' | 'in' | 'implied' }
  | { readonly kind: 'not in' | 'not like' }
  | { readonly kind: 'compare'; readonly sign: ComparisonSign }
  | { readonly kind: 'compute' };

/** NOT, also glued to the function it negates, and `!`. */
export function isNot(reader: Reader): boolean {
  const token = reader.cursor.peek();
  if (token.kind === 'operator') return reader.textOf(token) === '!';
  if (reader.wordAt() !== 'not' || reader.cursor.isEnd()) return false;
  const next = reader.cursor.peek(1);
  if (next.glued && next.kind === 'word') remarkGlued(reader, token, next);
  return !SIGNS.has(next.kind);
}

export function remarkGlued(reader: Reader, operator: SplLexeme, next: SplLexeme): void {
  const at = { start: next.start, end: next.start };
  reader.remark(
    'spl/glued-operator',
    'error',
    { start: operator.start, end: next.end },
    `A blank is missing between ${reader.textOf(operator)} and ${reader.textOf(next)}.`,
    fixOf('Insert a blank', at, ' '),
  );
}

const WORD_OPERATORS: ReadonlyMap<string, { readonly power: number; readonly op: Operator }> = new Map([
  ['or', { power: POWER.or, op: { kind: 'or' } }],
  ['xor', { power: POWER.or, op: { kind: 'xor' } }],
  ['and', { power: POWER.and, op: { kind: 'and' } }],
  ['like', { power: POWER.compare, op: { kind: 'like' } }],
  ['in', { power: POWER.compare, op: { kind: 'in' } }],
  ['contains', { power: POWER.compare, op: { kind: 'contains' } }],
]);
const COMPUTED: ReadonlyMap<string, number> = new Map([
  ['+', POWER.sum],
  ['-', POWER.sum],
  ['.', POWER.sum],
  ['*', POWER.product],
  ['/', POWER.product],
  ['%', POWER.product],
]);
const IMPLIED = { power: POWER.and, op: { kind: 'implied' } } as const;

export function operatorAt(reader: Reader, scope: Scope): { readonly power: number; readonly op: Operator } | null {
  const { cursor } = reader;
  const token = cursor.peek();
  if (isEnd(scope, token)) return null;
  const sign = SIGNS.get(token.kind);
  if (sign !== undefined) return { power: POWER.compare, op: { kind: 'compare', sign } };
  switch (token.kind) {
    case 'operator': {
      const power = COMPUTED.get(reader.textOf(token));
      if (power !== undefined) return { power, op: { kind: 'compute' } };
      // Anything else begins no operand: it is remarked where an operand is wanted.
      return IMPLIED;
    }
    case 'word': {
      const word = reader.wordAt();
      if (isAssignment(reader, scope)) return null;
      if (word === 'like' && cursor.peek(1).kind === '(' && cursor.peek(1).glued) return IMPLIED;
      if (word === 'contains' && cursor.peek(1).kind !== 'string') return IMPLIED;
      if (word === 'not' && (reader.wordAt(1) === 'in' || reader.wordAt(1) === 'like'))
        return { power: POWER.compare, op: { kind: reader.wordAt(1) === 'in' ? 'not in' : 'not like' } };
      return WORD_OPERATORS.get(word) ?? IMPLIED;
    }
    case 'string':
    case 'quoted':
      return isAssignment(reader, scope) ? null : IMPLIED;
    case '(':
      return IMPLIED;
    // A macro between conditions stands for text that nobody here knows; in eval it may be a whole assignment.
    case 'macro':
      return scope.endsAtAssignment ? null : IMPLIED;
    default:
      return null;
  }
}

const isAssignment = (reader: Reader, scope: Scope): boolean => scope.endsAtAssignment && reader.cursor.peek(1).kind === '=';
