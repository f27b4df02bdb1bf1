import type { Fix, Severity, Span } from '../../../model';
import type { Cursor } from '../../../syntax/cursor';
import { calculated, chained, joined, lost, parseGroup, parseList, parseNots, parseOperators, type Reading, unsigned } from '../../../syntax/expression';
import { MAX_DEPTH } from '../../../syntax/infix';
import type { EqlCode } from '../diagnostics';
import type { CompareSign, EventNode, FieldNode, MatchNode, Node } from '../tree';
import { decode, unquoteName, type EqlLexeme } from './lexer';

export interface Parse extends Reading<EqlLexeme> {
  readonly text: string;
  /** What was skipped and stands in no node. */
  readonly skipped: Span[];
  /** Operands may stand side by side, as in a pipe's list of fields. */
  isListing: boolean;
  remark(code: EqlCode, severity: Severity, span: Span, message: string, fix?: Fix): void;
  fail(code: EqlCode, message: string, isStop: (token: EqlLexeme) => boolean): Span;
  isWord(...words: readonly string[]): boolean;
  /** Reads an event with its category; given, since events hold expressions. */
  parseEvent(): EventNode;
}

type Infix = 'or' | 'and' | 'missing' | 'compare' | 'match' | 'sum' | 'product';
const POWER: Readonly<Record<Infix, number>> = { or: 1, and: 2, missing: 2, compare: 4, match: 4, sum: 5, product: 6 };
const NOT_POWER = 3;
const SUM_FLOOR = 4;

/** Words that are no field's name. */
const RESERVED: ReadonlySet<string> = new Set('and as by in join like macro not of or regex sequence until where with'.split(' '));

/** Where reading goes on after what makes no sense: a word that joins, a bracket, a comma, a pipe. */
export const isStop = ({ cursor }: { readonly cursor: Cursor<EqlLexeme> }, token: EqlLexeme): boolean =>
  '()[]|,'.includes(token.kind) || (token.kind === 'word' && /^(?:and|or|until)$/i.test(cursor.textOf(token)));

// Expression = And { 'or' And }     And = Not { 'and' Not }     Not = 'not' Not | Comparison
// `isValue`: only what can stand beside a comparison sign, as after `by`.
export function parseExpression(state: Parse, isValue = false): Node {
  return parseAt(state, isValue ? SUM_FLOOR : 0);
}

function parseAt(state: Parse, floor: number): Node {
  return parseOperators<Node, Infix>(
    POWER,
    () => parseOperand(state),
    () => {
      const op = infixAt(state.cursor);
      return op === 'missing' && state.isListing && state.depth === 0 ? null : op;
    },
    (left, op, right) => combine(state, left, op, right),
    floor,
  );
}

function infixAt(cursor: Cursor<EqlLexeme>): Infix | null {
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
      return /[-+]/.test(cursor.textOf(token)) ? 'sum' : 'product';
    case 'string':
    case 'raw':
    case 'number':
    case 'duration':
    case 'quoted-name':
    case 'variable':
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
      if (!cursor.peek().open) state.remark('eql/syntax', 'error', cursor.peek(), 'Expected `and`, `or` or a comparison sign before this.');
      return joined('and', unsigned(left), unsigned(right()));
    case 'compare':
      return parseCompare(state, left, right);
    case 'match':
      return parseMatch(state, left);
    case 'sum':
    case 'product': {
      const { start, end } = cursor.next();
      return calculated(left, op, { start, end }, right());
    }
    default:
      return op satisfies never;
  }
}

const isComparison = (kind: string): boolean => kind === 'compare' || kind === 'match';

// Compare = Sum ('==' | '!=' | '<' | '<=' | '>' | '>=') Sum
function parseCompare(state: Parse, left: Node, right: () => Node): Node {
  const token = state.cursor.next();
  const sign = { start: token.start, end: token.end };
  const op = token.kind === '=' ? '==' : (state.cursor.textOf(token) as CompareSign);
  const tilde = token.kind === '=' && state.cursor.peek().start === token.end ? state.cursor.take('~') : null;
  if (tilde !== null) {
    const span = { start: token.start, end: tilde.end };
    state.remark('eql/single-equals', 'error', span, 'There is no `=~`: `:` compares without regard to the case of letters.', {
      title: 'Write :',
      edits: [{ span, text: ':' }],
    });
  } else if (token.kind === '=') {
    state.remark('eql/single-equals', 'error', token, 'Fields are compared with `==`, or with `:` where the case of letters does not matter.', {
      title: 'Write ==',
      edits: [{ span: sign, text: '==' }],
    });
  }
  const host = chained(state, left, token, isComparison);
  const other = right();
  const node: Node = { kind: 'compare', start: (host ?? left).start, end: Math.max(token.end, other.end), op, sign, left: host ?? left, right: other };
  return host === null ? node : joined<Node>('and', left, node);
}

