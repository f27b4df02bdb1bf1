import { joinOf, type Span } from '../../model';
import { stringValue, type KustoLexeme } from './lexer';
import { listed, readDataTable, readDynamic, readExternal, readString, readType, readValues, typedLiteral } from './literal';
import { pipedFrom, startsOperator } from './pipeline';
import { close, expected, isMark, nested, type Reader, readName, remark, takeAs, takeMark, want } from './reader';
import type { Expr, Name, Step } from './tree';
import { LIST_OPERATORS, RANGE_OPERATORS, STRING_OPERATORS } from './words';
import { AGGREGATES, COMPARISONS, FUNCTIONS, RESERVED } from './vocabulary';

const OR = 1;
const AND = 2;
const EQUAL = 3;
const RELATION = 4;
const SUM = 5;
const PRODUCT = 6;
const TEXT = 7;

/** How tightly each infix operator binds. */
const POWERS: ReadonlyMap<string, number> = new Map<string, number>([
  ['or', OR],
  ['and', AND],
  ...['==', '!=', '<>', ...LIST_OPERATORS, ...RANGE_OPERATORS].map((op) => [op, EQUAL] as const),
  ...['<', '<=', '>', '>='].map((op) => [op, RELATION] as const),
  ...['+', '-'].map((op) => [op, SUM] as const),
  ...['*', '/', '%'].map((op) => [op, PRODUCT] as const),
  ...['=~', '!~', ...STRING_OPERATORS].map((op) => [op, TEXT] as const),
]);

function powerOf(reader: Reader, token: KustoLexeme): number {
  if (token.kind !== 'punctuation' && token.kind !== 'name') return 0;
  if (token.text === '/' && token.breaks > 0 && isHalfComment(reader)) return 0;
  if (token.text === ':' && reader.reading === 'search') return TEXT;
  if (token.text === '=' && reader.reading === 'condition') return EQUAL;
  return POWERS.get(token.text) ?? 0;
}

/** A lone slash at a line's start with two words after it is no division. */
function isHalfComment({ cursor }: Reader): boolean {
  const second = cursor.peek(2);
  return cursor.peek(1).kind === 'name' && second.kind === 'name' && second.breaks === 0 && !POWERS.has(second.text);
}

// Named = [ name '=' | '(' name { ',' name } ')' '=' ] Expression
export function readNamed(reader: Reader): Expr {
  const { cursor } = reader;
  const start = cursor.peek().start;
  const names = readTargets(reader);
  if (names === null) return readExpression(reader);
  const value = readExpression(reader);
  return { kind: 'assign', span: { start, end: Math.max(cursor.last, value.span.end) }, names, value };
}

/** The names before an `=` and the `=` itself; null, and nothing taken, when none stand here. */
function readTargets(reader: Reader): readonly Name[] | null {
  const { cursor } = reader;
  const token = cursor.peek();
  if (token.kind === 'name' && isMark(reader, '=', 1)) {
    const name = readName(reader, 'A name')!;
    cursor.next();
    return [name];
  }
  if (isMark(reader, '[') && cursor.peek(1).kind === 'string' && isMark(reader, ']', 2) && isMark(reader, '=', 3)) {
    const name = readName(reader, 'A name')!;
    cursor.next();
    return [name];
  }
  if (!isMark(reader, '(')) return null;
  let ahead = 1;
  while (cursor.peek(ahead).kind === 'name' && isMark(reader, ',', ahead + 1)) ahead += 2;
  if (ahead < 3 || cursor.peek(ahead).kind !== 'name' || !isMark(reader, ')', ahead + 1) || !isMark(reader, '=', ahead + 2)) return null;
  const names: Name[] = [];
  for (cursor.next(); names.length < (ahead + 1) / 2; cursor.next()) names.push(readName(reader, 'A name')!);
  cursor.next();
  return names;
}

/** An expression that rows are kept or found by. */
export function readCondition(reader: Reader, reading: 'search' | 'condition' = 'condition'): Expr {
  const before = reader.reading;
  reader.reading = reading;
  const condition = readExpression(reader);
  reader.reading = before;
  return condition;
}

