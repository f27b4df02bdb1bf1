import type { Diagnostic, Span } from '../../../model';
import { FOREIGN_SIGNS, foreignAt } from '../../../syntax/foreign-signs';
import { KEYED_SIGNS } from '../../../syntax/keyed-slips';
import { cursorOf, type Cursor } from '../../../syntax/cursor';
import { MAX_DEPTH } from '../../../syntax/infix';
import { placeOf } from '../../../syntax/predicates';
import type { LuceneDiagnostic } from '../diagnostics';
import type { Clause, Demand, FieldName, Node, Term } from '../tree';
import type { LuceneKind, LuceneLexeme } from './lexer';

// The grammar of Lucene's classic query parser, as Elasticsearch's query_string takes it, with OR as what stands between clauses without a word.

const FOREIGN = [...FOREIGN_SIGNS, ...KEYED_SIGNS];

interface Parse {
  readonly text: string;
  readonly cursor: Cursor<LuceneLexeme>;
  depth: number;
  /** Where the field of the group just opened stands: the group's first value begins there, so that every part of the text belongs to one. */
  fieldStart: number | null;
}

const STARTS: ReadonlySet<LuceneKind> = new Set<LuceneKind>([
  '(',
  '[',
  '{',
  'compare',
  'not',
  'plus',
  'minus',
  'to',
  'word',
  'phrase',
  'regex',
  ':',
  'and',
  'or',
]);

/** The tree of a query, null when the text is blank, and what is wrong with its form. Total. */
export function parse(text: string, lexemes: readonly LuceneLexeme[]): { readonly tree: Node | null; readonly diagnostics: readonly Diagnostic[] } {
  const cursor = cursorOf(text, lexemes, (code, at) => (code === 'lucene/syntax' ? foreignAt(text, at, FOREIGN) : undefined));
  const state: Parse = { text, cursor, depth: 0, fieldStart: null };
  if (cursor.isEnd()) return { tree: null, diagnostics: [] };
  const clauses: Clause[] = [];
  addClauses(state, null, clauses, false);
  while (!cursor.isEnd()) {
    const stray = cursor.next();
    remark(state, 'lucene/syntax', stray, `Expected a clause, \`AND\`, \`OR\` or the end; \`${cursor.textOf(stray).slice(0, 20)}\` fits nowhere.`);
    if (STARTS.has(cursor.peek().kind)) addClauses(state, null, clauses, true);
  }
  return { tree: clausesNode(clauses), diagnostics: cursor.diagnostics };
}

function remark({ cursor }: Parse, code: LuceneDiagnostic, { start, end }: Span, message: string): void {
  cursor.remark(code, 'error', { start, end }, message);
}

/** A clause that stands alone and must not fail is what it holds. */
function clausesNode(of: readonly Clause[]): Node {
  const [first, ...others] = of;
  if (first !== undefined && others.length === 0 && first.demand !== 'not') return first.node;
  return { kind: 'clauses', start: first?.start ?? 0, end: of.reduce((end, { node }) => Math.max(end, node.end), 0), of };
}

// Clauses := Clause (('AND' | 'OR')? Clause)*
// `field`: the field whose group of values this is. `afterBreak`: what follows is joined to what could be read before it.
function addClauses(state: Parse, field: FieldName | null, clauses: Clause[], afterBreak: boolean): void {
  const { cursor } = state;
  let isFirst = !afterBreak;
  let joined: Clause['joined'] = afterBreak ? 'and' : 'nothing';
  do {
    // A word at the beginning joins nothing: the clause says that it is missing one.
    if (!isFirst) {
      const word = cursor.take('and', 'or');
      if (word !== null) joined = word.kind === 'and' ? 'and' : 'or';
    }
    addClause(clauses, parseClause(state, field, joined));
    joined = 'nothing';
    isFirst = false;
  } while (STARTS.has(cursor.peek().kind));
}

