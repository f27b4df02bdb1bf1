import type { Assignment, FieldRef, Literal, Measure, Operand, Operation, Predicate, Span, Test } from '../../model';
import { likeParts } from '../../syntax/glob';
import { ORDER_SIGNS, orderOf } from '../../syntax/orders';
import { allOf, anyOf, notOf, truthAt } from '../../syntax/predicates';
import { ignoresCase } from '../../syntax/regex';
import { SQL_AS_NUMBER, SQL_AS_TEXT, SQL_TIME, type SqlDialect } from './dialect';
import { type SqlToken, sqlTokens } from './tokens';

/** What was written here, as what it does: the reverse of printing, and no reader of SQL at large. Null: it is something else. */
export function readSql(text: string, dialect: SqlDialect): readonly Operation[] | null {
  const tokens = sqlTokens(text, dialect) ?? [];
  const from = tokens.findIndex(({ kind, text: word }) => kind === 'word' && word === 'FROM');
  const where = tokens.findIndex(({ kind, text: word }, at) => at > from && kind === 'word' && word === 'WHERE');
  if (from < 0 || where < 0) return null;
  const span: Span = { start: 0, end: text.length };
  const reader = readerOf(tokens, span, dialect);
  const columns = columnsOf(reader);
  const read: Operation = { kind: 'read', span, sources: [{ name: text.slice(tokens[from]!.start + 4, tokens[where]!.start).trim(), span }] };
  if (columns === null) return null;
  reader.skipTo(where + 1);
  const filter = reader.condition();
  if (filter === null) return null;
  const operations: Operation[] = [read, { kind: 'filter', span, predicate: filter }];
  if (columns.length > 0) {
    const by: Assignment[] = [];
    if (reader.take('GROUP') && reader.take('BY')) {
      do {
        const value = reader.group();
        if (value === null) return null;
        by.push({ name: value.kind === 'field' ? value.name : 'bucket', span, value });
      } while (reader.take(','));
    }
    operations.push({ kind: 'aggregate', span, how: 'group', measures: columns, by });
    if (reader.take('HAVING')) {
      const having = reader.condition();
      if (having === null) return null;
      operations.push({ kind: 'filter', span, predicate: having });
    }
  }
  return reader.isDone() ? operations : null;
}

/** The columns that sum up; keys and the bucket stand among them only to be shown. */
function columnsOf(reader: Reader): readonly Measure[] | null {
  const measures: Measure[] = [];
  if (reader.take('SELECT', '*')) return reader.take('FROM') ? measures : null;
  if (!reader.take('SELECT')) return null;
  do {
    const column = reader.column();
    if (column === null) return null;
    if (column !== 'shown') measures.push(column);
  } while (reader.take(','));
  return reader.take('FROM') ? measures : null;
}

interface Reader {
  take(...texts: readonly string[]): boolean;
  skipTo(place: number): void;
  isDone(): boolean;
  condition(): Predicate | null;
  group(): Operand | null;
  column(): Measure | 'shown' | null;
}

type Side = { readonly operand: Operand; readonly folds: boolean };