// Expression = Or
// Or = And { 'or' And }             And = Equality { 'and' Equality }
// Equality = Relation [ ('==' | '!=' | '<>') Relation | ListOperator '(' … ')' | 'between' '(' Expression '..' Expression ')' ]
// Relation = Sum [ ('<' | '<=' | '>' | '>=') Sum ]
// Sum = Product { ('+' | '-') Product }     Product = Text { ('*' | '/' | '%') Text }
// Text = Unary [ ('has' | '=~' | 'contains' | …) Unary ]
export function readExpression(reader: Reader, floor = 0): Expr {
  const { cursor } = reader;
  let left = readUnary(reader);
  let ceiling = TEXT;
  let openPower = 0;
  let open: Expr[] = [];
  for (;;) {
    const token = cursor.peek();
    const power = powerOf(reader, token);
    if (power === 0) {
      if (left.kind !== 'error') want(reader, { kind: 'comparison' });
      return left;
    }
    if (power <= floor || power > ceiling) return left;
    takeAs(reader, power <= AND ? 'keyword' : 'operator');
    if (power === EQUAL || power === RELATION || power === TEXT) {
      left = readComparison(reader, left, token, power);
      openPower = 0;
      ceiling = power - 1;
      continue;
    }
    ceiling = power;
    const right = readExpression(reader, power);
    if (openPower === power) open.push(right);
    else open = [left, right];
    openPower = power;
    left = { kind: 'chain', span: joinOf(left.span, right.span), op: power === OR ? 'or' : power === AND ? 'and' : 'arithmetic', of: open };
  }
}

function readComparison(reader: Reader, left: Expr, operator: KustoLexeme, power: number): Expr {
  const { cursor } = reader;
  const opSpan = { start: operator.start, end: operator.end };
  const op = operator.text;
  const spanned = (): Span => ({ start: left.span.start, end: Math.max(cursor.last, left.span.end) });
  if (LIST_OPERATORS.has(op)) {
    const items = readItems(reader, left, op);
    return { kind: 'among', span: spanned(), op, opSpan, left, items };
  }
  if (RANGE_OPERATORS.has(op)) {
    if (takeMark(reader, '(') === null) expected(reader, `The range after \`${op}\` stands in brackets: \`${op} (a .. b)\`.`);
    const low = readExpression(reader);
    if (takeMark(reader, '..') === null) expected(reader, 'Two dots are missing here, between the first and the last value.');
    const high = readExpression(reader);
    close(reader, ')');
    return { kind: 'between', span: spanned(), op, opSpan, left, low, high };
  }
  if (op === 'matches') {
    if (cursor.peek().kind === 'name' && cursor.peek().text === 'regex') takeAs(reader, 'operator');
    else expected(reader, 'The operator is `matches regex`: `regex` is missing here.');
  }
  if (op === '=')
    remark(reader, 'kusto/assignment', opSpan, 'One equals sign assigns; `==` compares.', { title: 'Write ==', edits: [{ span: opSpan, text: '==' }] });
  want(reader, { kind: 'value', of: left, op });
  const right = readExpression(reader, power);
  return { kind: 'compare', span: joinOf(spanned(), right.span), op: op === 'matches' ? 'matches regex' : op === '=' ? '==' : op, opSpan, left, right };
}

/** The members of `in (…)`: a list of expressions, or one query. */
function readItems(reader: Reader, left: Expr, op: string): readonly Expr[] {
  if (takeMark(reader, '(') === null) {
    expected(reader, `The values after \`${op}\` stand in brackets: \`${op} ("a", "b")\`.`);
    // A single value without brackets is taken all the same.
    return startsExpression(reader) ? [readExpression(reader, EQUAL)] : [];
  }
  const items = nested(reader, () => {
    const read: Expr[] = [];
    do {
      want(reader, { kind: 'value', of: left, op });
      read.push(listed(reader, pipedFrom(reader, readExpression(reader))));
    } while (takeMark(reader, ',') !== null || isMissingComma(reader));
    return read;
  });
  close(reader, ')');
  return items ?? [];
}

/** Remarks a missing comma when another expression follows on. */
export function isMissingComma(reader: Reader): boolean {
  const token = reader.cursor.peek();
  if (!(
    token.kind === 'string' ||
    token.kind === 'number' ||
    token.kind === 'timespan' ||
    token.kind === 'typed' ||
    (token.kind === 'name' && !RESERVED.has(token.text))
  ))
    return false;
  if (reader.failedAt === token.start) return false;
  expected(reader, 'A comma is missing before this.');
  return true;
}

/** Whether the current lexeme could begin an expression. */
export function startsExpression(reader: Reader): boolean {
  const token = reader.cursor.peek();
  if (token.kind === 'punctuation') return '([{-+'.includes(token.text);
  return token.kind === 'name' ? !isClauseWord(token) : token.kind !== 'end' && token.kind !== 'invalid';
}

