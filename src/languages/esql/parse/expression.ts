import type { Fix, Severity, Span } from '../../../model';
import type { Cursor } from '../../../syntax/cursor';
import {
  calculated,
  chained,
  enter,
  joined,
  leave,
  lost,
  parseList,
  parseNots,
  parseOperators,
  unsigned,
  withLost,
  type Reading,
} from '../../../syntax/expression';
import type { EsqlCode } from '../diagnostics';
import type { FieldNode, MapNode, MatchNode, Node, Pipeline } from '../tree';
import { isTimeUnit, type EsqlLexeme } from './lexer';
import { decode } from './literal';

export interface Parse extends Reading<EsqlLexeme> {
  readonly text: string;
  /** What was skipped and stands in no node. */
  readonly skipped: Span[];
  remark(code: EsqlCode, severity: Severity, span: Span, message: string, fix?: Fix): void;
  fail(code: EsqlCode, message: string, isStop: (token: EsqlLexeme) => boolean): Span;
  /** Whether the current token is one of these words, whatever its letters' case. */
  isWord(...words: readonly string[]): boolean;
  /** Reads commands up to a closing parenthesis; given, since conditions hold queries. */
  parseInner(): Pipeline;
}

type Infix = 'or' | 'and' | 'missing' | 'is' | 'match' | 'compare' | 'sum' | 'product' | 'cast';
const POWER: Readonly<Record<Infix, number>> = { or: 1, and: 2, missing: 2, is: 4, match: 4, compare: 4, sum: 5, product: 6, cast: 7 };
const NOT_POWER = 3;
const SUM_FLOOR = 4;
const PRODUCT_FLOOR = 6;

/** Words that end an expression or join two. */
const CLAUSES: ReadonlySet<string> = new Set(['and', 'or', 'by', 'where', 'on', 'with', 'as', 'asc', 'desc', 'nulls', 'metadata']);
const isClause = (cursor: Cursor<EsqlLexeme>, token: EsqlLexeme): boolean =>
  token.kind === 'word' && token.end - token.start < 9 && CLAUSES.has(cursor.textOf(token).toLowerCase());

/** Where reading goes on after what makes no sense: a clause, a bracket, a comma, a pipe. */
export const isStop = (cursor: Cursor<EsqlLexeme>, token: EsqlLexeme): boolean => '()[]{}|,;'.includes(token.kind) || isClause(cursor, token);

// booleanExpression, valueExpression and operatorExpression of Elasticsearch's Expression.g4, by precedence.
export const parseExpression = (state: Parse): Node => parseAt(state, 0);
/** What can stand beside a comparison sign. */
export const parseValue = (state: Parse): Node => parseAt(state, SUM_FLOOR);

function parseAt(state: Parse, floor: number): Node {
  return parseOperators<Node, Infix>(
    POWER,
    () => parseOperand(state),
    () => infixAt(state.cursor),
    (left, op, right) => combine(state, left, op, right),
    floor,
  );
}

