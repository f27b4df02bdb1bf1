import type { Diagnostic, Span } from '../../model';
import { cursorOf, type Cursor } from '../../syntax/cursor';
import { MAX_DEPTH } from '../../syntax/infix';
import type { LuceneKind, LuceneLexeme } from './lexer';
import type { LuceneRemark } from './remarks';
import type { Bound, Demand, FieldName, Node, Term } from './tree';

interface Parse {
  readonly text: string;
  readonly cursor: Cursor<LuceneLexeme>;
  depth: number;
  /** Where the field of the group just opened stands: the group's first value begins there, so that every part of the text belongs to one. */
  fieldStart: number | null;
}

const STARTS: ReadonlySet<LuceneKind> = new Set<LuceneKind>(['(', '[', '{', 'compare', 'not', 'plus', 'minus', 'to', 'word', 'phrase', 'regex', ':']);

/** The tree of a query, null when the text is blank, and what is wrong with its form. Total. */
export function parse(text: string, lexemes: readonly LuceneLexeme[]): { readonly tree: Node | null; readonly diagnostics: readonly Diagnostic[] } {
  const cursor = cursorOf(text, lexemes);
  const state: Parse = { text, cursor, depth: 0, fieldStart: null };
  if (cursor.isEnd()) return { tree: null, diagnostics: [] };
  let tree = parseOr(state, null);
  while (!cursor.isEnd()) {
    const stray = cursor.next();
    remark(state, 'lucene/syntax', stray, `Expected a clause, \`AND\`, \`OR\` or the end; \`${cursor.textOf(stray).slice(0, 20)}\` fits nowhere.`);
    if (STARTS.has(cursor.peek().kind)) tree = joined('and', tree, parseOr(state, null));
  }
  return { tree, diagnostics: cursor.diagnostics };
}

function remark({ cursor }: Parse, code: LuceneRemark, { start, end }: Span, message: string): void {
  cursor.remark(code, 'error', { start, end }, message);
}

function joined(kind: 'and' | 'or', left: Node, right: Node): Node {
  if (left.kind === kind && !left.closed) {
    left.of.push(right);
    return { ...left, end: Math.max(left.end, right.end) };
  }
  return { kind, start: left.start, end: Math.max(left.end, right.end), of: [left, right], closed: false };
}

// Or := And ('OR' And)*
// `field`: the field whose group of values this is.
function parseOr(state: Parse, field: FieldName | null): Node {
  let node = parseAnd(state, field);
  while (state.cursor.take('or') !== null) node = joined('or', node, parseAnd(state, field));
  return node;
}

// And := Clauses ('AND' Clauses)*
function parseAnd(state: Parse, field: FieldName | null): Node {
  let node = parseClauses(state, field);
  while (state.cursor.take('and') !== null) node = joined('and', node, parseClauses(state, field));
  return node;
}

// Clauses := Clause+
function parseClauses(state: Parse, field: FieldName | null): Node {
  const { cursor } = state;
  const first = parseClause(state, field);
  if (!STARTS.has(cursor.peek().kind)) {
    if (first.demand === 'should') return first.node;
    return first.demand === 'must' ? first.node : { kind: 'not', start: first.start, end: first.node.end, of: first.node };
  }
  const of: { demand: Demand; node: Node }[] = [first];
  while (STARTS.has(cursor.peek().kind)) of.push(parseClause(state, field));
  return { kind: 'clauses', start: first.start, end: Math.max(first.node.end, cursor.last), of, closed: false };
}

// Clause := ('+' | '-' | 'NOT')* Primary
function parseClause(state: Parse, field: FieldName | null): { readonly start: number; readonly demand: Demand; readonly node: Node } {
  const { cursor } = state;
  const start = cursor.peek().start;
  let demand: Demand = 'should';
  for (let sign = cursor.take('plus', 'minus', 'not'); sign !== null; sign = cursor.take('plus', 'minus', 'not')) {
    demand = sign.kind === 'plus' ? (demand === 'not' ? 'not' : 'must') : demand === 'not' ? 'should' : 'not';
  }
  return { start, demand, node: parsePrimary(state, field) };
}

// Primary := '(' Or ')' | Field ':' Value | Value
function parsePrimary(state: Parse, field: FieldName | null): Node {
  const { cursor } = state;
  const token = cursor.peek();
  if (token.kind === '(') return parseGroup(state, field);
  if (token.kind === 'word' && cursor.peek(1).kind === ':') {
    cursor.next();
    cursor.next();
    const name = { start: token.start, end: token.end, name: unescaped(cursor.textOf(token)).text };
    if (!cursor.isAt('(')) return parseValue(state, name, token.start);
    state.fieldStart = token.start;
    return { ...parseGroup(state, name), start: token.start };
  }
  const start = state.fieldStart ?? token.start;
  state.fieldStart = null;
  return parseValue(state, field, start);
}

