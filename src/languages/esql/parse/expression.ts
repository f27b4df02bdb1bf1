import type { Fix, Severity, Span } from '../../../model';
import type { Cursor } from '../../../syntax/cursor';
import { MAX_DEPTH, parseInfix } from '../../../syntax/infix';
import { isTimeUnit, type EsqlLexeme } from './lexer';
import { decode } from './literal';
import type { EsqlRemark } from '../diagnostics';
import type { MatchNode, Node } from '../tree';

export interface Parse {
  readonly text: string;
  readonly cursor: Cursor<EsqlLexeme>;
  depth: number;
  remark(code: EsqlRemark, severity: Severity, span: Span, message: string, fix?: Fix): void;
  fail(code: EsqlRemark, message: string, isStop: (token: EsqlLexeme) => boolean): Span;
  /** Whether the current token is one of these words, whatever its letters' case. */
  isWord(...words: readonly string[]): boolean;
}

type Infix = 'or' | 'and' | 'missing' | 'is' | 'match' | 'compare' | 'arithmetic' | 'cast';
const POWER: Readonly<Record<Infix, number>> = { or: 1, and: 2, missing: 2, is: 4, match: 4, compare: 4, arithmetic: 5, cast: 6 };
const NOT_POWER = 3;
const SUM_FLOOR = 4;

/** Words that end an expression or join two. */
const CLAUSES: ReadonlySet<string> = new Set(['and', 'or', 'by', 'where', 'on', 'with', 'as', 'asc', 'desc', 'nulls', 'metadata']);
const isClause = ({ cursor }: Parse, token: EsqlLexeme): boolean =>
  token.kind === 'word' && token.end - token.start < 9 && CLAUSES.has(cursor.textOf(token).toLowerCase());

/** Where reading goes on after what makes no sense: a clause, a bracket, a comma, a pipe. */
export const isStop =
  (state: Parse) =>
  (token: EsqlLexeme): boolean =>
    '()[]{}|,'.includes(token.kind) || isClause(state, token);

// Expression := And ('or' And)*   And := Not ('and' Not)*   Not := 'not' Not | Comparison
export const parseExpression = (state: Parse): Node => parseAt(state, 0);
/** What can stand beside a comparison sign. */
export const parseValue = (state: Parse): Node => parseAt(state, SUM_FLOOR);

function parseAt(state: Parse, floor: number): Node {
  return parseInfix(
    () => parseOperand(state),
    () => operatorAt(state),
    (left, op, right) => combine(state, left, op, right),
    floor,
  );
}

function operatorAt(state: Parse): { readonly power: number; readonly op: Infix } | null {
  const op = infixAt(state);
  return op === null ? null : { power: POWER[op], op };
}

function infixAt(state: Parse): Infix | null {
  const { cursor } = state;
  const token = cursor.peek();
  switch (token.kind) {
    case 'word':
      return infixWord(state, token);
    case 'compare':
    case '=':
      return 'compare';
    case ':':
      return 'match';
    case '::':
      return 'cast';
    case 'sign':
      return 'arithmetic';
    case 'string':
    case 'raw':
    case 'single':
    case 'number':
    case 'parameter':
    case 'quoted-name':
    case '(':
      return 'missing';
    default:
      return null;
  }
}

function infixWord(state: Parse, token: EsqlLexeme): Infix | null {
  const { cursor } = state;
  switch (token.end - token.start > 5 ? '' : cursor.textOf(token).toLowerCase()) {
    case 'or':
      return 'or';
    case 'and':
      return 'and';
    case 'is':
      return 'is';
    case 'in':
    case 'like':
    case 'rlike':
      return 'match';
    case 'not':
      return cursor.peek(1).kind === 'word' && /^(?:in|like|rlike)$/i.test(cursor.textOf(cursor.peek(1))) ? 'match' : 'missing';
    default:
      return isClause(state, token) ? null : 'missing';
  }
}