/** Words that stand between expressions and never begin one. */
const isClauseWord = ({ text }: KustoLexeme): boolean =>
  (POWERS.has(text) && text !== 'matches') || text === 'by' || text === 'of' || text === 'to' || text === 'asc' || text === 'desc' || text === 'as';

// Unary = { '-' | '+' } Postfix
export function readUnary(reader: Reader): Expr {
  const { cursor } = reader;
  const start = cursor.peek().start;
  let isNegative = false;
  let hasSign = false;
  while (isMark(reader, '-') || isMark(reader, '+')) {
    isNegative = isNegative !== (cursor.next().text === '-');
    hasSign = true;
  }
  const of = readPostfix(reader);
  if (!hasSign || of.kind === 'error') return of;
  const span = { start, end: of.span.end };
  if (of.kind === 'literal' && of.type === 'number') return { ...of, span, text: isNegative ? `-${of.text}` : of.text };
  return { kind: 'unary', span, of };
}

// Postfix = Primary { '.' name [ '(' … ')' ] | '.' '[' … ']' | '[' … ']' }
function readPostfix(reader: Reader): Expr {
  const { cursor } = reader;
  const base = readPrimary(reader);
  if (base.kind === 'error') return base;
  const steps: Step[] = [];
  for (;;) {
    if (isMark(reader, '[')) steps.push(...readIndex(reader));
    else if (isMark(reader, '.')) {
      cursor.next();
      if (isMark(reader, '[')) steps.push(...readIndex(reader));
      else {
        const name = readName(reader, 'The name after the dot');
        if (name === null) break;
        if (isMark(reader, '(')) {
          cursor.peek(-1).colour = 'function';
          readArguments(reader);
        }
        steps.push(name);
      }
    } else break;
  }
  return steps.length === 0 ? base : { kind: 'path', span: { start: base.span.start, end: cursor.last }, base, steps };
}

function readIndex(reader: Reader): readonly Step[] {
  const { cursor } = reader;
  const start = cursor.next().start;
  const key = cursor.peek();
  if (key.kind === 'string' && isMark(reader, ']', 1)) {
    cursor.next();
    cursor.next();
    return [{ name: stringValue(reader.text, key).text, span: { start, end: cursor.last } }];
  }
  const index = nested(reader, () => readExpression(reader));
  close(reader, ']');
  return index === null ? [] : [{ index, span: { start, end: cursor.last } }];
}

// Primary = literal | name | name '(' … ')' | '(' Piped ')' | '[' … ']' | '{' name '}' | '*' | dynamic | datatable | externaldata | typeof
function readPrimary(reader: Reader): Expr {
  const { cursor } = reader;
  const token = cursor.peek();
  const span = { start: token.start, end: token.end };
  switch (token.kind) {
    case 'string':
      return readString(reader);
    case 'number':
      cursor.next();
      return { kind: 'literal', span, type: 'number', text: reader.text.slice(token.start, token.end) };
    case 'timespan':
      cursor.next();
      return { kind: 'literal', span, type: 'time', text: reader.text.slice(token.start, token.end) };
    case 'typed':
      cursor.next();
      return typedLiteral(reader.text, span);
    case 'name':
      return readWord(reader, token);
    case 'punctuation': {
      if (token.text === '(') return readGroup(reader);
      if (token.text === '[') return readBracket(reader);
      if (token.text === '{' && cursor.peek(1).kind === 'name' && isMark(reader, '}', 2)) {
        cursor.next();
        const name = takeAs(reader, 'macro').text;
        cursor.next();
        return { kind: 'name', span: { start: token.start, end: cursor.last }, name };
      }
      if (token.text === '*' && isStarPlace(reader)) {
        cursor.next();
        return { kind: 'star', span, name: '*' };
      }
      return missingExpression(reader);
    }
    case 'invalid':
    case 'end':
      return missingExpression(reader);
    default:
      token.kind satisfies never;
      return missingExpression(reader);
  }
}

/** `*` stands for all columns before a comparison and alone as an argument. */
function isStarPlace(reader: Reader): boolean {
  const after = reader.cursor.peek(1);
  if (reader.reading === 'search') return true;
  return after.text === ')' || after.text === ',' || (powerOf(reader, after) >= EQUAL && powerOf(reader, after) !== SUM && powerOf(reader, after) !== PRODUCT);
}