// Match = Sum (':' | 'not'? 'in' '~'? | 'like' '~'? | 'regex' '~'?) (Sum | '(' Sum { ',' Sum } ')')
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
  const tilde = cursor.take('~');
  if (tilde !== null && op === ':') state.remark('eql/syntax', 'error', tilde, '`:` never minds the case of letters: it takes no `~`.');
  const isCaseless = tilde !== null || op === ':';
  const sign = { start: first.start, end: cursor.last };
  const host = chained(state, left, first, isComparison);
  const isList = cursor.isAt('(');
  const of = isList ? parseValues(state) : [parseAt(state, SUM_FLOOR)];
  if (op === 'in' && !isList) state.remark('eql/syntax', 'error', of[0]!, 'Expected a list in parentheses after `in`.');
  if (isList && of.length === 0) state.remark('eql/syntax', 'error', { start: cursor.last - 1, end: cursor.last }, 'Expected at least one value in the list.');
  const end = Math.max(cursor.last, first.end);
  const node: Node = { kind: 'match', start: (host ?? left).start, end, op, sign, isCaseless, isNegated, left: host ?? left, of };
  return host === null ? node : joined<Node>('and', left, node);
}

// Values = '(' [ Expression { ',' Expression } ] ')'
const parseValues = (state: Parse): readonly Node[] => parseList<EqlLexeme, Node>(state, ')', () => parseAt(state, 0), 'warning');

// Not = 'not' Not | Comparison     Operand = [ '-' | '+' ] Primary
function parseOperand(state: Parse): Node {
  const { cursor } = state;
  const takeNot = (): Span | null => {
    if (!cursor.isAt('word') || !/^not$/i.test(cursor.textOf(cursor.peek()))) return null;
    const { start, end } = cursor.peek();
    takeKeyword(state);
    return { start, end };
  };
  const negated = parseNots<Node>(state, takeNot, () => parseAt(state, NOT_POWER));
  if (negated !== null) return negated;
  const sign = cursor.isAt('sign') && /[-+]/.test(cursor.textOf(cursor.peek())) ? cursor.next() : null;
  if (sign === null) return parsePrimary(state);
  if (cursor.isAt('sign')) return lost(state, 'Expected a number or a field after the sign.', sign.start);
  const of = parsePrimary(state);
  return of.kind === 'number' && of.closed === undefined
    ? { ...of, start: sign.start, source: `${cursor.textOf(sign) === '-' ? '-' : ''}${of.source}` }
    : { kind: 'arithmetic', start: sign.start, end: Math.max(of.end, sign.end), rank: 'sign', signs: [{ start: sign.start, end: sign.end }], of: [of] };
}

