import { nearest } from '../../../syntax/nearest';
import { type Span, joinOf } from '../../../model';
import type { Expr, Name, Step } from '../tree';
import { LIST_OPERATORS, NEGATABLE, RANGE_OPERATORS, STRING_OPERATORS } from '../vocabulary';
import type { KustoLexeme } from './lexer';
import { readForeignSign, readIsNull, readNameBehind } from './foreign';
import { listed, readValues } from './literal';
import { AND, EQUAL, OR, RELATION, TEXT, isClauseWord, isMissingComma, powerOf, startsExpression, isOperator } from './lookahead';
import { readArguments, readPrimary } from './primary';
import { type Reader, close, expected, isMark, nested, readAs, readName, remark, takeAs, takeMark, want, isCommand, unexpected } from './reader';
import { stringValue } from './strings';

// Named = [ name '=' | '(' name { ',' name } ')' '=' ] Expression
export function readNamed(reader: Reader): Expr {
  const { cursor } = reader;
  const start = cursor.peek().start;
  const names = readTargets(reader);
  if (names === null) return readNameBehind(reader, readExpression(reader));
  const value = readExpression(reader);
  return { kind: 'assign', span: { start, end: Math.max(cursor.last, value.span.end) }, names, value };
}

/** Words that are read as names almost everywhere, and must stand in brackets before an equals sign. */
const UNNAMEABLE: ReadonlySet<string> = new Set(['first', 'last', 'missing', 'asc', 'desc']);

function remarkReserved(reader: Reader, { start, end, text }: KustoLexeme): void {
  remark(reader, 'kusto/reserved-name', { start, end }, `\`${text}\` is a word of the language; as a name it stands in brackets: \`['${text}']\`.`, {
    title: `Write ['${text}']`,
    edits: [{ span: { start, end }, text: `['${text}']` }],
  });
}