function combine(state: Parse, left: Node, op: Infix, right: () => Node): Node {
  const { cursor } = state;
  switch (op) {
    case 'or':
    case 'and':
      cursor.next();
      return joined(op, left, right());
    case 'missing':
      // Two operands side by side: read on as if `and` stood between them.
      state.remark('esql/syntax', 'error', cursor.peek(), 'Expected `and`, `or`, a comparison sign or `|` before this.');
      return joined('and', left, right());
    case 'is':
      return parseNullTest(state, left);
    case 'match':
      return parseMatch(state, left);
    case 'compare':
      return parseCompare(state, left, right);
    case 'arithmetic': {
      cursor.next();
      const other = right();
      if (left.kind === 'arithmetic' && left.closed === undefined) {
        left.of.push(other);
        return { ...left, end: Math.max(left.end, other.end) };
      }
      return { kind: 'arithmetic', start: left.start, end: Math.max(left.end, other.end), of: [left, other] };
    }
    case 'cast': {
      const sign = cursor.next();
      const type = cursor.take('word');
      if (type === null) state.remark('esql/syntax', 'error', cursor.peek(), 'Expected a type, such as `::string` or `::long`.');
      if (left.kind === 'cast' && left.closed === undefined) return { ...left, end: (type ?? sign).end };
      return { kind: 'cast', start: left.start, end: (type ?? sign).end, type: type === null ? '' : cursor.textOf(type).toLowerCase(), of: left };
    }
    default:
      return op satisfies never;
  }
}

function joined(kind: 'and' | 'or', left: Node, right: Node): Node {
  const end = Math.max(left.end, right.end);
  if (left.kind === kind && left.closed === undefined) {
    left.of.push(right);
    return { ...left, end };
  }
  return { kind, start: left.start, end, of: [left, right] };
}

/** Comparisons do not chain: what a second sign compares is lost. Null when the left side is no comparison. */
function chained(state: Parse, left: Node, sign: EsqlLexeme): Node | null {
  const last = left.kind === 'and' && left.closed === undefined ? left.of.at(-1)! : left;
  if ((last.kind !== 'compare' && last.kind !== 'match' && last.kind !== 'null-test') || last.closed !== undefined) return null;
  state.remark('esql/syntax', 'error', sign, 'A comparison cannot be compared without parentheses; expected `and` or `or`.');
  return { kind: 'lost', start: sign.start, end: sign.start };
}

// Compare := Sum ('==' | '=~' | '!=' | '<' | '<=' | '>' | '>=') Sum
function parseCompare(state: Parse, left: Node, right: () => Node): Node {
  const token = state.cursor.next();
  const host = chained(state, left, token);
  if (token.kind === '=') {
    const fix = { title: 'Write ==', edits: [{ span: { start: token.start, end: token.end }, text: '==' }] };
    state.remark('esql/single-equals', 'error', token, 'Values are compared with `==`; a single `=` names a column.', fix);
  }
  const other = right();
  const sign = token.kind === '=' ? '==' : state.cursor.textOf(token);
  const node: Node = { kind: 'compare', start: (host ?? left).start, end: Math.max(token.end, other.end), sign, left: host ?? left, right: other };
  return host === null ? node : joined('and', left, node);
}

// NullTest := Sum 'is' 'not'? 'null'
function parseNullTest(state: Parse, left: Node): Node {
  const { cursor } = state;
  const is = cursor.next();
  const host = chained(state, left, is);
  const isNegated = state.isWord('not');
  if (isNegated) cursor.next();
  if (state.isWord('null')) cursor.next();
  else state.remark('esql/syntax', 'error', cursor.peek(), 'Expected `null`.');
  const node: Node = { kind: 'null-test', start: (host ?? left).start, end: cursor.last, isNegated, of: host ?? left };
  return host === null ? node : joined('and', left, node);
}

// Match := Sum (':' | 'not'? ('in' | 'like' | 'rlike')) (Sum | '(' Expression (',' Expression)* ')')
function parseMatch(state: Parse, left: Node): Node {
  const { cursor } = state;
  const first = cursor.next();
  const word = cursor.textOf(first).toLowerCase();
  const isNegated = word === 'not';
  const op = (isNegated ? cursor.textOf(cursor.next()).toLowerCase() : word) as MatchNode['op'];
  const host = chained(state, left, first);
  const isList = cursor.isAt('(');
  const of = isList ? parseList(state, ')') : [parseAt(state, SUM_FLOOR)];
  if (op === 'in' && !isList) state.remark('esql/syntax', 'error', of[0]!, 'Expected a list in parentheses after `in`.');
  if (isList && of.length === 0) state.remark('esql/syntax', 'error', { start: cursor.last - 1, end: cursor.last }, 'Expected at least one value in the list.');
  const node: Node = { kind: 'match', start: (host ?? left).start, end: Math.max(cursor.last, first.end), op, isNegated, left: host ?? left, of };
  return host === null ? node : joined('and', left, node);
}

