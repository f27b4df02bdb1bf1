import type { Diagnostic, Span } from '../model';
import type { Cursor, Lexeme } from './cursor';
import { MAX_DEPTH, parseInfix } from './infix';

/** A node's place; `closed`: it stands in parentheses, so that what follows does not grow it. */
export interface Placed extends Span {
  readonly closed?: true;
}
/** Conditions joined by one word. The list grows while it is parsed, so that a long chain is wide, not deep. */
export interface Chain<N> extends Placed {
  readonly kind: 'and' | 'or';
  readonly of: N[];
}
export interface Negation<N> extends Placed {
  readonly kind: 'not';
  readonly of: N;
}
/** What could not be parsed, in its place. */
export interface LostNode extends Placed {
  readonly kind: 'lost';
}

type AnyNode = Placed & { readonly kind: string };

/** What reading an expression leans on: the place in the lexemes, the depth of brackets, and the language's own words for what is wrong. */
export interface Reading<T extends Lexeme> {
  readonly cursor: Cursor<T>;
  depth: number;
  readonly codes: { readonly syntax: Diagnostic['code']; readonly unclosed: Diagnostic['code']; readonly tooDeep: Diagnostic['code'] };
  /** Where reading goes on after what makes no sense: a word that joins, a bracket, a comma, a pipe. */
  isStop(token: T): boolean;
  /** What no open bracket reaches beyond: a pipe, the bracket of an outer construct. The end is one always. */
  isWall(token: T): boolean;
}

/** Precedence climbing over signs and words that stand between two operands; `combine` takes the sign. */
export function parseOperators<N, Op extends string>(
  power: Readonly<Record<Op, number>>,
  operand: () => N,
  signAt: () => Op | null,
  combine: (left: N, op: Op, right: () => N) => N,
  floor = 0,
): N {
  const operatorAt = (): { readonly power: number; readonly op: Op } | null => {
    const op = signAt();
    return op === null ? null : { power: power[op], op };
  };
  return parseInfix(operand, operatorAt, combine, floor);
}

/** Two conditions as one chain: the left one grows where it is a chain of the same word without parentheses around it. */
export function joined<N extends AnyNode>(kind: 'and' | 'or', left: N, right: N): N | Chain<N> {
  const end = Math.max(left.end, right.end);
  if (left.kind === kind && left.closed === undefined) {
    (left as unknown as Chain<N>).of.push(right);
    return { ...left, end };
  }
  return { kind, start: left.start, end, of: [left, right] };
}

/** Operands joined by signs of one rank; `signs[i]` stands before `of[i + 1]`. One operand: a sign before it. The lists grow while they are parsed. */
export interface Arithmetic<N> extends Placed {
  readonly kind: 'arithmetic';
  readonly rank: 'sum' | 'product' | 'sign';
  readonly signs: Span[];
  readonly of: N[];
}

/** A calculation with one operand more: the left one grows where it is of the same rank without parentheses around it. */
export function calculated<N extends AnyNode>(left: N, rank: 'sum' | 'product', sign: Span, right: N): Arithmetic<N> {
  const end = Math.max(left.end, right.end);
  const grown = left as unknown as Arithmetic<N>;
  if (left.kind === 'arithmetic' && grown.rank === rank && left.closed === undefined) {
    grown.of.push(right);
    grown.signs.push(sign);
    return { ...grown, end };
  }
  return { kind: 'arithmetic', start: left.start, end, rank, signs: [sign], of: [left, right] };
}

/** Operands that are no condition of their own: a name, a value. */
const OPERANDS: ReadonlySet<string> = new Set(['field', 'variable', 'cast', 'text', 'number']);

/** A node beside which a sign is missing or makes no sense. A name there was to be compared with something, and is no flag: what it asks is lost. */
export function unsigned<N extends Span & { readonly kind: string; readonly closed?: boolean }>(node: N): N | LostNode {
  if (node.closed === true) return node;
  if (OPERANDS.has(node.kind)) return { kind: 'lost', start: node.start, end: node.end };
  if (node.kind === 'and' || node.kind === 'or') {
    const { of } = node as unknown as Chain<AnyNode>;
    of[of.length - 1] = unsigned<AnyNode>(of.at(-1)!);
  }
  return node;
}

/** A node with what had to be skipped after it, so that this stays in the tree. */
export function withLost<N extends AnyNode>(node: N, skipped: Span | null): N | Chain<N | LostNode> {
  if (skipped === null || skipped.end <= skipped.start) return node;
  return joined<N | LostNode>('and', unsigned(node), { kind: 'lost', start: skipped.start, end: skipped.end }) as N | Chain<N | LostNode>;
}

/** What stands here is remarked and skipped up to where reading can go on; the node covers it from `start`. */
export function lost<T extends Lexeme>(reading: Reading<T>, message: string, start = reading.cursor.peek().start, code = reading.codes.syntax): LostNode {
  const skipped = reading.cursor.fail(code, message, (token) => reading.isStop(token));
  return { kind: 'lost', start: Math.min(start, skipped.start), end: Math.max(start, skipped.end) };
}