function parseGroup(state: Parse, field: FieldName | null): Node {
  const { cursor } = state;
  const open = cursor.next();
  if (state.depth >= MAX_DEPTH) {
    remark(state, 'lucene/too-deep', open, `More than ${MAX_DEPTH} brackets inside each other are not read.`);
    for (let inside = 1; inside > 0 && !cursor.isEnd();) {
      const { kind } = cursor.next();
      inside += kind === '(' ? 1 : kind === ')' ? -1 : 0;
    }
    return { kind: 'lost', start: open.start, end: cursor.last };
  }
  state.depth++;
  let node = parseOr(state, field);
  state.depth--;
  if (cursor.take(')') === null) {
    if (cursor.isEnd()) remark(state, 'lucene/unclosed', open, 'This `(` is not closed: expected `)`.');
    else {
      const { start, end } = cursor.fail('lucene/syntax' satisfies LuceneRemark, 'Expected `AND`, `OR` or `)`.', ({ kind }) => kind === ')');
      node = joined('and', node, { kind: 'lost', start, end });
    }
    cursor.take(')');
  }
  cursor.take('suffix');
  const end = Math.max(cursor.last, node.end);
  return 'closed' in node ? { ...node, start: open.start, end, closed: true } : { ...node, start: open.start, end };
}

// Value := Term Suffix* | Compare Term | ('[' | '{') Term 'TO' Term (']' | '}')
function parseValue(state: Parse, field: FieldName | null, start: number): Node {
  const { cursor } = state;
  const token = cursor.peek();
  if (token.kind === '[' || token.kind === '{') return parseRange(state, field, start);
  if (token.kind === 'compare') {
    const sign = cursor.textOf(cursor.next());
    const term = takeTerm(state);
    if (term === null) return lost(state, start);
    const bound = { term, isOpen: !sign.endsWith('=') };
    const none = { term: null, isOpen: true };
    return { kind: 'range', start, end: cursor.last, field, from: sign.startsWith('>') ? bound : none, to: sign.startsWith('>') ? none : bound };
  }
  const term = takeTerm(state);
  if (term === null) return lost(state, start);
  while (cursor.take('suffix') !== null);
  return { kind: 'term', start, end: cursor.last, field, term };
}

function lost({ cursor }: Parse, start: number): Node {
  const skipped = cursor.fail(
    'lucene/syntax' satisfies LuceneRemark,
    'Expected a value, a text in quotes, a range or `(`.',
    ({ kind }) => kind !== ':' && kind !== 'suffix' && kind !== 'compare',
  );
  return { kind: 'lost', start: Math.min(start, skipped.start), end: skipped.end };
}

function parseRange(state: Parse, field: FieldName | null, start: number): Node {
  const { cursor } = state;
  const open = cursor.next();
  const from = takeTerm(state);
  const hasTo = cursor.take('to') !== null;
  const to = hasTo ? takeTerm(state) : null;
  const close = cursor.take(']', '}');
  if (!hasTo || from === null || to === null || close === null) {
    remark(state, close === null ? 'lucene/unclosed' : 'lucene/syntax', open, 'Expected a range such as `[1 TO 5]`, with `*` for no bound.');
    return { kind: 'lost', start, end: Math.max(cursor.last, open.end) };
  }
  const bound = (term: Term, isOpen: boolean): Bound => (term.text === '*' && term.wild.length === 1 ? { term: null, isOpen } : { term, isOpen });
  return { kind: 'range', start, end: cursor.last, field, from: bound(from, open.kind === '{'), to: bound(to, close.kind === '}') };
}

function takeTerm(state: Parse): Term | null {
  const { cursor, text } = state;
  const token = cursor.take('word', 'phrase', 'regex', 'to');
  if (token === null) return null;
  const span = { start: token.start, end: token.end };
  if (token.open) remark(state, 'lucene/unclosed', { start: token.start, end: token.start + 1 }, `This is not closed: expected \`${text[token.start]}\`.`);
  if (token.kind === 'word' || token.kind === 'to') return { ...span, kind: 'word', ...unescaped(cursor.textOf(token)) };
  const inner = text.slice(token.start + 1, token.open ? token.end : token.end - 1);
  return token.kind === 'regex'
    ? { ...span, kind: 'regex', text: inner.replaceAll('\\/', '/'), wild: [] }
    : { ...span, kind: 'phrase', text: unescaped(inner).text, wild: [] };
}

/** A backslash makes the next character plain; `*` and `?` are wildcards. */
function unescaped(source: string): { readonly text: string; readonly wild: readonly number[] } {
  let text = '';
  const wild: number[] = [];
  for (let at = 0; at < source.length; at++) {
    if (source[at] === '\\' && at + 1 < source.length) at++;
    else if (source[at] === '*' || source[at] === '?') wild.push(text.length);
    text += source[at]!;
  }
  return { text, wild };
}