/** AND makes the clause before it one that must hold, and the one after it too; NOT stays NOT. */
function addClause(clauses: Clause[], clause: Clause): void {
  const last = clauses.at(-1);
  if (clause.joined === 'and' && last !== undefined && last.demand === 'should') clauses[clauses.length - 1] = { ...last, demand: 'must' };
  clauses.push(clause.joined === 'and' && clause.demand === 'should' ? { ...clause, demand: 'must' } : clause);
}

// Clause := ('+' | '-' | '!' | 'NOT')* Primary
function parseClause(state: Parse, field: FieldName | null, joined: Clause['joined']): Clause {
  const { cursor } = state;
  const { start } = cursor.peek();
  let demand: Demand = 'should';
  let isSigned = false;
  for (let sign = cursor.take('plus', 'minus', 'not'); sign !== null; sign = cursor.take('plus', 'minus', 'not')) {
    isSigned = true;
    demand = sign.kind === 'plus' ? (demand === 'not' ? 'not' : 'must') : demand === 'not' ? 'should' : 'not';
  }
  return { start, demand, joined, isSigned, node: parsePrimary(state, field) };
}

// Primary := '(' Clauses ')' | Field ':' Value | Value
function parsePrimary(state: Parse, field: FieldName | null): Node {
  const { cursor } = state;
  const token = cursor.peek();
  if (token.kind === '(') return parseGroup(state, field);
  if (token.kind === 'word' && cursor.peek(1).kind === ':') {
    const name = takeField(state);
    if (!cursor.isAt('(')) return parseValue(state, name, token.start);
    state.fieldStart = token.start;
    return { ...parseGroup(state, name), start: token.start };
  }
  if (token.kind === 'word' && cursor.peek(1).kind === 'phrase' && cursor.peek(1).start === token.end && /[^<>!=]={1,2}$/.test(cursor.textOf(token))) {
    const sign = { start: token.end - (cursor.textOf(token).endsWith('==') ? 2 : 1), end: token.end };
    const message = 'A field is compared with a colon: `field:value`.';
    cursor.remark('lucene/equals-sign' satisfies LuceneDiagnostic, 'error', sign, message, { title: 'Write a colon', edits: [{ span: sign, text: ':' }] });
    cursor.next();
    return parseValue(state, { start: token.start, end: token.end, ...namedIn(state.text.slice(token.start, sign.start)), colon: sign }, token.start);
  }
  const start = state.fieldStart ?? token.start;
  state.fieldStart = null;
  return parseValue(state, field, start);
}

/** In a field's name a star behind a backslash stands for any run of characters. */
function namedIn(source: string): Pick<FieldName, 'name' | 'wild'> {
  const name = unescaped(source).text;
  return { name, wild: [...name.matchAll(/\*/g)].map(({ index }) => index) };
}

function takeField(state: Parse): FieldName {
  const { cursor } = state;
  const token = cursor.next();
  const colon = cursor.next();
  const source = cursor.textOf(token);
  const bare = source === '*' ? null : /(?<!\\)(?:\\\\)*\*/.exec(source);
  if (bare !== null) {
    const at = token.start + bare.index + bare[0].length - 1;
    const fix = { title: 'Write a backslash before it', edits: [{ span: { start: at, end: at }, text: '\\' }] };
    const message = 'A star in the name of a field stands behind a backslash: `process.\\*:x`.';
    cursor.remark('lucene/field-star' satisfies LuceneDiagnostic, 'error', { start: at, end: at + 1 }, message, fix);
  }
  return { start: token.start, end: token.end, ...namedIn(source), colon: placeOf(colon) };
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
    return { kind: 'lost', start: open.start, end: cursor.last, isTooDeep: true };
  }
  state.depth++;
  const clauses: Clause[] = [];
  addClauses(state, field, clauses, false);
  state.depth--;
  if (cursor.take(')') === null) {
    if (cursor.isEnd()) remark(state, 'lucene/unclosed', open, 'This `(` is not closed: expected `)`.');
    else {
      const lost = cursor.fail('lucene/syntax' satisfies LuceneDiagnostic, 'Expected `AND`, `OR` or `)`.', ({ kind }) => kind === ')');
      addClause(clauses, { demand: 'must', start: lost.start, joined: 'and', isSigned: false, node: { kind: 'lost', ...lost } });
    }
    cursor.take(')');
  }
  // A boost changes the order of what is found only.
  cursor.take('suffix');
  const node = clausesNode(clauses);
  const place = { start: open.start, end: Math.max(cursor.last, node.end) };
  return node.kind === 'clauses' ? { ...node, ...place } : { kind: 'clauses', ...place, of: clauses.map((clause) => ({ ...clause, demand: 'must' })) };
}