/** Comparisons do not chain: what a second sign compares is lost. Null when the left side is no comparison. */
export function chained<N extends AnyNode>(reading: Reading<Lexeme>, left: N, sign: Span, isComparison: (kind: string) => boolean): LostNode | null {
  const last: AnyNode = left.kind === 'and' && left.closed === undefined ? (left as unknown as Chain<AnyNode>).of.at(-1)! : left;
  if (!isComparison(last.kind) || last.closed !== undefined) return null;
  reading.cursor.remark(reading.codes.syntax, 'error', sign, 'A comparison cannot be compared without parentheses; expected `and` or `or`.');
  return { kind: 'lost', start: sign.start, end: sign.start };
}

/** `not`s and what they cover; null where none stands. `takeNot` takes one and gives its place, or null. */
export function parseNots<N extends AnyNode>(
  reading: Reading<Lexeme>,
  takeNot: () => Span | null,
  operand: () => N,
): N | Negation<N | Negation<N>> | LostNode | null {
  const words: Span[] = [];
  for (let word = takeNot(); word !== null; word = takeNot()) words.push(word);
  const first = words[0];
  if (first === undefined) return null;
  // Pairs beyond the bound change nothing and are dropped, so that no text builds a tower.
  if (words.length > MAX_DEPTH) words.splice(2 + (words.length % 2));
  if (reading.depth >= MAX_DEPTH) return lost(reading, `More than ${MAX_DEPTH} negations inside each other are not read.`, first.start, reading.codes.tooDeep);
  reading.depth++;
  let node: N | Negation<N> = operand();
  reading.depth--;
  for (const { start, end } of words.toReversed()) node = { kind: 'not', start, end: Math.max(end, node.end), of: node as N };
  return node;
}

/** Steps into a bracket that was taken; false, and past it, when that is too deep. `open` and `close` are kinds of lexemes. */
export function enter(reading: Reading<Lexeme>, open: Lexeme, close: string): boolean {
  if (reading.depth < MAX_DEPTH) {
    reading.depth++;
    return true;
  }
  reading.cursor.remark(reading.codes.tooDeep, 'error', open, `More than ${MAX_DEPTH} brackets inside each other are not read.`);
  skipBracket(reading, open, close);
  return false;
}

/** Goes past a bracket that was taken, with all in it. */
function skipBracket({ cursor }: Reading<Lexeme>, open: Lexeme, close: string): void {
  for (let inside = 1; inside > 0 && !cursor.isEnd();) {
    const { kind } = cursor.next();
    if (kind === open.kind) inside++;
    if (kind === close) inside--;
  }
}

/** Steps out of a bracket, and tells what had to be skipped before it closed. A wall leaves it open. */
export function leave<T extends Lexeme>(
  reading: Reading<T>,
  open: Lexeme,
  close: T['kind'],
  expected = `Expected \`and\`, \`or\` or \`${close}\`.`,
): Span | null {
  const { cursor, codes } = reading;
  reading.depth--;
  if (cursor.take(close) !== null) return null;
  if (cursor.isEnd() || reading.isWall(cursor.peek())) {
    cursor.remark(codes.unclosed, 'error', open, `This \`${open.kind}\` is not closed: expected \`${close}\`.`);
    return null;
  }
  const skipped = cursor.fail(codes.syntax, expected, (token) => token.kind === close || reading.isWall(token));
  cursor.take(close);
  return skipped;
}

/** An expression in parentheses, which it then covers; `open` is the current token. */
export function parseGroup<T extends Lexeme, N extends AnyNode>(reading: Reading<T>, close: T['kind'], parse: () => N): N | Chain<N | LostNode> | LostNode {
  const { cursor } = reading;
  const open = cursor.next();
  if (!enter(reading, open, close)) return { kind: 'lost', start: open.start, end: cursor.last };
  const node = withLost(parse(), leave(reading, open, close));
  return { ...node, start: open.start, end: Math.max(cursor.last, node.end), closed: true };
}

/**
 * Values between brackets, the opening one being the current token; what makes no sense among them is a lost one.
 * `comma`: how much a comma without a value after it matters.
 */
export function parseList<T extends Lexeme, N extends AnyNode>(
  reading: Reading<T>,
  close: T['kind'],
  parse: () => N,
  comma: Diagnostic['severity'],
): readonly (N | LostNode)[] {
  const { cursor, codes } = reading;
  const open = cursor.next();
  const of: (N | LostNode)[] = [];
  if (!enter(reading, open, close)) return of;
  const isOver = (): boolean => cursor.isAt(close) || cursor.isEnd() || reading.isWall(cursor.peek());
  while (!isOver()) {
    const before = cursor.last;
    of.push(parse());
    if (cursor.take(',') !== null) {
      if (cursor.isAt(close)) cursor.remark(codes.syntax, comma, cursor.peek(), 'Expected another value after the comma.');
      continue;
    }
    if (!isOver()) of.push(lost(reading, `Expected \`,\` or \`${close}\`.`));
    if (cursor.take(',') === null && (cursor.last === before || !cursor.isAt('('))) break;
  }
  const skipped = leave(reading, open, close);
  if (skipped !== null) of.push({ kind: 'lost', start: skipped.start, end: skipped.end });
  return of;
}
