import type { Diagnostic, Span } from '../../../model';
import { FOREIGN_SIGNS, foreignAt, type ForeignSign } from '../../../syntax/foreign-signs';
import { KEYED_SIGNS } from '../../../syntax/keyed-slips';
import { cursorOf, type Cursor } from '../../../syntax/cursor';
import { unsigned } from '../../../syntax/expression';
import { MAX_DEPTH, parseInfix } from '../../../syntax/infix';
import type { OrderSign } from '../../../syntax/orders';
import { placeOf } from '../../../syntax/predicates';
import { decode, type KueryKind, type KueryLexeme } from './lexer';
import type { KueryDiagnostic } from '../diagnostics';
import type { Literal, Node, ValueNode } from '../tree';

const FOREIGN: readonly ForeignSign[] = [
  ...FOREIGN_SIGNS,
  ...KEYED_SIGNS,
  [/[<>]=?(?<=:\s{0,9}[<>]=?)/y, 'A bound stands without the colon: `field > value`.'],
];

interface Parse {
  readonly text: string;
  readonly cursor: Cursor<KueryLexeme>;
  fail(code: KueryDiagnostic, message: string): Span;
  depth: number;
}

const STOPS: ReadonlySet<KueryKind> = new Set<KueryKind>(['and', 'or', ')', '}', 'end']);
const POWER = { or: 1, and: 2 } as const;

/** The tree of a query, null when the text is blank, and what is wrong with its form. Total. */
export function parse(text: string, lexemes: readonly KueryLexeme[]): { readonly tree: Node | null; readonly diagnostics: readonly Diagnostic[] } {
  const cursor = cursorOf(text, lexemes, (code, at) => (code === 'kuery/syntax' ? foreignAt(text, at, FOREIGN) : undefined));
  const state: Parse = { text, cursor, depth: 0, fail: (code, message) => cursor.fail(code, message, (token) => STOPS.has(token.kind)) };
  let tree: Node | null = cursor.isEnd() ? null : parseOr(state);
  while (!cursor.isEnd()) {
    // Only a closing bracket that nothing opened stops the query early.
    const stray = cursor.next();
    remark(state, 'kuery/syntax', stray, `Nothing is open that \`${cursor.textOf(stray)}\` could close; expected \`and\`, \`or\` or the end.`);
    if (!cursor.isEnd() && !cursor.isAt(')', '}')) {
      cursor.take('and', 'or');
      tree = joined('and', tree!, parseOr(state));
    }
  }
  return { tree, diagnostics: cursor.diagnostics };
}

function remark(state: Parse, code: KueryDiagnostic, span: Span, message: string): void {
  state.cursor.remark(code, 'error', span, message);
}

// Or := And ('or' And)*   And := Not ('and' Not)*
const parseOr = (state: Parse): Node =>
  parseInfix(
    () => parseNot(state),
    () => operatorAt(state, 'comparison'),
    (left, op, right) => {
      takeOperator(state, op);
      // Words without a sign between them and what follows are what is left of a comparison.
      if (op === 'missing') return joined('and', unsigned<Node>(left), unsigned<Node>(right()));
      return joined(op === 'or' ? 'or' : 'and', left, right());
    },
  );

type Infix = 'and' | 'or' | 'missing' | 'comma';

function operatorAt(state: Parse, of: 'comparison' | 'value'): { power: number; op: Infix } | null {
  const { kind } = state.cursor.peek();
  if (of === 'value' && isComma(state.cursor)) return { power: POWER.or, op: 'comma' };
  if (kind === 'and' || kind === 'or') return of === 'value' && startsComparison(state) ? null : { power: POWER[kind], op: kind };
  // Two operands side by side: read on as if `and` stood between them, once it is remarked.
  return kind === 'word' || kind === 'quoted' || kind === '(' || kind === 'not' || (of === 'comparison' && (kind === '{' || kind === ':' || kind === 'range'))
    ? { power: POWER.and, op: 'missing' }
    : null;
}

/** `f: (a or b and g: c`: what follows the joining word is a comparison, so the list of values was left open before it. */
function startsComparison({ cursor }: Parse): boolean {
  const [operand, sign] = [cursor.peek(1).kind, cursor.peek(2).kind];
  return (operand === 'word' || operand === 'quoted') && (sign === ':' || sign === 'range');
}

/** `("a", "b")`, as other languages write lists; before a colon or a comparison sign it is a field's name. */
const isComma = (cursor: Cursor<KueryLexeme>): boolean =>
  cursor.isAt('word') && cursor.textOf(cursor.peek()) === ',' && cursor.peek(1).kind !== ':' && cursor.peek(1).kind !== 'range';

function takeOperator(state: Parse, op: Infix): void {
  if (op === 'comma') {
    const { start, end } = state.cursor.next();
    const fix = { title: 'Write or', edits: [{ span: { start, end }, text: ' or' }] };
    state.cursor.remark('kuery/comma' satisfies KueryDiagnostic, 'error', { start, end }, 'Values are joined by `or`: `field: (a or b)`.', fix);
  } else if (op !== 'missing') needBlanks(state, state.cursor.next(), true);
  // A sign in an operand's place is remarked by the operand.
  else if (!state.cursor.isAt('{', ':', 'range')) remark(state, 'kuery/syntax', state.cursor.peek(), 'Expected `and` or `or` before this.');
}