/** The names before an `=` and the `=` itself; null, and nothing taken, when none stand here. */
function readTargets(reader: Reader): readonly Name[] | null {
  const { cursor } = reader;
  const token = cursor.peek();
  if (token.kind === 'name' && isMark(reader, '=', 1)) {
    if (UNNAMEABLE.has(token.text)) remarkReserved(reader, token);
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

/** An expression that rows are kept or found by, or come from. */
export function readCondition(reader: Reader, reading: NonNullable<Reader['reading']> = 'condition'): Expr {
  const before = reader.reading;
  reader.reading = reading;
  const condition = readExpression(reader);
  reader.reading = before;
  return condition;
}

const NO_SIGNS: Name[] = [];

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
  let signs: Name[] = NO_SIGNS;
  for (;;) {
    const token = cursor.peek();
    const power = powerOf(reader, token);
    if (power === 0 && reader.reading === 'condition' && left.kind !== 'error') {
      if (token.kind === 'name' ? isMiswritten(reader, token) : readForeignSign(reader, token)) continue;
      const asked = token.text === 'is' ? readIsNull(reader, left) : null;
      if (asked !== null) {
        left = asked;
        continue;
      }
    }
    if (power === 0) {
      if (left.kind !== 'error') want(reader, 'comparison');
      return isUnsigned(reader, left, token) ? { kind: 'error', span: left.span } : left;
    }
    if (power <= floor || power > ceiling) return left;
    takeAs(reader, power <= AND ? 'keyword' : 'operator');
    // What a query begins with is an expression, and no table, once it compares or joins.
    if (reader.reading === 'source') reader.reading = null;
    if (power === EQUAL || power === RELATION || power === TEXT) {
      left = readComparison(reader, left, token, power);
      openPower = 0;
      ceiling = power - 1;
      continue;
    }
    ceiling = power;
    const right = readExpression(reader, power);
    if (openPower === power) open.push(right);
    else {
      open = [left, right];
      signs = power <= AND ? NO_SIGNS : [];
    }
    if (power > AND) signs.push({ name: token.text, span: { start: token.start, end: token.end } });
    openPower = power;
    left = { kind: 'chain', span: joinOf(left.span, right.span), op: power === OR ? 'or' : power === AND ? 'and' : 'arithmetic', of: open, signs };
  }
}

/** A column, then something that is no operator with a value behind it: it was to be compared, and is no flag. */
function isUnsigned({ cursor, reading }: Reader, left: Expr, token: KustoLexeme): boolean {
  if (reading !== 'condition' || (left.kind !== 'name' && left.kind !== 'path')) return false;
  if (token.kind !== 'name') return VALUES.has(token.kind);
  if (token.breaks > 0 || isCommand(token) || isClauseWord(token)) return false;
  const after = cursor.peek(1);
  return VALUES.has(after.kind) || /^(?:[=!]=|[=!]~|[<>]=?)$/.test(after.text);
}
const VALUES: ReadonlySet<KustoLexeme['kind']> = new Set(['string', 'number', 'typed', 'timespan', 'invalid']);

/** `AND`, `contain`: an operator with another letter is remarked, and read as the one that was meant. */
function isMiswritten(reader: Reader, token: KustoLexeme): boolean {
  const { start, end, text, breaks } = token;
  const after = reader.cursor.peek(1);
  const lower = text.toLowerCase();
  const several = /^!?(contains|startswith|endswith)_(?:any|all)$/.exec(lower)?.[1];
  if (several !== undefined && after.text === '(') {
    remark(
      reader,
      'kusto/foreign-word',
      { start, end },
      `There is no \`${text}\`: several \`${several}\` are joined by \`or\`; \`has_any\` finds whole words.`,
    );
    reader.failedAt = after.start;
    return readAs(token, several);
  }
  if (lower === 'not' && NEGATABLE.has(after.text)) {
    reader.cursor.next();
    const meant = `!${after.text}`;
    const span = { start, end: after.end };
    remark(reader, 'kusto/foreign-word', span, `\`${text} ${after.text}\` is written \`${meant}\`.`, {
      title: `Write ${meant}`,
      edits: [{ span, text: meant }],
    });
    return readAs(after, meant);
  }
  const meant =
    lower !== text && isOperator(lower)
      ? lower
      : breaks === 0 && (after.kind === 'string' || after.text === '(') && !isCommand(token)
        ? nearest(text, WORD_OPERATORS)
        : undefined;
  if (meant === undefined || reader.failedAt === start) return false;
  reader.failedAt = start;
  const why = lower === meant ? `Operators are written in small letters: \`${meant}\`.` : `\`${text}\` is no operator; \`${meant}\` was probably meant.`;
  remark(reader, 'kusto/unknown-operator', { start, end }, why, { title: `Write ${meant}`, edits: [{ span: { start, end }, text: meant }] });
  return readAs(token, meant);
}

const WORD_OPERATORS: readonly string[] = [
  'and',
  'or',
  'has',
  'contains',
  'startswith',
  'endswith',
  'has_any',
  'has_all',
  'between',
  'matches',
  'hasprefix',
  'hassuffix',
];

function readComparison(reader: Reader, left: Expr, operator: KustoLexeme, power: number): Expr {
  const { cursor } = reader;
  const opSpan = { start: operator.start, end: operator.end };
  const op = operator.text;
  const spanned = (): Span => ({ start: left.span.start, end: Math.max(cursor.last, left.span.end) });
  if (LIST_OPERATORS.has(op)) {
    const items = readItems(reader, left, op);
    if (op === '!has_any' || op === '!has_all') remarkOnNegated(reader, left, opSpan, op.slice(1));
    return { kind: 'among', span: spanned(), op, opSpan, left, items };
  }
  if (RANGE_OPERATORS.has(op)) {
    const isOpen = takeMark(reader, '(') !== null;
    if (!isOpen) expected(reader, `The range after \`${op}\` stands in brackets: \`${op} (a .. b)\`.`);
    const low = readExpression(reader, EQUAL);
    if (takeMark(reader, '..') === null) {
      expected(reader, 'Two dots are missing here, between the first and the last value.');
      if (isMark(reader, ',') || cursor.peek().text === 'and') cursor.next();
    }
    const high = readExpression(reader, EQUAL);
    if (isOpen) close(reader, ')');
    return { kind: 'between', span: spanned(), op, opSpan, left, low, high };
  }
  if (op === 'matches' || op === '!matches') {
    if (cursor.peek().kind === 'name' && cursor.peek().text === 'regex') takeAs(reader, 'operator');
    else expected(reader, 'The operator is `matches regex`: `regex` is missing here.');
  }
  if (op === '=') {
    const next = cursor.peek();
    const turned = next.start === operator.end && (next.text === '!' || next.text === '<' || next.text === '>') ? `${next.text}=` : null;
    if (turned !== null) {
      const span = { start: opSpan.start, end: cursor.next().end };
      remark(reader, 'kusto/foreign-word', span, `\`=${turned[0]}\` is no operator here: write \`${turned}\`.`, {
        title: `Write ${turned}`,
        edits: [{ span, text: turned }],
      });
      const right = readExpression(reader, power);
      return { kind: 'compare', span: joinOf(spanned(), right.span), op: turned, opSpan: span, left, right };
    }
    remark(reader, 'kusto/assignment', opSpan, 'One equals sign assigns; `==` compares.', { title: 'Write ==', edits: [{ span: opSpan, text: '==' }] });
  }
  if (STRING_OPERATORS.has(op) && startsLiterals(reader)) return readSeveral(reader, left, op, opSpan);
  want(reader, { kind: 'value', of: left, op });
  const right = readExpression(reader, power);
  if (op === '!matches') remarkOnNegated(reader, left, opSpan, 'matches');
  if (op === '!like')
    remark(reader, 'kusto/no-negated-form', opSpan, '`!like` is written `notlike`.', { title: 'Write notlike', edits: [{ span: opSpan, text: 'notlike' }] });
  return { kind: 'compare', span: joinOf(spanned(), right.span), op: WRITTEN[op] ?? op, opSpan, left, right };
}

/** Operators that are read as others. */
const WRITTEN: Readonly<Partial<Record<string, string>>> = { matches: 'matches regex', '!matches': '!matches regex', '!like': 'notlike', '=': '==' };

/** An operator that has no form with an exclamation mark, read up to its last value. */
function remarkOnNegated(reader: Reader, left: Expr, opSpan: Span, positive: string): void {
  const { last } = reader.cursor;
  remark(reader, 'kusto/no-negated-form', opSpan, `\`${positive}\` has no negated form: write \`not( … ${positive} … )\`.`, {
    title: `Write not( … ${positive} … )`,
    edits: [
      { span: { start: left.span.start, end: left.span.start }, text: 'not(' },
      { span: opSpan, text: positive },
      { span: { start: last, end: last }, text: ')' },
    ],
  });
}

/** `("a", "b"`: several values where a comparison takes one. */
function startsLiterals(reader: Reader): boolean {
  return isMark(reader, '(') && reader.cursor.peek(1).kind === 'string' && isMark(reader, ',', 2);
}

/** `x has ("a", "b")`: told, and read as the comparisons that are meant. */
function readSeveral(reader: Reader, left: Expr, op: string, opSpan: Span): Expr {
  const several = op === 'has' ? '`has_any` takes several' : `several are joined by \`or\`${op.startsWith('!') ? ' inside `not( … )`' : ''}`;
  unexpected(reader, `\`${op}\` takes one value; ${several}.`);
  const of = readItems(reader, left, op).map((right): Expr => ({ kind: 'compare', span: joinOf(left.span, right.span), op, opSpan, left, right }));
  return { kind: 'chain', span: { start: left.span.start, end: reader.cursor.last }, op: op.startsWith('!') ? 'and' : 'or', of, signs: NO_SIGNS };
}

/** The members of `in (…)`: a list of expressions, or one query. */
function readItems(reader: Reader, left: Expr, op: string): readonly Expr[] {
  const { cursor } = reader;
  if (takeMark(reader, '(') === null) {
    expected(reader, `The values after \`${op}\` stand in brackets: \`${op} ("a", "b")\`.`);
    // Values without brackets, or in others, are taken all the same.
    if (isMark(reader, '[')) return readBare(reader);
    if (!startsExpression(reader)) return [{ kind: 'error', span: { start: cursor.last, end: cursor.last } }];
    const bare = [readExpression(reader, EQUAL)];
    while (isMark(reader, ',') && cursor.peek(1).kind === 'string') {
      cursor.next();
      bare.push(readExpression(reader, EQUAL));
    }
    return bare;
  }
  const items = nested(reader, () => {
    const read: Expr[] = [];
    do {
      want(reader, { kind: 'value', of: left, op });
      read.push(listed(reader, reader.grammar.piped(reader, readExpression(reader))));
    } while (takeMark(reader, ',') !== null || isMissingComma(reader));
    return read;
  });
  close(reader, ')');
  return items ?? [];
}

function readBare(reader: Reader): readonly Expr[] {
  reader.cursor.next();
  const items = readValues(reader, ']');
  close(reader, ']');
  return items;
}

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
  return isNegative ? { kind: 'unary', span, of } : of;
}

