import type { Fix, Severity, Span } from '../../model';
import type { Cursor } from '../../syntax/cursor';
import { MAX_DEPTH, parseInfix } from '../../syntax/infix';
import { decode, unquoteName, type EqlLexeme } from './lexer';
import type { EqlRemark } from './remarks';
import type { CompareSign, EventNode, MatchNode, Node } from './tree';

export interface Parse {
  readonly text: string;
  readonly cursor: Cursor<EqlLexeme>;
  depth: number;
  /** Operands may stand side by side, as in a pipe's list of fields. */
  isListing: boolean;
  remark(code: EqlRemark, severity: Severity, span: Span, message: string, fix?: Fix): void;
  fail(code: EqlRemark, message: string, isStop: (token: EqlLexeme) => boolean): Span;
  isWord(...words: readonly string[]): boolean;
  /** Reads an event with its category; given, since events hold expressions. */
  parseEvent(): EventNode;
}

type Infix = 'or' | 'and' | 'missing' | 'compare' | 'match' | 'arithmetic';
const POWER: Readonly<Record<Infix, number>> = { or: 1, and: 2, missing: 2, compare: 4, match: 4, arithmetic: 5 };
const NOT_POWER = 3;
const SUM_FLOOR = 4;

/** Words that are no field's name. */
const RESERVED: ReadonlySet<string> = new Set([
  'and',
  'as',
  'by',
  'in',
  'join',
  'like',
  'macro',
  'not',
  'of',
  'or',
  'regex',
  'sequence',
  'until',
  'where',
  'with',
]);

/** Where reading goes on after what makes no sense: a word that joins, a bracket, a comma, a pipe. */
const isStop =
  ({ cursor }: Parse) =>
  (token: EqlLexeme): boolean =>
    '()[]|,'.includes(token.kind) || (token.kind === 'word' && /^(?:and|or|until)$/i.test(cursor.textOf(token)));

// Expression := And ('or' And)*   And := Not ('and' Not)*   Not := 'not' Not | Comparison
// `isValue`: only what can stand beside a comparison sign, as after `by`.
export function parseExpression(state: Parse, isValue = false): Node {
  return parseAt(state, isValue ? SUM_FLOOR : 0);
}

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
  return op === null || (op === 'missing' && state.isListing && state.depth === 0) ? null : { power: POWER[op], op };
}

function infixAt({ cursor }: Parse): Infix | null {
  const token = cursor.peek();
  switch (token.kind) {
    case 'word':
      return infixWord(cursor.textOf(token), cursor.peek(1), cursor);
    case 'compare':
    case '=':
      return 'compare';
    case ':':
      return 'match';
    case 'sign':
      return 'arithmetic';
    case 'string':
    case 'raw':
    case 'number':
    case 'duration':
    case 'quoted-name':
    case '(':
    case '?':
      return 'missing';
    default:
      return null;
  }
}

function infixWord(word: string, next: EqlLexeme, cursor: Cursor<EqlLexeme>): Infix | null {
  switch (word.length > 5 ? '' : word.toLowerCase()) {
    case 'or':
      return 'or';
    case 'and':
      return 'and';
    case 'in':
    case 'like':
    case 'regex':
      return 'match';
    case 'not':
      return next.kind === 'word' && /^(?:in|like|regex)$/i.test(cursor.textOf(next)) ? 'match' : 'missing';
    default:
      return RESERVED.has(word) ? null : 'missing';
  }
}

/** Takes a keyword; one that is not in lower case is remarked and read all the same. */
export function takeKeyword(state: Parse): string {
  const token = state.cursor.next();
  const source = state.cursor.textOf(token);
  const word = source.toLowerCase();
  if (source !== word) {
    const edits = [{ span: { start: token.start, end: token.end }, text: word }];
    state.remark('eql/keyword-case', 'error', token, `Keywords are written in lower case: \`${word}\`.`, { title: `Write ${word}`, edits });
  }
  return word;
}

