import type { Span } from '../../../model';
import type { Expr } from '../tree';
import { AGGREGATES, COMPARISONS, FUNCTIONS, RESERVED } from '../vocabulary';
import { isOperand, readBareNot } from './foreign';
import type { KustoLexeme } from './lexer';
import { readDataTable, readDynamic, readExternal, readInlineTable, readString, readType, readValues, typedLiteral } from './literal';
import { isClauseWord, isMissingComma, isStarPlace, startsOperator } from './lookahead';
import { type Reader, close, expected, isMark, nested, readName, remark, takeAs, takeMark, want } from './reader';

const placeOf = ({ start, end }: KustoLexeme): Span => ({ start, end });

/** `datetime(2024-13-01)`, `datetime(2024-02-30)`, `datetime(2024-05-01 25:00)`. Other ways of writing a time are left to the engine. */
function isNoDate(written: string): boolean {
  const parts = /^date(?:time)?\(\s*["']?(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?/.exec(written);
  if (parts === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  const days = month === 2 ? ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return month < 1 || month > 12 || day < 1 || day > days || hour > 24 || minute > 59 || second > 60;
}

// Primary = literal | name | name '(' … ')' | '(' Piped ')' | '[' … ']' | '{' name '}' | '*' | dynamic | datatable | externaldata | typeof
export function readPrimary(reader: Reader): Expr {
  const { cursor } = reader;
  const token = cursor.peek();
  switch (token.kind) {
    case 'string':
      return readString(reader);
    case 'number':
      cursor.next();
      return { kind: 'literal', span: placeOf(token), type: 'number', text: reader.text.slice(token.start, token.end) };
    case 'timespan':
      cursor.next();
      return { kind: 'literal', span: placeOf(token), type: 'time', text: reader.text.slice(token.start, token.end) };
    case 'typed': {
      cursor.next();
      const literal = typedLiteral(reader.text, placeOf(token));
      if (literal.type === 'time' && isNoDate(literal.text))
        remark(reader, 'kusto/no-date', literal.span, 'The calendar has no such day, or the day no such hour.');
      return literal;
    }
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
        return { kind: 'star', span: placeOf(token), name: '*' };
      }
      return missingExpression(reader);
    }
    case 'invalid':
      return token.text === '!' && isMark(reader, '(', 1) ? readBareNot(reader) : missingExpression(reader);
    case 'end':
      return missingExpression(reader);
    default:
      token.kind satisfies never;
      return missingExpression(reader);
  }
}

function missingExpression(reader: Reader): Expr {
  want(reader, 'expression');
  expected(reader, 'An expression is missing here: a column, a value or a function.');
  const at = reader.cursor.last;
  return { kind: 'error', span: { start: at, end: at } };
}

const BOOLEAN = /^(?:true|false)$/i;
/** Words that are more than a column's name. */
const SPECIAL: ReadonlySet<string> = new Set([
  ...RESERVED,
  'datatable',
  'entity_group',
  'externaldata',
  'external_data',
  'inline_external_table',
  'not',
  'null',
  'matches',
  'true',
  'True',
  'TRUE',
  'false',
  'False',
  'FALSE',
]);

function readWord(reader: Reader, token: KustoLexeme): Expr {
  const { cursor } = reader;
  const { text } = token;
  const span = { start: token.start, end: token.end };
  const isCall = isMark(reader, '(', 1);
  if (!isCall && !SPECIAL.has(text)) {
    want(reader, 'expression');
    takeAs(reader, reader.lets.has(text) ? 'macro' : 'field');
    return { kind: 'name', span, name: text };
  }
  switch (text) {
    case 'dynamic':
      if (isCall) return readDynamic(reader);
      break;
    case 'datatable':
      return readDataTable(reader);
    case 'externaldata':
    case 'external_data':
      return readExternal(reader);
    case 'inline_external_table':
      // A column or table may have this name.
      if (isCall || cursor.peek(1).text === 'kind') return readInlineTable(reader);
      break;
    case 'typeof':
      if (isCall) return readType(reader);
      break;
    case 'entity_group':
      if (isMark(reader, '[', 1)) return readEntities(reader);
      break;
    case 'not':
      if (!isCall && isOperand(cursor.peek(1))) return readBareNot(reader);
      break;
    default:
  }
  if (!isCall && BOOLEAN.test(text)) {
    takeAs(reader, 'constant');
    return { kind: 'literal', span, type: 'boolean', text: text.toLowerCase() };
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
    want(reader, 'expression');
    takeAs(reader, reader.lets.has(text) ? 'macro' : 'field');
    return { kind: 'name', span, name: text };
  }
  takeAs(reader, KEYWORDS.has(text) ? 'keyword' : 'function');
  const args = readArguments(reader);
  return { kind: 'call', span: { start: token.start, end: cursor.last }, name: text, nameSpan: span, args };
}

/** Functions that are words of the language: what they do shows in the tree. */
const KEYWORDS: ReadonlySet<string> = new Set(['not', 'iff', 'iif', 'case', 'materialize']);

/** Functions whose argument is a query. */
const TAKES_QUERY: ReadonlySet<string> = new Set(['materialize', 'toscalar', 'totable']);

// '(' [ Named { ',' Named } ] ')'
export function readArguments(reader: Reader): readonly Expr[] {
  const { cursor } = reader;
  const takesQuery = TAKES_QUERY.has(cursor.peek(-1).text);
  cursor.next();
  want(reader, 'expression');
  if (takeMark(reader, ')') !== null) return [];
  const args = nested(reader, () => {
    const read: Expr[] = [];
    if (cursor.isEnd() || isMark(reader, '|') || isMark(reader, ';')) return read;
    do {
      const arg = takesQuery && startsOperator(reader) ? reader.grammar.piped(reader, null) : reader.grammar.named(reader);
      read.push(takesQuery ? reader.grammar.piped(reader, arg) : arg);
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
  // What stands in brackets where a query begins may be an expression like any other.
  const before = reader.reading;
  if (before === 'source') reader.reading = null;
  const of = nested(reader, () =>
    startsOperator(reader) ? reader.grammar.piped(reader, null) : reader.grammar.piped(reader, reader.grammar.expression(reader)),
  );
  reader.reading = before;
  close(reader, ')');
  const span = { start, end: cursor.last };
  return of === null ? { kind: 'error', span } : { kind: 'group', span, of };
}

// 'entity_group' '[' Expression { ',' Expression } ']'
function readEntities(reader: Reader): Expr {
  const { start } = takeAs(reader, 'keyword');
  reader.cursor.next();
  const items = readValues(reader, ']');
  close(reader, ']');
  return { kind: 'list', span: { start, end: reader.cursor.last }, items };
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