// List := '(' (Expression (',' Expression)*)? ')'
function parseList(state: Parse, close: ')' | ']'): readonly Node[] {
  const { cursor } = state;
  const open = cursor.next();
  const of: Node[] = [];
  if (!enter(state, open)) return of;
  while (!cursor.isAt(close, 'end', '|')) {
    const before = cursor.last;
    of.push(parseAt(state, 0));
    if (cursor.take(',') !== null) {
      if (cursor.isAt(close)) state.remark('esql/syntax', 'error', cursor.peek(), 'Expected another value after the comma.');
      continue;
    }
    if (!cursor.isAt(close, 'end', '|')) of.push(lost(state, `Expected \`,\` or \`${close}\`.`));
    if (cursor.take(',') === null && (cursor.last === before || !cursor.isAt('('))) break;
  }
  const skipped = leave(state, open, close);
  if (skipped !== null) of.push({ kind: 'lost', start: skipped.start, end: skipped.end });
  return of;
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Steps into a bracket; false, and past it, when that is too deep. */
function enter(state: Parse, open: EsqlLexeme): boolean {
  if (state.depth < MAX_DEPTH) {
    state.depth++;
    return true;
  }
  state.remark('esql/too-deep', 'error', open, `More than ${MAX_DEPTH} brackets inside each other are not read.`);
  skipBracket(state, open);
  return false;
}

function skipBracket({ cursor }: Parse, open: EsqlLexeme): void {
  const close = CLOSING[open.kind];
  for (let inside = 1; inside > 0 && !cursor.isEnd();) {
    const { kind } = cursor.next();
    if (kind === open.kind) inside++;
    if (kind === close) inside--;
  }
}

/** Steps out of a bracket, and tells what had to be skipped before it closed. */
function leave(state: Parse, open: EsqlLexeme, close: ')' | ']'): Span | null {
  const { cursor } = state;
  state.depth--;
  if (cursor.take(close) !== null) return null;
  if (cursor.isAt('end', '|')) {
    state.remark('esql/unclosed', 'error', open, `This \`${open.kind}\` is not closed: expected \`${close}\`.`);
    return null;
  }
  const skipped = state.fail('esql/syntax', `Expected \`and\`, \`or\` or \`${close}\`.`, ({ kind }) => kind === close || kind === '|');
  cursor.take(close);
  return skipped;
}

/** What was skipped stays in the tree. */
export const withLost = (node: Node, skipped: Span | null): Node =>
  skipped === null || skipped.end === skipped.start ? node : joined('and', node, { kind: 'lost', start: skipped.start, end: skipped.end });

function lost(state: Parse, message: string, start = state.cursor.peek().start): Node {
  const skipped = state.fail('esql/syntax', message, isStop(state));
  return { kind: 'lost', start: Math.min(start, skipped.start), end: Math.max(start, skipped.end) };
}

// Operand := 'not'* Comparison | [+-]? Primary
function parseOperand(state: Parse): Node {
  const { cursor } = state;
  const words: EsqlLexeme[] = [];
  while (state.isWord('not')) words.push(cursor.next());
  if (words.length > 0) {
    // Pairs beyond the bound change nothing and are dropped, so that no text builds a tower.
    if (words.length > MAX_DEPTH) words.splice(2 + (words.length % 2), words.length);
    if (state.depth >= MAX_DEPTH) return lost(state, `More than ${MAX_DEPTH} negations inside each other are not read.`, words[0]!.start);
    state.depth++;
    let node = parseAt(state, NOT_POWER);
    state.depth--;
    for (const word of words.reverse()) node = { kind: 'not', start: word.start, end: Math.max(word.end, node.end), of: node };
    return node;
  }
  const sign = cursor.isAt('sign') && /[-+]/.test(cursor.textOf(cursor.peek())) ? cursor.next() : null;
  if (sign === null) return parsePrimary(state);
  if (cursor.isAt('sign')) return lost(state, 'Expected a number or a field after the sign.', sign.start);
  const of = parsePrimary(state);
  if (of.kind === 'number' || of.kind === 'timespan') return { ...of, start: sign.start, source: `${cursor.textOf(sign)}${of.source}` };
  return { kind: 'arithmetic', start: sign.start, end: Math.max(of.end, sign.end), of: [of] };
}

// Primary := '(' Expression ')' | Text | Number Unit? | 'true' | 'false' | 'null' | Parameter | Call | Field | '[' … ']' | '{' … '}' | '*'
function parsePrimary(state: Parse): Node {
  const { cursor } = state;
  const token = cursor.peek();
  const span = { start: token.start, end: token.end };
  switch (token.kind) {
    case '(': {
      cursor.next();
      if (!enter(state, token)) return { kind: 'lost', start: token.start, end: cursor.last };
      const node = withLost(parseAt(state, 0), leave(state, token, ')'));
      return { ...node, start: token.start, end: Math.max(cursor.last, node.end), closed: true };
    }
    case '[': {
      const of = parseList(state, ']');
      return { kind: 'list', start: token.start, end: cursor.last, of };
    }
    case '{':
      cursor.next();
      skipBracket(state, token);
      if (state.text[cursor.last - 1] !== '}') state.remark('esql/unclosed', 'error', token, 'This `{` is not closed: expected `}`.');
      return { kind: 'map', start: token.start, end: cursor.last };
    case 'string':
    case 'raw':
    case 'single':
      return parseText(state);
    case 'number': {
      cursor.next();
      const unit = cursor.isAt('word') && isTimeUnit(cursor.textOf(cursor.peek())) ? cursor.next() : null;
      return { kind: unit === null ? 'number' : 'timespan', start: token.start, end: cursor.last, source: state.text.slice(token.start, cursor.last) };
    }
    case 'parameter':
      cursor.next();
      return { kind: 'parameter', ...span, source: cursor.textOf(token) };
    case 'sign':
      if (cursor.textOf(token) !== '*') return lost(state, 'Expected a field, a value, a function or `(`.');
      cursor.next();
      return { kind: 'star', ...span, source: '*' };
    case 'word':
      return parseWord(state);
    case 'quoted-name':
      return parseField(state);
    default:
      return lost(
        state,
        token.kind === 'end' || token.kind === '|' ? 'Expected a comparison before the end of the command.' : 'Expected a field, a value, a function or `(`.',
      );
  }
}

function parseText(state: Parse): Node {
  const { cursor, text } = state;
  const token = cursor.next();
  const value = decode(text, token);
  const span = { start: token.start, end: token.end };
  if (token.open)
    state.remark(
      'esql/unclosed',
      'error',
      { start: token.start, end: token.start + 1 },
      `This text is not closed: expected \`${token.kind === 'raw' ? '"""' : text[token.start]}\`.`,
    );
  if (token.kind === 'single') {
    state.remark('esql/single-quotes', 'error', span, 'Texts stand in double quotes.', {
      title: 'Use double quotes',
      edits: [{ span, text: JSON.stringify(value.text) }],
    });
  }
  if (value.wrong >= 0) {
    const at = { start: value.wrong, end: Math.min(value.wrong + 2, token.end) };
    const fix = { title: 'Double the backslash', edits: [{ span: { start: at.start, end: at.start }, text: '\\' }] };
    state.remark(
      'esql/escape',
      'error',
      at,
      `\`${cursor.textOf(at)}\` is no escape: a plain backslash is written \`\\\\\`, or the text between three double quotes.`,
      fix,
    );
  }
  return { kind: 'text', ...span, value };
}

function parseWord(state: Parse): Node {
  const { cursor } = state;
  const token = cursor.peek();
  const word = cursor.textOf(token).toLowerCase();
  const after = cursor.peek(1).kind;
  if (after === '(' && !CLAUSES.has(word)) {
    cursor.next();
    const of = parseList(state, ')');
    return { kind: 'call', start: token.start, end: cursor.last, name: { start: token.start, end: token.end, text: cursor.textOf(token) }, of };
  }
  if (after !== '.' && (word === 'true' || word === 'false' || word === 'null')) {
    cursor.next();
    return { kind: 'constant', start: token.start, end: token.end, source: word };
  }
  if (after !== '.' && CLAUSES.has(word)) return lost(state, `Expected a field or a value before \`${cursor.textOf(token)}\`.`);
  return parseField(state);
}

// Field := Name ('.' Name)*
export function parseField(state: Parse): Node {
  const { cursor } = state;
  const start = cursor.peek().start;
  let name = takeName(state);
  while (cursor.isAt('.')) {
    cursor.next();
    if (!cursor.isAt('word', 'quoted-name', 'number')) {
      const skipped = lost(state, 'Expected the next part of the field’s name.', start);
      return { ...skipped, end: Math.max(skipped.end, cursor.last) };
    }
    name += `.${takeName(state)}`;
  }
  return { kind: 'field', start, end: cursor.last, name };
}

/** A part of a name; backticks are cut and doubled ones halved. */
function takeName(state: Parse): string {
  const { cursor } = state;
  const token = cursor.next();
  const source = cursor.textOf(token);
  if (token.kind !== 'quoted-name') return source;
  if (token.open) state.remark('esql/unclosed', 'error', { start: token.start, end: token.start + 1 }, 'This name is not closed: expected a backtick.');
  return source.slice(1, token.open ? undefined : -1).replaceAll('``', '`');
}