function combine(state: Parse, left: Node, op: Infix, right: () => Node): Node {
  const { cursor } = state;
  switch (op) {
    case 'or':
    case 'and':
      takeKeyword(state);
      return joined(op, left, right());
    case 'missing':
      // Two operands side by side: read on as if `and` stood between them.
      state.remark('eql/syntax', 'error', cursor.peek(), 'Expected `and`, `or` or a comparison sign before this.');
      return joined('and', left, right());
    case 'compare':
      return parseCompare(state, left, right);
    case 'match':
      return parseMatch(state, left);
    case 'arithmetic': {
      cursor.next();
      const other = right();
      if (left.kind === 'arithmetic' && left.closed === undefined) {
        left.of.push(other);
        return { ...left, end: other.end };
      }
      return { kind: 'arithmetic', start: left.start, end: other.end, of: [left, other] };
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

// Compare := Sum ('==' | '!=' | '<' | '<=' | '>' | '>=') Sum
function parseCompare(state: Parse, left: Node, right: () => Node): Node {
  const token = state.cursor.next();
  const sign = token.kind === '=' ? '==' : (state.cursor.textOf(token) as CompareSign);
  if (token.kind === '=') {
    state.remark('eql/single-equals', 'error', token, 'Fields are compared with `==`, or with `:` where the case of letters does not matter.', {
      title: 'Write ==',
      edits: [{ span: { start: token.start, end: token.end }, text: '==' }],
    });
  }
  const host = chained(state, left, token);
  const other = right();
  const node: Node = { kind: 'compare', start: (host ?? left).start, end: Math.max(token.end, other.end), sign, left: host ?? left, right: other };
  return host === null ? node : joined('and', left, node);
}

/** Comparisons do not chain: what a second sign compares is lost. Null when the left side is no comparison. */
function chained(state: Parse, left: Node, sign: EqlLexeme): Node | null {
  const last = left.kind === 'and' && left.closed === undefined ? left.of.at(-1)! : left;
  if ((last.kind !== 'compare' && last.kind !== 'match') || last.closed !== undefined) return null;
  state.remark('eql/syntax', 'error', sign, 'A comparison cannot be compared without parentheses; expected `and` or `or`.');
  return { kind: 'lost', start: sign.start, end: sign.start };
}

// Match := Sum (':' | 'not'? 'in' '~'? | 'like' '~'? | 'regex' '~'?) (Sum | '(' Sum (',' Sum)* ')')
function parseMatch(state: Parse, left: Node): Node {
  const { cursor } = state;
  const first = cursor.peek();
  let isNegated = false;
  let op: MatchNode['op'] = ':';
  if (cursor.take(':') === null) {
    let word = takeKeyword(state);
    isNegated = word === 'not';
    if (isNegated) word = takeKeyword(state);
    op = word as MatchNode['op'];
    if (isNegated && op !== 'in') state.remark('eql/syntax', 'error', first, `\`not\` stands before the whole comparison: \`not field ${op} …\`.`);
  }
  const isCaseless = cursor.take('~') !== null || op === ':';
  const host = chained(state, left, first);
  const isList = cursor.isAt('(');
  const of = isList ? parseList(state) : [parseAt(state, SUM_FLOOR)];
  if (op === 'in' && !isList) state.remark('eql/syntax', 'error', of[0]!, 'Expected a list in parentheses after `in`.');
  if (isList && of.length === 0) state.remark('eql/syntax', 'error', { start: cursor.last - 1, end: cursor.last }, 'Expected at least one value in the list.');
  const node: Node = { kind: 'match', start: (host ?? left).start, end: Math.max(cursor.last, first.end), op, isCaseless, isNegated, left: host ?? left, of };
  return host === null ? node : joined('and', left, node);
}

// List := '(' (Expression (',' Expression)*)? ')'
function parseList(state: Parse): readonly Node[] {
  const { cursor } = state;
  const open = cursor.next();
  const of: Node[] = [];
  if (!enter(state, open)) return of;
  while (!cursor.isAt(')', 'end')) {
    if (cursor.isAt(']', '[', '|')) break;
    of.push(parseAt(state, 0));
    if (cursor.take(',') === null) {
      if (!cursor.isAt(')', 'end')) of.push(lost(state, 'eql/syntax', 'Expected `,` or `)`.'));
      if (cursor.take(',') === null && !cursor.isAt('(')) break;
    } else if (cursor.isAt(')')) state.remark('eql/syntax', 'warning', cursor.peek(), 'Expected another value after the comma.');
  }
  const skipped = leave(state, open);
  if (skipped !== null) of.push({ kind: 'lost', start: skipped.start, end: skipped.end });
  return of;
}

/** Steps into a bracket; false, and past it, when that is too deep. */
function enter(state: Parse, open: EqlLexeme): boolean {
  if (state.depth < MAX_DEPTH) {
    state.depth++;
    return true;
  }
  state.remark('eql/too-deep', 'error', open, `More than ${MAX_DEPTH} brackets inside each other are not read.`);
  for (let inside = 1; inside > 0 && !state.cursor.isEnd();) {
    const { kind } = state.cursor.next();
    if (kind === '(') inside++;
    if (kind === ')') inside--;
  }
  return false;
}

/** Steps out of a bracket, and tells what had to be skipped before it closed. */
function leave(state: Parse, open: EqlLexeme): Span | null {
  const { cursor } = state;
  state.depth--;
  if (cursor.take(')') !== null) return null;
  if (cursor.isAt('end', ']', '[', '|')) {
    state.remark('eql/unclosed', 'error', open, 'This `(` is not closed: expected `)`.');
    return null;
  }
  const skipped = state.fail('eql/syntax', 'Expected `and`, `or` or `)`.', ({ kind }) => kind === ')' || kind === ']' || kind === '[' || kind === '|');
  cursor.take(')');
  return skipped;
}

/** What was skipped stays in the tree. */
export const withLost = (node: Node, skipped: Span | null): Node =>
  skipped === null || skipped.end === skipped.start ? node : joined('and', node, { kind: 'lost', start: skipped.start, end: skipped.end });

// Not := 'not' Not | Comparison   Operand := '-'? Primary
function parseOperand(state: Parse): Node {
  const { cursor } = state;
  const words: EqlLexeme[] = [];
  while (cursor.isAt('word') && /^not$/i.test(cursor.textOf(cursor.peek()))) {
    words.push(cursor.peek());
    takeKeyword(state);
  }
  if (words.length > 0) {
    // Pairs beyond the bound change nothing and are dropped, so that no text builds a tower.
    if (words.length > MAX_DEPTH) words.splice(2 + (words.length % 2), words.length);
    if (!enterNot(state)) return lost(state, 'eql/too-deep', `More than ${MAX_DEPTH} negations inside each other are not read.`);
    let node = parseAt(state, NOT_POWER);
    state.depth--;
    for (const word of words.reverse()) node = { kind: 'not', start: word.start, end: Math.max(word.end, node.end), of: node };
    return node;
  }
  const sign = cursor.isAt('sign') && /[-+]/.test(cursor.textOf(cursor.peek())) ? cursor.next() : null;
  if (sign === null) return parsePrimary(state);
  if (cursor.isAt('sign')) return lost(state, 'eql/syntax', 'Expected a number or a field after the sign.', sign.start);
  const of = parsePrimary(state);
  return of.kind === 'number'
    ? { ...of, start: sign.start, source: `${cursor.textOf(sign)}${of.source}` }
    : { kind: 'arithmetic', start: sign.start, end: Math.max(of.end, sign.end), of: [of] };
}

function enterNot(state: Parse): boolean {
  if (state.depth >= MAX_DEPTH) return false;
  state.depth++;
  return true;
}

function lost(state: Parse, code: EqlRemark, message: string, start = state.cursor.peek().start): Node {
  const skipped = state.fail(code, message, isStop(state));
  return { kind: 'lost', start: Math.min(start, skipped.start), end: Math.max(start, skipped.end) };
}

// Primary := '(' Expression ')' | Text | Number | 'true' | 'false' | 'null' | Call | Path
function parsePrimary(state: Parse): Node {
  const { cursor } = state;
  const token = cursor.peek();
  switch (token.kind) {
    case '(': {
      cursor.next();
      if (!enter(state, token)) return { kind: 'lost', start: token.start, end: cursor.last };
      const node = withLost(parseAt(state, 0), leave(state, token));
      return { ...node, start: token.start, end: Math.max(cursor.last, node.end), closed: true };
    }
    case 'string':
    case 'raw':
      return parseText(state);
    case 'number':
      cursor.next();
      return { kind: 'number', start: token.start, end: token.end, source: cursor.textOf(token) };
    case '?':
      return parseOptional(state);
    case 'quoted-name':
      return parsePath(state, token.start);
    case 'word':
      return parseWord(state);
    case 'duration':
      return lost(state, 'eql/syntax', 'A name cannot begin with a digit; expected a number, a text or a field.');
    default:
      return lost(state, 'eql/syntax', token.kind === 'end' ? 'Expected a comparison before the end.' : 'Expected a field, a value, a function or `(`.');
  }
}

function parseText(state: Parse): Node {
  const { cursor, text } = state;
  const token = cursor.next();
  const value = decode(text, token);
  const span = { start: token.start, end: token.end };
  if (token.open)
    state.remark(
      'eql/unclosed',
      'error',
      { start: token.start, end: token.start + 1 },
      `This text is not closed: expected \`${token.kind === 'raw' ? '"""' : text[token.start]}\`.`,
    );
  if (text[token.start] === "'") {
    const fix = { title: 'Use double quotes', edits: [{ span, text: JSON.stringify(value.text) }] };
    state.remark('eql/single-quotes', 'error', span, 'Texts stand in double quotes.', fix);
  }
  if (value.wrong >= 0) {
    const at = { start: value.wrong, end: Math.min(value.wrong + 2, token.end) };
    const fix = { title: 'Double the backslash', edits: [{ span: { start: at.start, end: at.start }, text: '\\' }] };
    state.remark('eql/escape', 'error', at, `\`${cursor.textOf(at)}\` is no escape: a plain backslash is written \`\\\\\`.`, fix);
  }
  const next = cursor.peek();
  if (next.start === token.end && (next.kind === 'string' || next.kind === 'word'))
    state.remark('eql/syntax', 'error', next, 'Expected a blank, a comma or a bracket after the text.');
  return { kind: 'text', ...span, value };
}

// Optional := '?' Path
function parseOptional(state: Parse): Node {
  const { cursor } = state;
  const mark = cursor.next();
  if (cursor.isAt('word', 'quoted-name')) return parsePath(state, mark.start);
  if (cursor.isAt('string', 'raw')) {
    const text = parseText(state);
    state.remark('eql/old-syntax', 'error', mark, 'Raw texts are written between three double quotes.');
    return { ...text, start: mark.start };
  }
  return lost(state, 'eql/syntax', 'Expected a field after `?`.', mark.start);
}

function parseWord(state: Parse): Node {
  const { cursor } = state;
  const token = cursor.peek();
  const word = cursor.textOf(token);
  const span = { start: token.start, end: token.end };
  const after = cursor.peek(1);
  if (after.kind === '(' || (after.kind === '~' && cursor.peek(2).kind === '(')) {
    if (!RESERVED.has(word) && !/^(?:true|false|null)$/.test(word)) return parseCall(state);
  }
  if (after.kind === 'word' && cursor.textOf(after) === 'of') return parseRelation(state);
  if (word === 'true' || word === 'false' || word === 'null') {
    cursor.next();
    if (cursor.isAt('.', '(')) return lost(state, 'eql/syntax', `\`${word}\` has no parts; a field of that name is written in backticks.`, token.start);
    return { kind: 'constant', ...span, source: word };
  }
  if (RESERVED.has(word)) return lost(state, 'eql/syntax', `Expected a comparison before \`${word}\`; a field of that name is written in backticks.`);
  return parsePath(state, token.start);
}

// Relation := ('child' | 'descendant' | 'event') 'of' '[' Event ']'
function parseRelation(state: Parse): Node {
  const { cursor } = state;
  const word = cursor.next();
  const of = cursor.next();
  const isKnown = /^(?:child|descendant|event)$/.test(cursor.textOf(word));
  const open = cursor.isAt('[') && cursor.peek(1).kind !== ']';
  const message = open ? 'Elasticsearch has no relations between events; join them in a `sequence`.' : 'Expected an event in brackets.';
  state.remark('eql/old-syntax', isKnown && open ? 'warning' : 'error', { start: word.start, end: of.end }, message);
  if (!cursor.isAt('[')) return { kind: 'relation', start: word.start, end: of.end, condition: null };
  const bracket = cursor.next();
  if (cursor.isAt(']') || state.depth >= MAX_DEPTH) return { kind: 'relation', start: word.start, end: (cursor.take(']') ?? bracket).end, condition: null };
  state.depth++;
  const { condition } = state.parseEvent();
  state.depth--;
  if (cursor.take(']') === null) state.remark('eql/unclosed', 'error', bracket, 'This event is not closed: expected `]`.');
  return { kind: 'relation', start: word.start, end: cursor.last, condition };
}

// Call := Name '~'? '(' (Expression (',' Expression)*)? ')'
function parseCall(state: Parse): Node {
  const { cursor } = state;
  const token = cursor.next();
  const isCaseless = cursor.take('~') !== null;
  const of = parseList(state);
  return { kind: 'call', start: token.start, end: cursor.last, name: { start: token.start, end: token.end, text: cursor.textOf(token) }, isCaseless, of };
}

// Path := Name ('.' Name | '[' Number ']')*
function parsePath(state: Parse, start: number): Node {
  const { cursor, text } = state;
  const takeName = (): string => {
    const token = cursor.next();
    if (token.open) state.remark('eql/unclosed', 'error', { start: token.start, end: token.start + 1 }, 'This name is not closed: expected a backtick.');
    return token.kind === 'quoted-name' ? unquoteName(text, token) : cursor.textOf(token);
  };
  let name = takeName();
  for (;;) {
    if (cursor.isAt('.')) {
      cursor.next();
      if (!cursor.isAt('word', 'quoted-name') || /^(?:true|false|null)$/.test(cursor.textOf(cursor.peek()))) {
        const skipped = lost(state, 'eql/syntax', 'Expected the next part of the field’s name.', start);
        return { ...skipped, end: Math.max(skipped.end, cursor.last) };
      }
      name += `.${takeName()}`;
    } else if (cursor.isAt('[') && cursor.peek(1).kind === 'number' && cursor.peek(2).kind === ']') {
      cursor.next();
      name += `[${cursor.textOf(cursor.next())}]`;
      cursor.next();
    } else {
      return { kind: 'field', start, end: cursor.last, name };
    }
  }
}