function infixAt(cursor: Cursor<EsqlLexeme>): Infix | null {
  const token = cursor.peek();
  switch (token.kind) {
    case 'word':
      return infixWord(cursor, token);
    case 'compare':
    case '=':
      return 'compare';
    case ':':
      return 'match';
    case '::':
      return 'cast';
    case 'sign':
      return /[-+]/.test(cursor.textOf(token)) ? 'sum' : 'product';
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

function infixWord(cursor: Cursor<EsqlLexeme>, token: EsqlLexeme): Infix | null {
  // A word before a dot begins a name.
  if (cursor.peek(1).kind === '.') return 'missing';
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
      return isClause(cursor, token) ? null : 'missing';
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
      if (!cursor.peek().open) state.remark('esql/syntax', 'error', cursor.peek(), 'Expected `and`, `or`, a comparison sign or `|` before this.');
      return joined('and', unsigned(left), unsigned(right()));
    case 'is':
      return parseNullTest(state, left);
    case 'match':
      return parseMatch(state, left);
    case 'compare':
      return parseCompare(state, left, right);
    case 'sum':
    case 'product': {
      const { start, end } = cursor.next();
      return calculated(left, op, { start, end }, right());
    }
    case 'cast': {
      const sign = cursor.next();
      const type = cursor.take('word', 'quoted-name');
      if (type === null) state.remark('esql/syntax', 'error', cursor.peek(), 'Expected a type, such as `::string` or `::long`.');
      const to = type === null ? { start: sign.start, end: sign.end, text: '' } : { start: type.start, end: type.end, text: cursor.textOf(type).toLowerCase() };
      if (left.kind === 'cast' && left.closed === undefined) {
        left.types.push(to);
        return { ...left, end: to.end };
      }
      return { kind: 'cast', start: left.start, end: to.end, types: [to], of: left };
    }
    default:
      return op satisfies never;
  }
}

const isComparison = (kind: string): boolean => kind === 'compare' || kind === 'match' || kind === 'null-test';

// comparison = operatorExpression ('==' | '!=' | '<' | '<=' | '>' | '>=') operatorExpression
function parseCompare(state: Parse, left: Node, right: () => Node): Node {
  const token = state.cursor.next();
  const sign = { start: token.start, end: token.end };
  const host = chained(state, left, token, isComparison);
  if (token.kind === '=') {
    const fix = { title: 'Write ==', edits: [{ span: sign, text: '==' }] };
    state.remark('esql/single-equals', 'error', token, 'Values are compared with `==`; a single `=` names a column.', fix);
  }
  const other = right();
  const op = token.kind === '=' ? '==' : state.cursor.textOf(token);
  const node: Node = { kind: 'compare', start: (host ?? left).start, end: Math.max(token.end, other.end), op, sign, left: host ?? left, right: other };
  return host === null ? node : joined<Node>('and', left, node);
}

// isNull = valueExpression 'is' [ 'not' ] 'null'
function parseNullTest(state: Parse, left: Node): Node {
  const { cursor } = state;
  const is = cursor.next();
  const host = chained(state, left, is, isComparison);
  const isNegated = state.isWord('not');
  if (isNegated) cursor.next();
  if (state.isWord('null')) cursor.next();
  else state.remark('esql/syntax', 'error', cursor.peek(), 'Expected `null`.');
  const sign = { start: is.start, end: cursor.last };
  const node: Node = { kind: 'null-test', start: (host ?? left).start, end: cursor.last, sign, isNegated, of: host ?? left };
  return host === null ? node : joined<Node>('and', left, node);
}

// logicalIn, likeExpression, rlikeExpression and their lists, matchBooleanExpression, logicalInSubquery
function parseMatch(state: Parse, left: Node): Node {
  const { cursor } = state;
  const first = cursor.next();
  const word = cursor.textOf(first).toLowerCase();
  const isNegated = word === 'not';
  const op = (isNegated ? cursor.textOf(cursor.next()).toLowerCase() : word) as MatchNode['op'];
  const sign = { start: first.start, end: cursor.last };
  const host = chained(state, left, first, isComparison);
  const isList = cursor.isAt('(');
  const of = op === 'in' && isSubquery(state) ? [parseSubquery(state)] : isList ? parseValues(state, ')') : [parseAt(state, SUM_FLOOR)];
  if (op === ':' && isList) state.remark('esql/syntax', 'error', sign, 'Expected one value after `:`; several are joined by `or`.');
  if (op === 'in' && !isList) state.remark('esql/syntax', 'error', of[0]!, 'Expected a list in parentheses after `in`.');
  if (isList && of.length === 0) state.remark('esql/syntax', 'error', { start: cursor.last - 1, end: cursor.last }, 'Expected at least one value in the list.');
  const node: Node = { kind: 'match', start: (host ?? left).start, end: Math.max(cursor.last, first.end), op, sign, isNegated, left: host ?? left, of };
  return host === null ? node : joined<Node>('and', left, node);
}

/** `(from …`, `(row …`, `(ts …`: a query stands in the parentheses. */
function isSubquery({ cursor }: Parse): boolean {
  const [word, next] = [cursor.peek(1), cursor.peek(2)];
  if (!cursor.isAt('(') || word.kind !== 'word' || !/^(?:from|row|ts)$/i.test(cursor.textOf(word))) return false;
  return next.kind === 'word' || next.kind === 'quoted-name' || next.kind === 'string' || next.kind === 'raw' || next.kind === '(';
}

// subquery = '(' sourceCommand { '|' processingCommand } ')'
function parseSubquery(state: Parse): Node {
  const { cursor } = state;
  const open = cursor.next();
  if (!enter(state, open, ')')) return { kind: 'lost', start: open.start, end: cursor.last };
  const pipeline = state.parseInner();
  state.depth--;
  if (cursor.take(')') === null) state.remark('esql/unclosed', 'error', open, 'This `(` is not closed: expected `)`.');
  return { kind: 'subquery', start: open.start, end: cursor.last, pipeline };
}

const parseValues = (state: Parse, close: ')' | ']'): readonly Node[] => parseList<EsqlLexeme, Node>(state, close, () => parseAt(state, 0), 'error');

// logicalNot = 'not' booleanExpression     arithmeticUnary = ('-' | '+') operatorExpression
function parseOperand(state: Parse): Node {
  const { cursor } = state;
  const takeNot = (): Span | null => {
    if (!state.isWord('not')) return null;
    const { start, end } = cursor.next();
    return { start, end };
  };
  const negated = parseNots<Node>(state, takeNot, () => parseAt(state, NOT_POWER));
  if (negated !== null) return negated;
  const signs: Span[] = [];
  let isNegative = false;
  while (cursor.isAt('sign') && /[-+]/.test(cursor.textOf(cursor.peek()))) {
    const { start, end } = cursor.next();
    isNegative = isNegative !== (state.text[start] === '-');
    signs.push({ start, end });
  }
  const [sign] = signs;
  if (sign === undefined) return parsePrimary(state);
  if (cursor.isAt('sign')) return lost(state, 'Expected a number or a field after the sign.', sign.start);
  const of = parseAt(state, PRODUCT_FLOOR);
  if ((of.kind === 'number' || of.kind === 'timespan') && of.closed === undefined)
    return { ...of, start: sign.start, source: `${isNegative ? '-' : ''}${of.source}` };
  // Signs in pairs change nothing.
  const minus = signs.find(({ start }) => state.text[start] === '-');
  if (!isNegative || minus === undefined) return { ...of, start: sign.start, closed: true };
  return { kind: 'arithmetic', start: sign.start, end: Math.max(of.end, sign.end), rank: 'sign', signs: [minus], of: [of] };
}

// primaryExpression = constant | qualifiedName | functionExpression | '(' booleanExpression ')'
function parsePrimary(state: Parse): Node {
  const { cursor } = state;
  const token = cursor.peek();
  switch (token.kind) {
    case '(':
      return parseGroup(state);
    case '[': {
      if (isQualified(cursor)) return parseQualified(state);
      const of = parseValues(state, ']');
      return { kind: 'list', start: token.start, end: cursor.last, of };
    }
    case '{':
      return parseMap(state);
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
      return parseParameter(state);
    case 'sign':
      if (cursor.textOf(token) !== '*') return lost(state, 'Expected a field, a value, a function or `(`.');
      cursor.next();
      return { kind: 'star', start: token.start, end: token.end, source: '*' };
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

// Group = '(' booleanExpression ')'     Tuple = '(' valueExpression { ',' valueExpression } ')'     lambda = '(' … ')' '->' booleanExpression
function parseGroup(state: Parse): Node {
  const { cursor } = state;
  const open = cursor.next();
  if (!enter(state, open, ')')) return { kind: 'lost', start: open.start, end: cursor.last };
  if (cursor.isAt(')') && cursor.peek(1).kind === '->') {
    leave(state, open, ')');
    return parseLambda(state, open.start);
  }
  const first = parseAt(state, 0);
  if (!cursor.isAt(',')) {
    const node = withLost<Node>(first, leave(state, open, ')'));
    if (cursor.isAt('->')) return parseLambda(state, open.start);
    return { ...node, start: open.start, end: Math.max(cursor.last, node.end), closed: true };
  }
  const of: Node[] = [first];
  while (cursor.take(',') !== null) of.push(parseAt(state, 0));
  const skipped = leave(state, open, ')');
  if (skipped !== null && skipped.end > skipped.start) of.push({ kind: 'lost', start: skipped.start, end: skipped.end });
  if (cursor.isAt('->')) return parseLambda(state, open.start);
  return { kind: 'tuple', start: open.start, end: cursor.last, of };
}

/** What a function does with each element; `->` is the current token. */
function parseLambda(state: Parse, start: number): Node {
  const { cursor } = state;
  const arrow = cursor.next();
  const of = parseAt(state, 0);
  return { kind: 'lambda', start, end: Math.max(arrow.end, of.end), of };
}

// mapExpression = '{' [ string ':' mapValue { ',' string ':' mapValue } ] '}'
function parseMap(state: Parse): Node {
  const { cursor } = state;
  const open = cursor.next();
  if (!enter(state, open, '}')) return { kind: 'lost', start: open.start, end: cursor.last };
  const entries: MapNode['entries'][number][] = [];
  let isWell = true;
  while (isWell && !cursor.isAt('}', 'end', '|')) {
    const key = cursor.take('string', 'raw');
    isWell = key !== null && cursor.take(':') !== null;
    if (isWell) entries.push({ key: decode(state.text, key!).text, value: parseAt(state, SUM_FLOOR) });
    if (cursor.take(',') === null) break;
  }
  state.depth--;
  if (isWell && cursor.take('}') !== null) return { kind: 'map', start: open.start, end: cursor.last, entries };
  if (cursor.isAt('end', '|')) state.remark('esql/unclosed', 'error', open, 'This `{` is not closed: expected `}`.');
  else {
    state.remark('esql/syntax', 'error', cursor.peek(), 'Expected `"key": value`.');
    let inside = 1;
    while (inside > 0 && !cursor.isAt('end', '|')) {
      const { kind } = cursor.next();
      if (kind === '{') inside++;
      if (kind === '}') inside--;
    }
  }
  return { kind: 'lost', start: open.start, end: cursor.last };
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

/** `?value`, or a name or function that a parameter gives. */
function parseParameter(state: Parse): Node {
  const { cursor } = state;
  const token = cursor.peek();
  if (cursor.peek(1).kind === '.') return parseField(state);
  cursor.next();
  if (cursor.isAt('(')) return parseCall(state, token);
  return { kind: 'parameter', start: token.start, end: token.end, source: cursor.textOf(token) };
}

// functionExpression = functionName '(' [ '*' | functionParam { ',' functionParam } [ ',' mapExpression ] ] ')'
function parseCall(state: Parse, name: EsqlLexeme): Node {
  const { cursor } = state;
  const of = parseValues(state, ')');
  return { kind: 'call', start: name.start, end: cursor.last, name: { start: name.start, end: name.end, text: cursor.textOf(name) }, of };
}

function parseWord(state: Parse): Node {
  const { cursor } = state;
  const token = cursor.peek();
  const word = cursor.textOf(token).toLowerCase();
  const after = cursor.peek(1).kind;
  if (after === '(' && !CLAUSES.has(word)) {
    cursor.next();
    return parseCall(state, token);
  }
  if (after === '->') {
    cursor.next();
    return parseLambda(state, token.start);
  }
  if (after !== '.' && (word === 'true' || word === 'false' || word === 'null')) {
    cursor.next();
    return { kind: 'constant', start: token.start, end: token.end, source: word };
  }
  if (after !== '.' && CLAUSES.has(word)) return lost(state, `Expected a field or a value before \`${cursor.textOf(token)}\`.`);
  return parseField(state);
}

/** `[join].[name]` begins here. */
export function isQualified(cursor: Cursor<EsqlLexeme>): boolean {
  const after = cursor.peek(1).kind === ']' ? 2 : 3;
  return cursor.isAt('[') && cursor.peek(after - 1).kind === ']' && cursor.peek(after).kind === '.' && cursor.peek(after + 1).kind === '[';
}

/** A column by the index it is from; the name is the column's own. */
export function parseQualified(state: Parse): Node {
  const { cursor } = state;
  const open = cursor.next();
  while (!cursor.isAt(']')) cursor.next();
  cursor.next();
  cursor.next();
  const inner = cursor.next();
  const field = cursor.isAt('word', 'quoted-name', 'parameter') ? parseField(state) : lost(state, 'Expected a field’s name.', inner.start);
  if (cursor.take(']') === null) state.remark('esql/unclosed', 'error', inner, 'This `[` is not closed: expected `]`.');
  return { ...field, start: open.start, end: Math.max(cursor.last, field.end) };
}

// qualifiedName = identifierOrParameter { '.' identifierOrParameter }
export function parseField(state: Parse): FieldNode | { readonly kind: 'lost'; readonly start: number; readonly end: number } {
  const { cursor } = state;
  const first = cursor.peek();
  const { start } = first;
  let name = takeName(state);
  if (first.open) return { kind: 'lost', start, end: first.end };
  while (cursor.isAt('.')) {
    const dot = cursor.next();
    if (!cursor.isAt('word', 'part', 'quoted-name', 'number', 'parameter')) {
      const skipped = lost(state, 'Expected the next part of the field’s name.', start);
      return { ...skipped, end: Math.max(skipped.end, dot.end) };
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