/** Reads pieces from left to right; each part is null where it is none that is written here. */
function readerOf(tokens: readonly SqlToken[], span: Span, dialect: SqlDialect): Reader {
  let at = 0;
  const peek = (ahead = 0): SqlToken => tokens[Math.min(at + ahead, tokens.length - 1)]!;
  const isWord = (text: string, ahead = 0): boolean => {
    const token = peek(ahead);
    return token.kind !== 'text' && token.kind !== 'name' && token.text === text;
  };
  const take = (...texts: readonly string[]): boolean => {
    if (!texts.every((text, ahead) => isWord(text, ahead))) return false;
    at += texts.length;
    return true;
  };
  const field = (name: string): FieldRef => ({ kind: 'field', span, name });
  const literal = (type: Literal['type'], text: string): Literal => ({ kind: 'literal', span, type, text });
  const call = (fn: string, ...args: readonly Operand[]): Operand => ({ kind: 'call', span, fn, name: span, args, written: fn });
  const name = (): FieldRef | null => {
    const { kind, text } = peek();
    if (kind !== 'name') return null;
    at++;
    return field(text);
  };
  const text = (): string | null => (peek().kind === 'text' ? tokens[at++]!.text : null);
  const number = (): string | null => (peek().kind === 'number' ? tokens[at++]!.text : null);

  const condition = (): Predicate | null => {
    const first = part();
    if (first === null || !(isWord('AND') || isWord('OR'))) return first;
    const word = peek().text;
    const parts = [first];
    while (take(word)) {
      const next = part();
      if (next === null) return null;
      parts.push(next);
    }
    return word === 'AND' ? allOf(parts, span) : anyOf(parts, span);
  };
  const part = (): Predicate | null => {
    if (take('(', '1', '=', '1', ')')) return truthAt(span);
    if (take('(', '1', '=', '0', ')')) return truthAt(span, false);
    if (take('(', '(', 'isIPv4String', '(')) return network();
    const isDenied = take('NOT');
    if (!take('(')) return isDenied ? null : test();
    const inner = condition();
    if (inner === null || !take(')')) return null;
    return isDenied ? notOf(inner, span) : inner;
  };

  /** A column, or none, in small letters, as a text or as a number. */
  const side = (): Side | null => {
    const folds = take('lower', '(') || take('lowerUTF8', '(');
    const operand = taken();
    return operand === null || (folds && !take(')')) ? null : { operand, folds };
  };
  const taken = (): Operand | null => {
    if (take('NULL')) return literal('null', '');
    const isText = take('CAST', '(') || take('toString', '(');
    const isNumber = !isText && (take('TRY_CAST', '(') || take('toDecimal128OrNull', '('));
    if (!isText && !isNumber) return name();
    const of = taken();
    const isClosed = isText
      ? take('AS', 'VARCHAR', ')') || take('AS', 'STRING', ')') || take(')')
      : take('AS', 'DECIMAL', '(', '38', ',', '9', ')', ')') || take(',', '9', ')');
    return of === null || !isClosed ? null : call(isText ? SQL_AS_TEXT : SQL_AS_NUMBER, of);
  };
  const made = (left: Operand, compare: Test['compare'], values: readonly Operand[], letters: Test['case']): Test => ({
    kind: 'test',
    span,
    left,
    compare,
    values,
    case: letters,
    missing: compare === 'exists' ? 'false' : compare === 'absent' ? 'true' : 'unknown',
    word: 'eq',
  });
  const regex = (left: Operand, written: string): Test => {
    const after = written.startsWith(dialect.beforeDot) ? written.slice(dialect.beforeDot.length) : written;
    const pattern = after.includes('.') ? after : written;
    return made(left, 'regex', [{ kind: 'regex', span, text: pattern, dialect: dialect.regexes, flags: '' }], ignoresCase(pattern) ? 'fold' : 'exact');
  };
  /** A network that an address is in, after the beginning of asking whether it is one. */
  const network = (): Predicate | null => {
    const of = name();
    const isOf = (...after: readonly string[]): boolean => take(...after) && name()?.name === of?.name;
    if (of === null || !isOf(')', 'OR', 'isIPv6String', '(') || !isOf(')', ')', 'AND', 'isIPAddressInRange', '(') || !take(',')) return null;
    const value = text();
    return value === null || !take(')', ')') ? null : made(of, 'cidr', [literal('string', value)], 'fold');
  };
  const test = (): Predicate | null => {
    const isRegex = take('regexp_matches', '(') || take('match', '(');
    const left = side();
    if (left === null) return null;
    if (isRegex) {
      const value = take(',') ? text() : null;
      return value === null || !take(')') ? null : regex(left.operand, value);
    }
    if (take('RLIKE')) {
      const value = text();
      return value === null ? null : regex(left.operand, value);
    }
    if (take('IS', 'NOT', 'NULL')) return made(left.operand, 'exists', [], 'fold');
    if (take('IS', 'NULL')) return made(left.operand, 'absent', [], 'fold');
    const isFolded = left.folds || isWord('ILIKE');
    if (take('ILIKE') || take('LIKE')) {
      const pattern = text();
      const escape = dialect.namesEscape ? (take('ESCAPE') ? text() : '') : dialect.escape;
      return pattern === null || escape === null
        ? null
        : made(left.operand, 'equals', [{ kind: 'glob', span, parts: likeParts(pattern, escape) }], isFolded ? 'fold' : 'exact');
    }
    for (const sign of Object.values(ORDER_SIGNS))
      if (take(sign)) {
        const value = number();
        return value === null ? null : made(left.operand, orderOf(sign), [literal('number', value)], 'fold');
      }
    return equal(left);
  };
  const equal = ({ operand, folds }: Side): Predicate | null => {
    const isList = take('IN', '(');
    if (!isList && !take('=')) return null;
    const values: Operand[] = [];
    do {
      const value = valueRead();
      if (value === null) return null;
      values.push(value);
    } while (isList && take(','));
    return isList && !take(')') ? null : made(operand, 'equals', values, folds ? 'fold' : 'exact');
  };
  const valueRead = (): Operand | null => {
    const { kind, text: written } = peek();
    if (kind === 'text' || kind === 'number') return literal(tokens[at++]!.kind === 'text' ? 'string' : 'number', written);
    if (kind === 'word' && /^(?:true|false)$/i.test(written)) return literal('boolean', tokens[at++]!.text);
    return side()?.operand ?? null;
  };

  /** A key, or the stretch of time. */
  const group = (): Operand | null => {
    const start = at;
    const seconds = bucket();
    if (seconds !== null) return call('bin', field(SQL_TIME), { kind: 'time', span, text: `${seconds}s` });
    at = start;
    return name();
  };
  const bucket = (): number | null => {
    if (take('time_bucket', '(', 'INTERVAL')) return close(text(), () => take(',', SQL_TIME, ')'));
    if (take('toStartOfInterval', '(', SQL_TIME, ',', 'INTERVAL')) return close(number(), () => take('SECOND', ')'));
    return take('window', '(', SQL_TIME, ',') ? close(text(), () => take(')')) : null;
  };
  /** A column as a number. */
  const numeric = (): FieldRef | null => {
    const isCast = take('TRY_CAST', '(');
    if (!isCast && !take('toFloat64OrNull', '(', 'toString', '(')) return null;
    const of = name();
    return (isCast ? take('AS', 'DOUBLE', ')') : take(')', ')')) ? of : null;
  };
  const close = (written: string | null, isClosed: () => boolean): number | null => {
    const seconds = Number(/^(\d+)(?: seconds)?$/.exec(written ?? '')?.[1] ?? NaN);
    return isClosed() && Number.isFinite(seconds) ? seconds : null;
  };
  const column = (): Measure | 'shown' | null => {
    const measure = measureRead();
    if (measure === null && group() === null) return null;
    if (measure === null) return !take('AS') || take('bucket') ? 'shown' : null;
    const named = take('AS') ? name() : null;
    return named === null ? null : { ...measure, name: named.name };
  };
  const measureRead = (): Omit<Measure, 'name'> | null => {
    const start = at;
    const of = (fn: string, value: FieldRef | null, isClosed = take(')')): Omit<Measure, 'name'> | null =>
      value === null || !isClosed ? null : { span, fn, args: [value] };
    if (take('COUNT', '(', '*', ')')) return { span, fn: 'count', args: [] };
    if (take('COUNT', '(', 'DISTINCT')) return of('count_distinct', name());
    if (take('COUNT', '(', 'CASE', 'WHEN')) {
      const where = condition();
      return where !== null && take('THEN', '1', 'END', ')') ? { span, fn: 'count', args: [], where } : null;
    }
    if (take('SUM', '(')) return of('sum', numeric());
    if (take('AVG', '(')) return of('avg', numeric());
    const isFirst = take('quantileExactInclusive', '(');
    if (!isFirst && !take('quantile_cont', '(') && !take('percentile', '(')) {
      at = start;
      return null;
    }
    const before = isFirst ? number() : null;
    const value = isFirst && !take(')', '(') ? null : numeric();
    const share = isFirst ? before : take(',') ? number() : null;
    if (value === null || share === null || !take(')')) return null;
    return { span, fn: 'percentile', args: [value, literal('number', String(Number((Number(share) * 100).toFixed(6))))] };
  };
  return { take, skipTo: (place) => void (at = place), isDone: () => peek().kind === 'end', condition, group, column };
}