// Primary = '(' Expression ')' | Text | Number | 'true' | 'false' | 'null' | Call | Path | Variable
function parsePrimary(state: Parse): Node {
  const { cursor } = state;
  const token = cursor.peek();
  switch (token.kind) {
    case '(':
      return parseGroup<EqlLexeme, Node>(state, ')', () => parseAt(state, 0));
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
    case 'variable':
      return parseVariable(state);
    case 'duration':
      return lost(state, 'A name cannot begin with a digit; expected a number, a text or a field.');
    default:
      return lost(state, token.kind === 'end' ? 'Expected a comparison before the end.' : 'Expected a field, a value, a function or `(`.');
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

// Optional = '?' Path
function parseOptional(state: Parse): Node {
  const { cursor } = state;
  const mark = cursor.next();
  if (cursor.isAt('word', 'quoted-name')) return parsePath(state, mark.start, true);
  if (cursor.isAt('string', 'raw')) {
    const text = parseText(state);
    state.remark('eql/old-syntax', 'error', mark, 'Raw texts are written between three double quotes.');
    return { ...text, start: mark.start };
  }
  return lost(state, 'Expected a field after `?`.', mark.start);
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
    if (cursor.isAt('.', '(')) return lost(state, `\`${word}\` has no parts; a field of that name is written in backticks.`, token.start);
    return { kind: 'constant', ...span, source: word };
  }
  if (RESERVED.has(word)) return lost(state, `Expected a comparison before \`${word}\`; a field of that name is written in backticks.`);
  return parsePath(state, token.start);
}

// Relation = ('child' | 'descendant' | 'event') 'of' '[' Event ']'
function parseRelation(state: Parse): Node {
  const { cursor } = state;
  const word = cursor.next();
  const of = cursor.next();
  const name = `${cursor.textOf(word)} of`;
  const isKnown = /^(?:child|descendant|event)$/.test(cursor.textOf(word));
  const open = cursor.isAt('[') && cursor.peek(1).kind !== ']';
  if (isKnown && open)
    state.remark('eql/endpoint', 'info', { start: word.start, end: of.end }, `\`${name}\` is known to Elastic Endpoint and Endgame, not to Elasticsearch.`);
  else state.remark('eql/old-syntax', 'error', { start: word.start, end: of.end }, 'Expected an event in brackets.');
  if (!cursor.isAt('[')) return { kind: 'relation', start: word.start, end: of.end, word: name, condition: null };
  const bracket = cursor.next();
  if (cursor.isAt(']') || state.depth >= MAX_DEPTH)
    return { kind: 'relation', start: word.start, end: (cursor.take(']') ?? bracket).end, word: name, condition: null };
  state.depth++;
  const { condition } = state.parseEvent();
  state.depth--;
  if (cursor.take(']') === null) state.remark('eql/unclosed', 'error', bracket, 'This event is not closed: expected `]`.');
  return { kind: 'relation', start: word.start, end: cursor.last, word: name, condition };
}

// Call = Name '~'? '(' [ Expression { ',' Expression } ] ')'
function parseCall(state: Parse): Node {
  const { cursor } = state;
  const token = cursor.next();
  const isCaseless = cursor.take('~') !== null;
  const of = parseValues(state);
  return { kind: 'call', start: token.start, end: cursor.last, name: { start: token.start, end: token.end, text: cursor.textOf(token) }, isCaseless, of };
}

// Variable = '$' Name { '.' Name }
function parseVariable(state: Parse): Node {
  const { cursor } = state;
  const token = cursor.next();
  let path = '';
  while (cursor.isAt('.') && (cursor.peek(1).kind === 'part' || cursor.peek(1).kind === 'quoted-name')) {
    cursor.next();
    path += `.${takeName(state)}`;
  }
  return { kind: 'variable', start: token.start, end: cursor.last, name: cursor.textOf(token), path };
}

function takeName(state: Parse): string {
  const { cursor, text } = state;
  const token = cursor.next();
  if (token.open) state.remark('eql/unclosed', 'error', { start: token.start, end: token.start + 1 }, 'This name is not closed: expected a backtick.');
  return token.kind === 'quoted-name' ? unquoteName(text, token) : cursor.textOf(token);
}

// Path = Name { '.' Name | '[' Number ']' }
function parsePath(state: Parse, start: number, isOptional = false): Node {
  const { cursor } = state;
  const first = cursor.peek();
  let name = takeName(state);
  if (first.open) return { kind: 'lost', start, end: first.end };
  let at: FieldNode['at'] = null;
  for (;;) {
    if (cursor.isAt('.')) {
      const dot = cursor.next();
      if (!cursor.isAt('part', 'quoted-name') || /^(?:true|false|null)$/.test(cursor.textOf(cursor.peek()))) {
        const skipped = lost(state, 'Expected the next part of the field’s name.', start);
        return { ...skipped, end: Math.max(skipped.end, dot.end) };
      }
      // An index inside a path chooses an element of what goes on: Endgame's `events[0].name`.
      name += `${at === null ? '' : `[${at.index}]`}.${takeName(state)}`;
      at = null;
    } else if (cursor.isAt('[') && cursor.peek(1).kind === 'number' && cursor.peek(2).kind === ']') {
      const open = cursor.next();
      if (at !== null) name += `[${at.index}]`;
      const index = cursor.textOf(cursor.next());
      at = { start: open.start, end: cursor.next().end, index };
    } else {
      return { kind: 'field', start, end: cursor.last, name, at, isOptional };
    }
  }
}
