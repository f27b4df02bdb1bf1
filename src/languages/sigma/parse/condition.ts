import type { Diagnostic, Fix, Span } from '../../../model';
import { type Cursor, cursorOf } from '../../../syntax/cursor';
import { MAX_DEPTH } from '../../../syntax/infix';
import { type Code, DIAGNOSTICS, replacing } from '../diagnostics';
import { type ConditionToken, lexCondition } from './condition-lexer';
import type { Aggregation, Condition } from '../tree';

interface ParsedCondition {
  /** For colours: the condition is not lexed twice. */
  readonly lexemes: readonly ConditionToken[];
  readonly condition: Condition;
  readonly aggregation: Aggregation | null;
  /** Spans in the condition's text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A set of names, or a map by them. */
type Names = Pick<ReadonlySet<string>, 'has'>;

interface Parse {
  readonly text: string;
  readonly cursor: Cursor<ConditionToken>;
  readonly names: Names;
}

/** Parses a condition; total. `names` are the known identifiers: only they tell `and` the keyword from a name nobody defined. */
export function parseCondition(text: string, names: Names): ParsedCondition {
  const lexemes = lexCondition(text);
  const cursor = cursorOf(text, lexemes);
  const parse: Parse = { text, cursor, names };
  if (cursor.isEnd()) {
    remark(parse, 'sigma/condition-syntax', cursor.peek(), 'The condition is empty; expected are search identifiers joined by `and`, `or` and `not`.');
    return { lexemes, condition: { kind: 'error', span: { start: 0, end: text.length } }, aggregation: null, diagnostics: cursor.diagnostics };
  }
  const parts = [parseOr(parse, 0)];
  let aggregation: Aggregation | null = null;
  let isChoice = true;
  while (!cursor.isEnd()) {
    if (cursor.isAt('|')) {
      aggregation = parseAggregation(parse);
      break;
    }
    const skipped = explainLeftover(parse);
    if (skipped !== null) parts.push({ kind: 'error', span: skipped });
    if (cursor.take('or') === null) isChoice = false;
    cursor.take('and');
    if (!cursor.isEnd() && !cursor.isAt('|', ')')) parts.push(parseOr(parse, 0));
  }
  const [only] = parts;
  const condition: Condition =
    parts.length === 1 ? only! : { kind: isChoice ? 'or' : 'and', span: { start: only!.span.start, end: Math.max(cursor.last, only!.span.end) }, of: parts };
  return { lexemes, condition, aggregation, diagnostics: cursor.diagnostics };
}

function remark({ cursor }: Parse, code: Code, span: Span, message: string, fix?: Fix): void {
  cursor.remark(code, DIAGNOSTICS[code].severity, span, message, fix);
}

// or = and ("or" and)*
function parseOr(parse: Parse, depth: number): Condition {
  return parseChain(parse, 'or', () => parseAnd(parse, depth));
}

// and = not ("and" not)*
function parseAnd(parse: Parse, depth: number): Condition {
  return parseChain(parse, 'and', () => parseNot(parse, depth));
}

function parseChain(parse: Parse, kind: 'and' | 'or', part: () => Condition): Condition {
  const { cursor } = parse;
  const first = part();
  const of = [first];
  for (;;) {
    const token = cursor.peek();
    if (token.kind === 'other' && textAt(parse, token) === SIGNS[kind]) {
      remark(parse, 'sigma/condition-syntax', token, `\`${SIGNS[kind]}\` is not Sigma; write \`${kind}\`.`, replacing(`Write ${kind}`, token, kind));
    } else if (token.kind === 'word' && isMiscased(parse, kind)) explainCase(parse, token);
    else if (token.kind !== kind) break;
    cursor.next();
    of.push(part());
  }
  return of.length === 1 ? first : { kind, span: { start: first.span.start, end: Math.max(first.span.end, of[of.length - 1]!.span.end) }, of };
}

/** How other languages write the operators. */
const SIGNS = { and: '&&', or: '||' } as const;

const textAt = ({ text }: Parse, token: Span): string => text.slice(token.start, token.end);

// not = "not"* atom
function parseNot(parse: Parse, depth: number): Condition {
  const { cursor } = parse;
  const nots: number[] = [];
  while (nots.length <= MAX_DEPTH && (cursor.isAt('not') || isBang(parse) || (cursor.isAt('word') && isMiscased(parse, 'not') && isOperand(cursor.peek(1))))) {
    const token = cursor.next();
    if (token.kind === 'word') explainCase(parse, token);
    else if (token.kind === 'other') remark(parse, 'sigma/condition-syntax', token, '`!` is not Sigma; write `not`.', replacing('Write not', token, 'not '));
    nots.push(token.start);
  }
  let inner = parseAtom(parse, depth + nots.length);
  for (let i = nots.length - 1; i >= 0; i--) inner = { kind: 'not', span: { start: nots[i]!, end: Math.max(inner.span.end, nots[i]!) }, of: inner };
  return inner;
}

// atom = "(" or ")" | ("1" | "any" | "all") "of" pattern | identifier
function parseAtom(parse: Parse, depth: number): Condition {
  const { cursor, text } = parse;
  const token = cursor.peek();
  if (depth >= MAX_DEPTH) {
    const span = cursor.fail('sigma/condition-syntax', `The condition nests deeper than ${MAX_DEPTH} levels.`, () => false);
    return { kind: 'error', span: { start: token.start, end: Math.max(span.end, token.start) } };
  }
  if (token.kind === '(') {
    cursor.next();
    const inner = parseOr(parse, depth + 1);
    const close = cursor.take(')');
    if (close === null)
      cursor.fail(
        'sigma/condition-syntax',
        cursor.isEnd() ? 'A closing parenthesis is missing.' : 'Expected here is `and`, `or` or a closing parenthesis.',
        (next) => next.kind === ')' || next.kind === '|',
      );
    const end = close ?? cursor.take(')');
    if (inner.kind === 'name' || inner.kind === 'of') return inner;
    return { ...inner, span: { start: token.start, end: end?.end ?? Math.max(cursor.last, inner.span.end) } };
  }
  if (token.kind === 'word') {
    const next = cursor.peek(1);
    if (next.kind === 'word' && /^of$/i.test(text.slice(next.start, next.end))) return parseOf(parse);
    cursor.next();
    if (next.kind === 'word' && textAt(parse, token) === 'of' && !parse.names.has('of')) {
      const before = { start: token.start, end: token.start };
      remark(
        parse,
        'sigma/quantifier',
        token,
        'A count is missing before `of`: expected is `1 of`, `any of` or `all of`.',
        replacing('Write 1 of', before, '1 '),
      );
      return patternOf(parse, token.start, false);
    }
    return nameOf(parse, token);
  }
  if (token.kind === 'other' && /^(["']).+\1$/.test(textAt(parse, token))) {
    cursor.next();
    const name = text.slice(token.start + 1, token.end - 1);
    remark(parse, 'sigma/condition-syntax', token, 'Search identifiers stand without quotes.', replacing('Remove the quotes', token, name));
    return { kind: 'name', span: { start: token.start, end: token.end }, name };
  }
  // `and`, `or`, `not` can be no more than names here, and no identifier is called so.
  const isKeyword = token.kind === 'and' || token.kind === 'or';
  const word = text.slice(token.start, token.end);
  const span = { start: token.start, end: token.start };
  cursor.fail(
    'sigma/condition-syntax',
    token.kind === 'end'
      ? 'The condition ends where a search identifier is expected.'
      : `Expected is a search identifier, \`1 of …\`, \`all of …\`, \`not\` or a parenthesis; found is \`${word}\`.`,
    () => true,
  );
  if (!isKeyword && token.kind !== 'end' && token.kind !== ')' && token.kind !== '|') {
    cursor.next();
    return { kind: 'error', span: { start: token.start, end: token.end } };
  }
  return { kind: 'error', span };
}

// "1 of selection_*", "all of them"
function parseOf(parse: Parse): Condition {
  const { cursor, text } = parse;
  const count = cursor.next();
  const of = cursor.next();
  const quantifier = text.slice(count.start, count.end);
  if (text.slice(of.start, of.end) !== 'of') explainCase(parse, of);
  const lower = quantifier.toLowerCase();
  if (lower !== '1' && lower !== 'any' && lower !== 'all') {
    remark(
      parse,
      'sigma/quantifier',
      count,
      `\`${quantifier} of\` is not Sigma; expected is \`1 of\`, \`any of\` or \`all of\`.`,
      replacing('Write 1 of', count, '1'),
    );
  } else if (quantifier !== lower) explainCase(parse, count);
  const every = lower === 'all';
  if (cursor.isAt('(')) return parseListOf(parse, count, every);
  return patternOf(parse, count.start, every);
}

// pattern = "them" | [A-Za-z0-9_*]+
function patternOf(parse: Parse, start: number, every: boolean): Condition {
  const { cursor, text } = parse;
  const word = cursor.take('word');
  if (word === null) {
    cursor.fail('sigma/condition-syntax', `After \`${text.slice(start, cursor.last)}\` stands \`them\` or a pattern such as \`selection_*\`.`, () => true);
    return { kind: 'error', span: { start, end: Math.max(start, cursor.last) } };
  }
  const pattern = text.slice(word.start, word.end);
  const span = { start, end: word.end };
  if (!/^[A-Za-z0-9_*]+$/.test(pattern)) {
    const found = /[^A-Za-z0-9_*]/.exec(pattern)![0];
    remark(parse, 'sigma/pattern-syntax', word, `A pattern is made of letters, digits, \`_\` and \`*\`; \`${found}\` cannot stand in it.`);
    return { kind: 'error', span };
  }
  return { kind: 'of', span, every, pattern, patternSpan: { start: word.start, end: word.end } };
}

/** `1 of (a, b)`, which is not Sigma, read as what it is meant to say. */
function parseListOf(parse: Parse, count: Span, every: boolean): Condition {
  const { cursor } = parse;
  const open = cursor.next();
  const of: Condition[] = [];
  while (cursor.isAt('word') || (cursor.isAt('other') && textAt(parse, cursor.peek()) === ',')) {
    const token = cursor.next();
    if (token.kind === 'word') of.push(nameOf(parse, token));
  }
  cursor.take(')');
  const span = { start: count.start, end: Math.max(cursor.last, open.end) };
  const joined = of.map((name) => textAt(parse, name.span)).join(every ? ' and ' : ' or ');
  const message = 'After `of` stands `them` or a pattern such as `selection_*`; identifiers are joined by `and` and `or`.';
  remark(parse, 'sigma/condition-syntax', span, message, joined === '' ? undefined : replacing(`Write (${joined})`, span, `(${joined})`));
  return of.length === 0 ? { kind: 'error', span } : { kind: every ? 'and' : 'or', span, of };
}

// identifier = [A-Za-z0-9_-]+
function nameOf(parse: Parse, token: ConditionToken): Condition {
  const name = parse.text.slice(token.start, token.end);
  const span = { start: token.start, end: token.end };
  if (/^[A-Za-z0-9_-]+$/.test(name)) return { kind: 'name', span, name };
  if (/^[A-Za-z0-9_*]+$/.test(name)) {
    remark(
      parse,
      'sigma/pattern-syntax',
      span,
      `A pattern needs \`1 of\` or \`all of\` before it.`,
      replacing('Write 1 of', { start: token.start, end: token.start }, '1 of '),
    );
    return { kind: 'of', span, every: false, pattern: name, patternSpan: span };
  }
  remark(parse, 'sigma/condition-syntax', span, 'A search identifier is made of letters, digits, `_` and `-`.');
  return { kind: 'error', span };
}

/** `AND` where `and` is meant, unless an identifier of that name exists. */
function isMiscased({ cursor, text, names }: Parse, keyword: string): boolean {
  const token = cursor.peek();
  const word = text.slice(token.start, token.end);
  return word !== keyword && word.toLowerCase() === keyword && !names.has(word);
}

const isOperand = (token: ConditionToken): boolean => token.kind === 'word' || token.kind === '(' || token.kind === 'not';

const isBang = ({ cursor, text }: Parse): boolean => cursor.isAt('other') && text[cursor.peek().start] === '!' && isOperand(cursor.peek(1));

function explainCase(parse: Parse, token: ConditionToken): void {
  const word = parse.text.slice(token.start, token.end);
  remark(
    parse,
    'sigma/keyword-case',
    token,
    `Keywords of a condition are lower case: write \`${word.toLowerCase()}\`.`,
    replacing(`Write ${word.toLowerCase()}`, token, word.toLowerCase()),
  );
}

/** Explains what stands after a complete condition; what it skips is an error in the tree, null where nothing of meaning is. */
function explainLeftover(parse: Parse): Span | null {
  const { cursor } = parse;
  const token = cursor.peek();
  const word = textAt(parse, token);
  if (token.kind === ')') {
    remark(parse, 'sigma/condition-syntax', token, 'This closing parenthesis has no opening one.', replacing('Remove it', token, ''));
    cursor.next();
    return null;
  }
  if (token.kind === 'other' || token.kind === 'comparison') {
    return cursor.fail(
      'sigma/condition-syntax',
      `Expected here is \`and\`, \`or\` or the end; found is \`${word}\`.`,
      ({ kind }) => kind === 'and' || kind === 'or' || kind === ')' || kind === '|',
    );
  }
  const at = { start: token.start, end: token.start };
  remark(parse, 'sigma/condition-syntax', token, `\`and\` or \`or\` is missing before \`${word}\`.`, replacing('Insert and', at, 'and '));
  return at;
}

// aggregation = "|" function ("(" field? ")")? ("by" field)* (comparison number)?
function parseAggregation(parse: Parse): Aggregation {
  const { cursor, text } = parse;
  const bar = cursor.next();
  const wordOf = (token: ConditionToken): { readonly name: string; readonly span: Span } => ({
    name: text.slice(token.start, token.end),
    span: { start: token.start, end: token.end },
  });
  const name = cursor.take('word');
  let field: Aggregation['field'] = null;
  if (cursor.take('(') !== null) {
    const inside = cursor.take('word');
    field = inside === null ? null : wordOf(inside);
    cursor.take(')');
  }
  const by: { readonly name: string; readonly span: Span }[] = [];
  if (cursor.isAt('word') && text.slice(cursor.peek().start, cursor.peek().end) === 'by') {
    cursor.next();
    while (cursor.isAt('word') || (cursor.isAt('other') && text[cursor.peek().start] === ',')) {
      const token = cursor.next();
      if (token.kind === 'word') by.push(wordOf(token));
    }
  }
  const comparison = cursor.take('comparison');
  const operator = comparison === null ? null : { text: text.slice(comparison.start, comparison.end), span: { start: comparison.start, end: comparison.end } };
  const number = operator === null ? null : cursor.take('word');
  const bound = number === null ? null : { text: text.slice(number.start, number.end), span: { start: number.start, end: number.end } };
  while (!cursor.isEnd()) cursor.next();
  const span = { start: bar.start, end: Math.max(cursor.last, bar.end) };
  const functionSpan = name ?? bar;
  remark(
    parse,
    'sigma/old-aggregation',
    span,
    'Aggregations in a condition were replaced by correlation rules; write the count as a document of its own with `correlation:`.',
  );
  return {
    span,
    function: name === null ? '' : text.slice(name.start, name.end),
    functionSpan: { start: functionSpan.start, end: functionSpan.end },
    field,
    by,
    operator,
    bound,
  };
}