function needBlanks(state: Parse, word: KueryLexeme, before: boolean): void {
  const { text, cursor } = state;
  const isTight = (at: number): boolean => at >= 0 && at < text.length && /\S/.test(text[at]!);
  const left = before && isTight(word.start - 1);
  const right = isTight(word.end);
  if (!left && !right) return;
  const edits = [
    ...(left ? [{ span: { start: word.start, end: word.start }, text: ' ' }] : []),
    ...(right ? [{ span: { start: word.end, end: word.end }, text: ' ' }] : []),
  ];
  cursor.remark('kuery/blank-around' satisfies KueryDiagnostic, 'error', word, `\`${cursor.textOf(word)}\` needs a blank on both sides.`, {
    title: 'Insert the blank',
    edits,
  });
}

function joined<T extends Node | ValueNode>(kind: 'and' | 'or', left: T, right: T): T {
  if (left.kind === kind && !left.closed) {
    (left.of as T[]).push(right);
    return { ...left, end: right.end };
  }
  return { kind, start: left.start, end: right.end, of: [left, right], closed: false } as unknown as T;
}

// Not := 'not' Not | Primary
function parseNot(state: Parse): Node {
  const words: KueryLexeme[] = [];
  for (let word = state.cursor.take('not'); word !== null; word = state.cursor.take('not')) {
    needBlanks(state, word, false);
    words.push(word);
  }
  // Pairs beyond the bound change nothing and are dropped, so that no text builds a tower.
  if (words.length > MAX_DEPTH) words.splice(2 + (words.length % 2), words.length);
  let node = parsePrimary(state);
  for (const word of words.reverse()) node = { kind: 'not', start: word.start, end: node.end, of: node };
  return node;
}

// Primary := '(' Or ')' | Literal ':' '{' Or '}' | Literal ':' Values | Literal Range Literal | Literal
function parsePrimary(state: Parse): Node {
  const { cursor } = state;
  if (cursor.isAt('(')) return grouped(state, ')', () => parseOr(state));
  if (!cursor.isAt('word', 'quoted')) {
    const at = cursor.peek().start;
    const lost = state.fail(
      'kuery/syntax',
      cursor.isEnd() ? 'Expected a comparison such as `field: value` before the end.' : 'Expected a comparison such as `field: value`, a value or `(`.',
    );
    return { kind: 'lost', start: Math.min(at, lost.start), end: lost.end };
  }
  const literal = parseLiteral(state, 'first');
  if (cursor.isAt('range')) {
    const sign = cursor.next();
    const op = cursor.textOf(sign) as OrderSign;
    if (cursor.isAt('word', 'quoted')) {
      const value = parseLiteral(state, 'value');
      return { kind: 'range', start: literal.start, end: value.end, field: literal, op, operator: placeOf(sign), value };
    }
    state.fail('kuery/syntax', `Expected a number, a date or a text after \`${op}\`.`);
    return { kind: 'lost', start: literal.start, end: cursor.last };
  }
  const operator = isEqualsSign(state) ? takeEqualsSign(state) : cursor.take(':');
  if (operator === null) return { kind: 'text', start: literal.start, end: literal.end, value: literal };
  if (cursor.isAt('{')) {
    if (cursor.peek(1).kind === '}') {
      cursor.next();
      remark(state, 'kuery/syntax', cursor.next(), 'Expected a comparison between the braces.');
      return { kind: 'lost', start: literal.start, end: cursor.last };
    }
    const of = grouped(state, '}', () => parseOr(state));
    return { kind: 'nested', start: literal.start, end: of.end, field: literal, of };
  }
  if (cursor.isAt('not')) {
    cursor.remark(
      'kuery/bare-not' satisfies KueryDiagnostic,
      'warning',
      cursor.peek(),
      'Kibana reads `field: not value` only with parentheses: `field: (not value)`, or `not field: value`.',
    );
  }
  const value = parseValueNot(state);
  return { kind: 'is', start: literal.start, end: Math.max(value.end, cursor.last), field: literal, operator: placeOf(operator), value };
}

/** `field = "value"`, which is no kuery; without the quotes the three words are a text to search for. */
function isEqualsSign({ cursor }: Parse): boolean {
  return cursor.isAt('word') && cursor.peek(1).kind === 'quoted' && /^={1,2}$/.test(cursor.textOf(cursor.peek()));
}

function takeEqualsSign({ cursor }: Parse): Span {
  const { start, end } = cursor.next();
  const fix = { title: 'Write a colon', edits: [{ span: { start, end }, text: ':' }] };
  cursor.remark('kuery/equals-sign' satisfies KueryDiagnostic, 'error', { start, end }, 'A field is compared with a colon: `field: value`.', fix);
  return { start, end };
}