// Postfix = Primary { '.' name [ '(' … ')' ] | '.' '[' … ']' | '[' … ']' }
function readPostfix(reader: Reader): Expr {
  const { cursor } = reader;
  const base = readPrimary(reader);
  if (base.kind === 'error') return base;
  if (!isMark(reader, '[') && !isMark(reader, '.')) return base;
  const steps: Step[] = [];
  for (;;) {
    if (isMark(reader, '[')) steps.push(...readIndex(reader));
    else if (isMark(reader, '.')) {
      cursor.next();
      if (isMark(reader, '[')) steps.push(...readIndex(reader));
      else if (isMark(reader, '*') && base.kind === 'call') {
        // Tables of a database, by a pattern.
        const { start } = takeAs(reader, 'constant');
        while (cursor.peek().start === cursor.last && (isMark(reader, '*') || cursor.peek().kind === 'name')) takeAs(reader, 'constant');
        steps.push({ name: reader.text.slice(start, cursor.last), span: { start, end: cursor.last } });
      } else {
        const name = readName(reader, 'The name after the dot');
        if (name === null) break;
        if (isMark(reader, '(')) {
          cursor.peek(-1).colour = 'function';
          readArguments(reader);
          steps.push({ ...name, span: { start: name.span.start, end: cursor.last }, called: true });
        } else steps.push(name);
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
  const index = nested(reader, () => reader.grammar.expression(reader));
  close(reader, ']');
  return index === null ? [] : [{ index, span: { start, end: cursor.last } }];
}
