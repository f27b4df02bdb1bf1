import type { Addition, Operator, TextEdit } from '../../model';
import { joinableOf } from '../../syntax/conjuncts';
import { analyse } from './analyse';

const RANGES: Partial<Readonly<Record<Operator, string>>> = { gt: '>', ge: '>=', lt: '<', le: '<=' };

/** Edits that write a row into a query: into the field's own list where there is one, else as a further `and`. Null for kinds kuery cannot say. */
export function add(text: string, addition: Addition): readonly TextEdit[] | null {
  const comparison = comparisonOf(addition);
  if (comparison === null) return null;
  const { predicate, stages } = analyse(text);
  const stage = stages[0];
  const isExclusion = addition.polarity === 'exclusion';
  if (stage === undefined) return [{ span: { start: 0, end: 0 }, text: isExclusion ? `not ${comparison}` : comparison }];

  const value = valueOf(addition);
  const host =
    value === null ? null : joinableOf(predicate, addition, (test) => ['eq', 'in', 'starts_with', 'ends_with', 'contains', 'wildcard'].includes(test.word));
  if (host !== null && value !== null) {
    const spans = host.values.map(({ span }) => span);
    const start = Math.min(...spans.map((span) => span.start));
    const end = Math.max(...spans.map((span) => span.end));
    // A value of a list stands after its bracket or another value; a lone one right after the colon.
    const isListed = host.values.length > 1 || !/:\s*$/.test(text.slice(Math.max(0, start - 40), start));
    if (isListed) return [{ span: { start: end, end }, text: ` or ${value}` }];
    return [
      { span: { start, end: start }, text: '(' },
      { span: { start: end, end }, text: ` or ${value})` },
    ];
  }
  const { start, end } = stage.span;
  const clause = `and ${isExclusion ? 'not ' : ''}${comparison}`;
  const gap = text.slice(start, end).includes('\n') ? '\n' : ' ';
  if (predicate.kind !== 'any' || text[start] === '(') return [{ span: { start: end, end }, text: `${gap}${clause}` }];
  return [
    { span: { start, end: start }, text: '(' },
    { span: { start: end, end }, text: `)${gap}${clause}` },
  ];
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}"`;

/** An unquoted value around its stars: what would end or change it is escaped, blanks too. */
const bare = (text: string): string =>
  text
    .replace(/[\\():<>"{}]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(/(^|\s)(and|or|not)(?=\s|$)/gi, '$1\\$2');

function valueOf({ op, value }: Addition): string | null {
  switch (op) {
    case 'eq':
    case 'in':
    case 'cidr_match':
      return /^-?\d+$/.test(value) ? value : quoted(value);
    case 'contains':
      return `*${starless(value)}*`;
    case 'starts_with':
      return `${starless(value)}*`;
    case 'ends_with':
      return `*${starless(value)}`;
    case 'wildcard':
    case 'like':
      return bare(value);
    default:
      return null;
  }
}

const starless = (text: string): string => bare(text).replace(/\*/g, '\\*');

function comparisonOf(addition: Addition): string | null {
  const field = addition.field.replace(/[\\():<>"{}\s]/g, '\\$&');
  if (addition.op === 'keyword') return quoted(addition.value);
  if (addition.op === 'is_not_null') return `${field}:*`;
  if (addition.op === 'is_null') return `(not ${field}:*)`;
  const range = RANGES[addition.op];
  if (range !== undefined)
    return `${field} ${range} ${/^[\w.:+/-]+$/.test(addition.value) && !addition.value.includes(':') ? addition.value : quoted(addition.value)}`;
  const value = valueOf(addition);
  return value === null ? null : `${field}:${value}`;
}
