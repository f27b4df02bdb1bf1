import { columnsOfTable } from '../../../knowledge/tables';
import type { Addition, Operator, Predicate, Span, Stage, Test, TextEdit } from '../../../model';
import { joinableOf } from '../../../syntax/conjuncts';
import { analyse } from '../lower/analyse';
import { isNumber } from '../lower/type';

/**
 * Edits that write a row into a query: into the field's own list, for an exclusion else as `| where not(…)` after the last condition on the source's columns,
 * for an indicator else as one more `and`. Conditions on the source's columns belong before the first aggregation. Null where the query has no rows to filter.
 */
export function add(text: string, addition: Addition): readonly TextEdit[] | null {
  const { stages, sources } = analyse(text);
  const first = stages[0];
  if (first === undefined || first.role === 'unread') return null;
  const isNumeric = sources.some(({ name }) => isNumber(columnsOfTable(name)?.get(addition.field) ?? ''));
  const comparison = comparisonOf(addition, isNumeric);
  if (comparison === null) return null;
  const isMade = stages.some(({ derives }) => derives?.some(({ name }) => name === addition.field));
  const aggregate = stages.findIndex(({ role }) => role === 'aggregate');
  const reachable = isMade || aggregate < 0 ? stages : stages.slice(0, aggregate);
  const filters = reachable.filter(({ kind, predicate }) => kind === 'where' && predicate !== undefined);
  for (const { predicate, span } of filters) {
    const host = joinableOf(predicate!, addition, (test) => listWordOf(text, test, span) !== null && fits(test, addition.op));
    if (host !== null) return intoList(text, host, literalOf(addition.value, isNumeric));
  }
  const last = filters.at(-1);
  if (addition.polarity === 'indicator' && last?.predicate !== undefined) return asConjunct(text, last, last.predicate, comparison);
  const after = last ?? reachable.findLast(({ role }) => role === 'derive' || role === 'source' || role === 'combine') ?? first;
  const condition = addition.polarity === 'exclusion' ? `where not(${comparison})` : `where ${comparison}`;
  return [{ span: { start: after.span.end, end: after.span.end }, text: `\n| ${condition}` }];
}

/** The lists a value can join, and the comparisons of one value that a list can replace. */
const LISTS = /^\s*(!?in~?|has_any|==|=~|has)\s*/;
const WIDER: Readonly<Record<string, string>> = { '==': 'in', '=~': 'in~', has: 'has_any' };

/** The operator between the field and its values; null where a value cannot join, as with values folded in from a let. */
function listWordOf(text: string, { left: field, values }: Test, stage: Span): string | null {
  const first = values[0];
  if (
    field === null ||
    first === undefined ||
    values.some(({ span, ...value }) => ('origin' in value && value.origin !== undefined) || span.start < stage.start || span.end > stage.end)
  )
    return null;
  return LISTS.exec(text.slice(field.span.end, first.span.start))?.[1] ?? null;
}

const EQUALITY: ReadonlySet<Operator> = new Set(['eq', 'in']);
const fits = (test: Test, op: Operator): boolean =>
  EQUALITY.has(test.word) ? EQUALITY.has(op) : test.word === 'contains' && test.compare === 'token' && op === 'contains' && test.modifiers === undefined;

function intoList(text: string, { left: field, values }: Test, value: string): readonly TextEdit[] {
  const start = values[0]!.span.start;
  const end = Math.max(...values.map(({ span }) => span.end));
  const between = text.slice(field!.span.end, start);
  const word = LISTS.exec(between)![1]!;
  const wider = WIDER[word];
  if (wider === undefined) return [{ span: { start: end, end }, text: `, ${value}` }];
  return [
    { span: { start: field!.span.end, end: start }, text: ` ${wider} (` },
    { span: { start: end, end }, text: `, ${value})` },
  ];
}

/** Alternatives without brackets around them get some first. */
function asConjunct(text: string, stage: Stage, predicate: Predicate, comparison: string): readonly TextEdit[] {
  const { start, end } = predicate.span;
  const gap = text.slice(stage.span.start, stage.span.end).includes('\n') ? '\n    and ' : ' and ';
  if (predicate.kind !== 'any') return [{ span: { start: stage.span.end, end: stage.span.end }, text: `${gap}${comparison}` }];
  return [
    { span: { start, end: start }, text: '(' },
    { span: { start: end, end }, text: `)${gap}${comparison}` },
  ];
}

/** A text literal: verbatim where it has backslashes, so that they stay readable. */
function quoted(text: string): string {
  if (text.includes('\\') && !/[\n\r]/.test(text)) return `@"${text.replaceAll('"', '""')}"`;
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}"`;
}
const literalOf = (value: string, isNumeric: boolean): string => (isNumeric && /^-?\d+(?:\.\d+)?$/.test(value) ? value : quoted(value));

/** A dotted path as Kusto writes it: parts that are no names stand in brackets. */
function pathOf(field: string): string {
  return field
    .split('.')
    .map((part, index) =>
      /^[A-Za-z_]\w*$/.test(part)
        ? index === 0
          ? part
          : `.${part}`
        : index > 0 && /^-?\d+$/.test(part)
          ? `[${part}]`
          : `['${part.replace(/[\\']/g, '\\$&')}']`,
    )
    .join('');
}

const SIGNS: Partial<Readonly<Record<Operator, string>>> = { gt: '>', ge: '>=', lt: '<', le: '<=' };
const WORDS: Partial<Readonly<Record<Operator, string>>> = { contains: 'contains', starts_with: 'startswith', ends_with: 'endswith' };

function comparisonOf({ field, op, value }: Addition, isNumeric: boolean): string | null {
  const path = pathOf(field);
  const sign = SIGNS[op];
  if (sign !== undefined) return `${path} ${sign} ${literalOf(value, true)}`;
  const word = WORDS[op];
  if (word !== undefined) return `${path} ${word} ${quoted(value)}`;
  switch (op) {
    case 'eq':
    case 'in': {
      const literal = literalOf(value, isNumeric);
      return `${path} ${literal === value ? '==' : '=~'} ${literal}`;
    }
    case 'regex_match':
    case 'match':
      return `${path} matches regex ${quoted(value)}`;
    case 'wildcard':
    case 'like':
      return `${path} matches regex ${quoted(regexOf(value))}`;
    case 'cidr_match':
      return `ipv4_is_in_range(${path}, ${quoted(value)})`;
    case 'is_null':
      return `isempty(${path})`;
    case 'is_not_null':
      return `isnotempty(${path})`;
    default:
      return null;
  }
}

/** A canonical wildcard value as a regular expression: `*` any text, `?` one character, a backslash before either makes it plain. */
const regexOf = (value: string): string =>
  `(?i)^${value.replace(/\\([*?])|([*?])|[.+^${}()|[\]\\]/g, (char: string, escaped?: string, star?: string) => (escaped !== undefined ? `\\${escaped}` : star === '*' ? '.*' : star === '?' ? '.' : `\\${char}`))}$`;