// Value := Term Suffix* | Compare Term | ('[' | '{') Term 'TO' Term (']' | '}')
function parseValue(state: Parse, field: FieldName | null, start: number): Node {
  const { cursor } = state;
  const token = cursor.peek();
  if (token.kind === '[' || token.kind === '{') return parseRange(state, field, start);
  if (token.kind === 'compare') {
    const sign = cursor.next();
    const term = takeTerm(state);
    if (term === null) return lost(state, start);
    const operator = { start: field?.colon.start ?? sign.start, end: sign.end };
    const source = cursor.textOf(sign);
    const bound = { term, isOpen: !source.endsWith('=') };
    const none = { term: null, isOpen: true };
    const isLower = source.startsWith('>');
    return { kind: 'range', start, end: cursor.last, field, operator, from: isLower ? bound : none, to: isLower ? none : bound };
  }
  const term = takeTerm(state);
  if (term === null) return lost(state, start);
  let suffix: Span | null = null;
  for (let found = cursor.take('suffix'); found !== null; found = cursor.take('suffix')) if (state.text[found.start] === '~') suffix = placeOf(found);
  return { kind: 'term', start, end: cursor.last, field, term, suffix };
}

function lost({ cursor }: Parse, start: number): Node {
  const skipped = cursor.fail(
    'lucene/syntax' satisfies LuceneDiagnostic,
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
  cursor.take('suffix');
  const bound = (term: Term, isOpen: boolean) => (term.text === '*' && term.wild.length === 1 ? { term: null, isOpen } : { term, isOpen });
  const operator = { start: field?.colon.start ?? open.start, end: close.end };
  return { kind: 'range', start, end: cursor.last, field, operator, from: bound(from, open.kind === '{'), to: bound(to, close.kind === '}') };
}

function takeTerm(state: Parse): Term | null {
  const { cursor, text } = state;
  const token = cursor.take('word', 'phrase', 'regex', 'to');
  if (token === null) return null;
  const span = placeOf(token);
  if (token.open) remark(state, 'lucene/unclosed', { start: token.start, end: token.start + 1 }, `This is not closed: expected \`${text[token.start]}\`.`);
  if (token.kind === 'word' || token.kind === 'to') return { ...span, kind: 'word', ...unescaped(cursor.textOf(token)) };
  const inner = text.slice(token.start + 1, token.open ? token.end : token.end - 1);
  return token.kind === 'regex'
    ? { ...span, kind: 'regex', text: inner.replace(/\\([^])/g, (escape, next) => (next === '/' ? '/' : escape)), wild: [] }
    : { ...span, kind: 'phrase', text: unescaped(inner).text, wild: [] };
}

/** A backslash makes the next character plain; `*` and `?` are wildcards; four hexadecimal digits behind `\u` are a character. */
function unescaped(source: string): { readonly text: string; readonly wild: readonly number[] } {
  let text = '';
  const wild: number[] = [];
  for (let at = 0; at < source.length; at++) {
    if (source[at] === '\\' && at + 1 < source.length) {
      const code = source[at + 1] === 'u' ? /^[0-9a-fA-F]{4}/.exec(source.slice(at + 2, at + 6)) : null;
      if (code !== null) {
        text += String.fromCharCode(Number.parseInt(code[0], 16));
        at += 5;
        continue;
      }
      at++;
    } else if (source[at] === '*' || source[at] === '?') wild.push(text.length);
    text += source[at]!;
  }
  return { text, wild };
}