// Values := '(' OrOfValues ')' | Literal
function parseValuePrimary(state: Parse): ValueNode {
  const { cursor } = state;
  if (cursor.isAt('(')) return grouped(state, ')', () => parseValues(state));
  if (cursor.isAt('word', 'quoted')) {
    const literal = parseLiteral(state, 'value');
    return { kind: 'literal', start: literal.start, end: literal.end, literal };
  }
  const lost = state.fail('kuery/syntax', cursor.isEnd() ? 'Expected a value before the end.' : 'Expected a value, `*` or a list in parentheses.');
  return { kind: 'lost', ...lost };
}

// OrOfValues := AndOfValues ('or' AndOfValues)*   AndOfValues := NotOfValues ('and' NotOfValues)*
const parseValues = (state: Parse): ValueNode =>
  parseInfix(
    () => parseValueNot(state),
    () => operatorAt(state, 'value'),
    (left, op, right) => {
      takeOperator(state, op);
      return joined(op === 'or' || op === 'comma' ? 'or' : 'and', left, right());
    },
  );

// NotOfValues := 'not' NotOfValues | Values
function parseValueNot(state: Parse): ValueNode {
  const words: KueryLexeme[] = [];
  for (let word = state.cursor.take('not'); word !== null; word = state.cursor.take('not')) words.push(word);
  if (words.length > MAX_DEPTH) words.splice(2 + (words.length % 2), words.length);
  let node = parseValuePrimary(state);
  for (const word of words.reverse()) node = { kind: 'not', start: word.start, end: node.end, of: node };
  return node;
}

/** Reads a bracketed part; the closing bracket that is missing is remarked where it should stand. */
function grouped<T extends Node | ValueNode>(state: Parse, close: ')' | '}', inner: () => T): T {
  const { cursor } = state;
  const open = cursor.next();
  if (state.depth >= MAX_DEPTH) {
    remark(state, 'kuery/too-deep', open, `More than ${MAX_DEPTH} brackets inside each other are not read.`);
    skipBrackets(cursor);
    return { kind: 'lost', start: open.start, end: cursor.last, isTooDeep: true } as T;
  }
  state.depth++;
  let node = inner();
  state.depth--;
  if (cursor.take(close) === null) {
    const quoted = cursor.textOf(open);
    if (cursor.isEnd() || cursor.isAt('and', 'or')) remark(state, 'kuery/unclosed', open, `This \`${quoted}\` is not closed: expected \`${close}\`.`);
    else node = withLost(node, state.fail('kuery/syntax', `Expected \`and\`, \`or\` or \`${close}\`.`));
    cursor.take(close);
  }
  const end = Math.max(cursor.last, node.end);
  return 'closed' in node ? { ...node, start: open.start, end, closed: true } : { ...node, start: open.start, end };
}

/** What was skipped stays in the tree. */
const withLost = <T extends Node | ValueNode>(node: T, { start, end }: Span): T =>
  end > start ? joined('and', node, { kind: 'lost', start, end } as T) : node;

/** Skips to past the bracket that closes the one just taken, without recursion. */
function skipBrackets(cursor: Cursor<KueryLexeme>): void {
  for (let open = 1; open > 0 && !cursor.isEnd();) {
    const { kind } = cursor.next();
    if (kind === '(' || kind === '{') open++;
    if (kind === ')' || kind === '}') open--;
  }
}

// Literal := Quoted | Word+
function parseLiteral(state: Parse, role: 'first' | 'value'): Literal {
  const { cursor, text } = state;
  const first = cursor.next();
  if (first.kind === 'word') {
    while (cursor.isAt('word')) {
      const after = cursor.peek(1).kind;
      // `a: b c: d`: the last word before a colon starts a comparison of its own.
      if (role === 'value' && (after === ':' || after === 'range')) break;
      if (role === 'first' && isEqualsSign(state)) break;
      cursor.next();
    }
  }
  const span = { start: first.start, end: cursor.last };
  if (first.open === true) remark(state, 'kuery/unclosed', { start: first.start, end: first.start + 1 }, 'This quote is not closed: expected `"`.');
  const next = cursor.peek();
  if (next.start === span.end && (next.kind === 'word' || next.kind === 'quoted') && !(role === 'value' && isComma(cursor))) {
    remark(state, 'kuery/syntax', next, 'Expected a blank, `and` or `or` after the value.');
    cursor.next();
  }
  const whole = { start: span.start, end: cursor.last };
  const decoded = decode(text, span, first.kind === 'quoted', first.open === true);
  for (const wrong of decoded.wrong) {
    cursor.remark(
      'kuery/escape' satisfies KueryDiagnostic,
      'error',
      wrong,
      `\`${cursor.textOf(wrong)}\` is no escape: a plain backslash is written \`\\\\\`.`,
      {
        title: 'Double the backslash',
        edits: [{ span: { start: wrong.start, end: wrong.start }, text: '\\' }],
      },
    );
  }
  return { ...whole, text: decoded.text, wild: decoded.wild, isQuoted: first.kind === 'quoted' };
}
