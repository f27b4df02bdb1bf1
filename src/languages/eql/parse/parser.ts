import type { Diagnostic, Fix, Severity, Span } from '../../../model';
import { foreignAt } from '../../../syntax/foreign-signs';
import { cursorOf, type Cursor } from '../../../syntax/cursor';
import { withLost } from '../../../syntax/expression';
import type { EqlCode } from '../diagnostics';
import { isStop, parseExpression, takeKeyword, type Parse } from './expression';
import { FOREIGN } from './foreign';
import type { EqlLexeme } from './lexer';
import type { EventNode, ItemNode, Node, PipeNode, QueryNode, SeriesNode } from '../tree';

/** A query's tree, what had to be skipped and stands in no node of it, and what is wrong with its form. */
interface Parsed {
  readonly query: QueryNode;
  readonly skipped: readonly Span[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a query. Total: for every text there is a tree. */
export function parse(text: string, lexemes: readonly EqlLexeme[]): Parsed {
  const cursor = cursorOf(
    text,
    lexemes.filter(({ kind }) => kind !== 'comment'),
    (code, at) => (code === CODES.syntax ? foreignAt(text, at, FOREIGN) : undefined),
  );
  const skipped: Span[] = [];
  const state = parseOf(text, cursor, skipped);
  for (const comment of lexemes)
    if (comment.kind === 'comment' && comment.open)
      state.remark('eql/unclosed', 'error', { start: comment.start, end: comment.start + 2 }, 'This comment is not closed: expected `*/`.');
  const query = parseQuery(state);
  return { query, skipped: skipped.filter(({ start, end }) => end > start), diagnostics: cursor.diagnostics };
}

const CODES = { syntax: 'eql/syntax', unclosed: 'eql/unclosed', tooDeep: 'eql/too-deep' } as const satisfies Record<string, EqlCode>;

function parseOf(text: string, cursor: Cursor<EqlLexeme>, skipped: Span[]): Parse {
  const state: Parse = {
    text,
    cursor,
    depth: 0,
    codes: CODES,
    isStop: (token) => isStop({ cursor }, token),
    isWall: ({ kind }) => kind === '|' || kind === '[' || kind === ']',
    skipped,
    isListing: false,
    remark: (code: EqlCode, severity: Severity, span: Span, message: string, fix?: Fix) => cursor.remark(code, severity, span, message, fix),
    fail(code: EqlCode, message: string, isEnd) {
      const span = cursor.fail(code, message, isEnd);
      skipped.push(span);
      return span;
    },
    isWord: (...words) => cursor.isAt('word') && words.includes(cursor.textOf(cursor.peek())),
    parseEvent: () => parseEvent(state),
  };
  return state;
}

// Query = [ Series | Event ] { Pipe }
function parseQuery(state: Parse): QueryNode {
  const { cursor } = state;
  if (cursor.isEnd()) {
    state.remark('eql/syntax', 'error', { start: 0, end: 0 }, 'Expected an event, such as `process where …`, or a `sequence`.');
    return { body: null, pipes: [] };
  }
  let body: QueryNode['body'] = null;
  if (isSeries(state)) body = parseSeries(state);
  else if (!cursor.isAt('|')) {
    const event = parseEvent(state);
    body = { kind: 'event', start: event.start, end: event.end, event };
  }
  const pipes: PipeNode[] = [];
  while (!cursor.isEnd()) {
    if (cursor.isAt('|')) pipes.push(parsePipe(state));
    else {
      const next = cursor.peek();
      const skipped = state.fail(
        'eql/syntax',
        next.kind === '[' ? 'Items in brackets need `sequence` or `sample` before the first.' : 'Expected `and`, `or`, `|` or the end.',
        ({ kind }) => kind === '|',
      );
      if (body?.kind === 'event' && pipes.length === 0)
        body = { ...body, end: cursor.last, event: { ...body.event, end: cursor.last, condition: withLost(body.event.condition, skipped) } };
    }
  }
  return { body, pipes };
}

/** `sequence where …` is an event of that category; only what can follow the word makes it a series. */
function isSeries(state: Parse): boolean {
  if (!state.isWord('sequence', 'sample', 'join')) return false;
  const next = state.cursor.peek(1);
  return !(next.kind === 'word' && state.cursor.textOf(next) === 'where');
}

// Event = Category 'where' Expression
function parseEvent(state: Parse): EventNode {
  const { cursor } = state;
  const first = cursor.peek();
  let category = { start: first.start, end: first.start, text: 'any' };
  const isWhere = (token: EqlLexeme): boolean => token.kind === 'word' && /^where$/i.test(cursor.textOf(token));
  if ((first.kind === 'word' || first.kind === 'string') && isWhere(cursor.peek(1))) {
    cursor.next();
    const name = cursor.textOf(first).replace(/^["']|["']$/g, '');
    category = { start: first.start, end: first.end, text: name };
    if (first.kind === 'string' && name.length > 0 && state.text[first.start] === "'")
      state.remark('eql/single-quotes', 'error', first, 'Texts stand in double quotes.');
    takeKeyword(state);
  } else if (isWhere(first)) {
    state.remark('eql/syntax', 'error', { start: first.start, end: first.end }, 'Expected an event category, such as `process` or `any`, before `where`.');
    cursor.next();
  } else {
    state.remark('eql/syntax', 'error', first, 'Expected an event category and `where`, such as `process where`.');
  }
  const condition = parseExpression(state);
  return { start: first.start, end: Math.max(first.start, cursor.last), category, condition };
}

// Series = ('sequence' | 'sample' | 'join') { By | With } Item { Item } [ 'until' Item ]
function parseSeries(state: Parse): SeriesNode {
  const { cursor } = state;
  const word = cursor.next();
  const kind = cursor.textOf(word) as SeriesNode['kind'];
  let by: readonly Node[] = [];
  let maxspan: SeriesNode['maxspan'] = null;
  for (;;) {
    if (state.isWord('by') && by.length === 0) by = parseBy(state);
    else if (state.isWord('with') && maxspan === null) maxspan = parseMaxspan(state);
    else break;
  }
  if (!cursor.isAt('[', '!', '|', 'end'))
    state.fail('eql/syntax', 'Expected `by`, `with maxspan=…` or an item in brackets.', ({ kind: at }) => at === '[' || at === '|');
  const items: ItemNode[] = [];
  while (cursor.isAt('[', '!') || state.isWord('until')) {
    const isUntil = state.isWord('until');
    if (isUntil) cursor.next();
    if (isUntil && !cursor.isAt('[', '!')) {
      state.fail('eql/syntax', 'Expected an item in brackets after `until`.', isItemStop);
      continue;
    }
    items.push(parseItem(state, isUntil ? 'until' : 'item'));
    if (isUntil) break;
    if (!cursor.isAt('[', '!', '|', 'end') && !state.isWord('until'))
      state.fail('eql/syntax', 'Expected another item in brackets, `until`, `|` or the end.', isItemStop);
  }
  if (items.length === 0) state.remark('eql/syntax', 'error', word, `Expected items in brackets after \`${kind}\`, such as \`[process where …]\`.`);
  return { kind, start: word.start, end: cursor.last, by, maxspan, items };
}

const isItemStop = ({ kind }: EqlLexeme): boolean => kind === '[' || kind === '!' || kind === '|';

// By = 'by' Expression { ',' Expression }
function parseBy(state: Parse): readonly Node[] {
  const { cursor } = state;
  cursor.next();
  const fields: Node[] = [];
  do fields.push(parseExpression(state, true));
  while (cursor.take(',') !== null);
  return fields;
}

// With = 'with' 'maxspan' '=' Duration
function parseMaxspan(state: Parse): SeriesNode['maxspan'] {
  const { cursor } = state;
  cursor.next();
  if (!state.isWord('maxspan')) {
    const wrong = cursor.peek();
    state.fail(
      'eql/syntax',
      cursor.textOf(wrong) === 'runs' ? '`with runs` stands after an item; before the items stands `with maxspan=…`.' : 'Expected `maxspan=…`.',
      ({ kind }) => kind === '[' || kind === '!' || kind === '|',
    );
    return null;
  }
  cursor.next();
  if (!takeEquals(state)) return null;
  const value = cursor.peek();
  if (value.kind !== 'duration' && value.kind !== 'number') {
    state.fail('eql/maxspan', 'Expected a time such as `30s`, `5m` or `1h`.', ({ kind }) => kind === '[' || kind === '!' || kind === '|');
    return null;
  }
  cursor.next();
  const unit = value.kind === 'number' && cursor.isAt('word') && !state.isWord('by') ? cursor.next() : null;
  const span = { start: value.start, end: unit?.end ?? value.end };
  const source = cursor.textOf(span);
  if (!/^\d+(?:ms|[smhd])$/.test(source))
    state.remark('eql/maxspan', 'error', span, 'Expected a whole number and a unit without a blank: `ms`, `s`, `m`, `h` or `d`.');
  return { ...span, text: source };
}

function takeEquals(state: Parse): boolean {
  if (state.cursor.take('=') !== null) return true;
  state.fail('eql/syntax', 'Expected `=`.', isItemStop);
  return false;
}

// Item = [ '!' ] '[' Event ']' [ By ] [ 'with' 'runs' '=' Number ] [ 'as' Name ]
function parseItem(state: Parse, role: ItemNode['role']): ItemNode {
  const { cursor } = state;
  const bang = cursor.take('!');
  const start = (bang ?? cursor.peek()).start;
  const open = cursor.take('[');
  if (open === null) state.remark('eql/syntax', 'error', cursor.peek(), 'Expected an item in brackets after `!`.');
  let event = parseEvent(state);
  if (cursor.take(']') === null && open !== null) {
    if (cursor.isEnd()) state.remark('eql/unclosed', 'error', open, 'This item is not closed: expected `]`.');
    else {
      const skipped = cursor.fail('eql/syntax' satisfies EqlCode, 'Expected `and`, `or` or `]`.', ({ kind }) => kind === ']' || kind === '[' || kind === '|');
      event = { ...event, end: cursor.last, condition: withLost(event.condition, skipped) };
    }
    cursor.take(']');
  }
  if (state.isWord('fork')) skipFork(state);
  const by = state.isWord('by') ? parseBy(state) : [];
  const runs = state.isWord('with') && role === 'item' ? parseRuns(state) : null;
  const name = state.isWord('as') ? parseAlias(state) : null;
  return { start, end: Math.max(cursor.last, event.end), role, isMissing: bang !== null, event, by, runs, name };
}

// Alias = 'as' Name
function parseAlias(state: Parse): ItemNode['name'] {
  const { cursor } = state;
  const word = cursor.next();
  const name = cursor.take('word');
  if (name === null) {
    state.fail('eql/syntax', 'Expected a name for the event after `as`.', isItemStop);
    return null;
  }
  state.remark('eql/endpoint', 'info', { start: word.start, end: name.end }, 'Elastic Endpoint gives events names; Elasticsearch has none.');
  return { start: name.start, end: name.end, text: cursor.textOf(name) };
}

// Fork = 'fork' [ '=' ('true' | 'false') ]
function skipFork(state: Parse): void {
  const { cursor } = state;
  const word = cursor.next();
  if (cursor.take('=') !== null && cursor.take('word') === null) state.fail('eql/syntax', 'Expected `true` or `false`.', isItemStop);
  const span = { start: word.start, end: cursor.last };
  state.skipped.push(span);
  state.remark('eql/old-syntax', 'warning', span, 'Elasticsearch has no `fork`.');
}

// Runs = 'with' 'runs' '=' Number
function parseRuns(state: Parse): ItemNode['runs'] {
  const { cursor } = state;
  const start = cursor.next().start;
  if (!state.isWord('runs')) {
    state.fail('eql/syntax', 'Expected `runs=…`; `with maxspan=…` stands before the items.', isItemStop);
    return null;
  }
  cursor.next();
  if (!takeEquals(state)) return null;
  const number = cursor.take('number');
  if (number === null) {
    state.fail('eql/runs', 'Expected a whole number of at least 2.', isItemStop);
    return null;
  }
  const count = Number(cursor.textOf(number));
  if (!Number.isInteger(count) || count < 2) state.remark('eql/runs', 'error', number, 'Expected a whole number of at least 2.');
  return { start, end: number.end, count };
}

// Pipe = '|' Name [ Expression { [ ',' ] Expression } ]
function parsePipe(state: Parse): PipeNode {
  const { cursor } = state;
  const bar = cursor.next();
  const word = cursor.take('word');
  if (word === null) {
    state.fail('eql/syntax', 'Expected a pipe, such as `head 10` or `tail 10`.', ({ kind }) => kind === '|');
    return { start: bar.start, end: Math.max(bar.end, cursor.last), name: { start: bar.end, end: bar.end, text: '' }, of: [] };
  }
  const of: Node[] = [];
  state.isListing = true;
  while (!cursor.isAt('|', 'end')) {
    const before = cursor.last;
    of.push(parseExpression(state));
    cursor.take(',');
    if (cursor.last === before) state.fail('eql/syntax', 'Expected `|` or the end.', ({ kind }) => kind === '|');
  }
  state.isListing = false;
  return { start: bar.start, end: cursor.last, name: { start: word.start, end: word.end, text: cursor.textOf(word) }, of };
}