function missingExpression(reader: Reader): Expr {
  want(reader, { kind: 'expression' });
  expected(reader, 'An expression is missing here: a column, a value or a function.');
  const at = reader.cursor.last;
  return { kind: 'error', span: { start: at, end: at } };
}

function readWord(reader: Reader, token: KustoLexeme): Expr {
  const { cursor } = reader;
  const { text } = token;
  const span = { start: token.start, end: token.end };
  const isCall = isMark(reader, '(', 1);
  switch (text) {
    case 'dynamic':
      if (isCall) return readDynamic(reader);
      break;
    case 'datatable':
      return readDataTable(reader);
    case 'externaldata':
    case 'external_data':
      return readExternal(reader);
    case 'typeof':
      if (isCall) return readType(reader);
      break;
    default:
  }
  const lower = text.length < 6 ? text.toLowerCase() : text;
  if (!isCall && (lower === 'true' || lower === 'false')) {
    takeAs(reader, 'constant');
    return { kind: 'literal', span, type: 'boolean', text: lower };
  }
  if (!isCall && text === 'null') {
    takeAs(reader, 'constant');
    return { kind: 'literal', span, type: 'null', text };
  }
  if (RESERVED.has(text) && !(isCall && (FUNCTIONS.has(text) || AGGREGATES.has(text) || text === 'materialize'))) {
    if (isClauseWord(token) || startsOperator(reader) || COMPARISONS.has(text)) return missingExpression(reader);
    takeAs(reader, 'field');
    remark(reader, 'kusto/reserved-name', span, `\`${text}\` is a word of the language; as a name it stands in brackets: \`['${text}']\`.`, {
      title: `Write ['${text}']`,
      edits: [{ span, text: `['${text}']` }],
    });
    return { kind: 'name', span, name: text };
  }
  if (text === 'matches' && cursor.peek(1).text === 'regex') return missingExpression(reader);
  if (!isCall) {
    want(reader, { kind: 'expression' });
    takeAs(reader, reader.lets.has(text) ? 'macro' : 'field');
    return { kind: 'name', span, name: text };
  }
  takeAs(reader, 'function');
  const args = readArguments(reader);
  return { kind: 'call', span: { start: token.start, end: cursor.last }, name: text, nameSpan: span, args };
}

/** Functions whose argument is a query. */
const TAKES_QUERY: ReadonlySet<string> = new Set(['materialize', 'toscalar', 'totable']);

// '(' [ Named { ',' Named } ] ')'
function readArguments(reader: Reader): readonly Expr[] {
  const { cursor } = reader;
  const takesQuery = TAKES_QUERY.has(cursor.peek(-1).text);
  cursor.next();
  want(reader, { kind: 'expression' });
  if (takeMark(reader, ')') !== null) return [];
  const args = nested(reader, () => {
    const read: Expr[] = [];
    if (cursor.isEnd() || isMark(reader, '|') || isMark(reader, ';')) return read;
    do {
      const arg = takesQuery && startsOperator(reader) ? pipedFrom(reader, null) : readNamed(reader);
      read.push(takesQuery ? pipedFrom(reader, arg) : arg);
    } while (takeMark(reader, ',') !== null || isMissingComma(reader));
    return read;
  });
  close(reader, ')');
  return args ?? [];
}

// '(' Piped ')'
function readGroup(reader: Reader): Expr {
  const { cursor } = reader;
  const start = cursor.next().start;
  const of = nested(reader, () => (startsOperator(reader) ? pipedFrom(reader, null) : pipedFrom(reader, readExpression(reader))));
  close(reader, ')');
  const span = { start, end: cursor.last };
  return of === null ? { kind: 'error', span } : { kind: 'group', span, of };
}

/** `['name']`, or a list of values. */
function readBracket(reader: Reader): Expr {
  const { cursor } = reader;
  const start = cursor.peek().start;
  if (cursor.peek(1).kind === 'string' && isMark(reader, ']', 2)) {
    const name = readName(reader, 'A name')!;
    return { kind: 'name', span: name.span, name: name.name };
  }
  cursor.next();
  const items = readValues(reader, ']');
  close(reader, ']');
  const span = { start, end: cursor.last };
  if (items.length > 1)
    remark(reader, 'kusto/bare-list', span, 'A list of values is written `dynamic([ … ])`.', {
      title: 'Wrap in dynamic( )',
      edits: [
        { span: { start, end: start }, text: 'dynamic(' },
        { span: { start: span.end, end: span.end }, text: ')' },
      ],
    });
  return { kind: 'list', span, items };
}
