import type { Addition, Operator, TextEdit } from '../../model';
import { analyse } from './analyse';

/** Edits that write a row into a query as a further `AND`. Null for kinds Lucene cannot say. */
export function add(text: string, addition: Addition): readonly TextEdit[] | null {
  const comparison = comparisonOf(addition);
  if (comparison === null) return null;
  const clause = addition.polarity === 'exclusion' ? `NOT ${comparison}` : comparison;
  const { stages, predicate } = analyse(text);
  const stage = stages[0];
  if (stage === undefined) return [{ span: { start: 0, end: 0 }, text: clause }];
  const { start, end } = stage.span;
  const isClosed = predicate.kind === 'any' && predicate.of[0] !== undefined && predicate.of[0].span.start > start;
  if (predicate.kind === 'test' || predicate.kind === 'not' || isClosed) return [{ span: { start: end, end }, text: ` AND ${clause}` }];
  return [
    { span: { start, end: start }, text: '(' },
    { span: { start: end, end }, text: `) AND ${clause}` },
  ];
}

const escaped = (text: string): string => text.replace(/[\\+\-!(){}[\]^"~:/&|<>\s]/g, '\\$&');
const starless = (text: string): string => escaped(text).replace(/[*?]/g, '\\$&');
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;
const RANGES: Partial<Readonly<Record<Operator, string>>> = { gt: '>', ge: '>=', lt: '<', le: '<=' };

function comparisonOf({ field: name, op, value }: Addition): string | null {
  const field = escaped(name);
  const range = RANGES[op];
  if (range !== undefined) return `${field}:${range}${starless(value)}`;
  switch (op) {
    case 'eq':
    case 'in':
    case 'cidr_match':
      return `${field}:${quoted(value)}`;
    case 'contains':
      return `${field}:*${starless(value)}*`;
    case 'starts_with':
      return `${field}:${starless(value)}*`;
    case 'ends_with':
      return `${field}:*${starless(value)}`;
    case 'wildcard':
    case 'like':
      return `${field}:${escaped(value)}`;
    case 'regex_match':
    case 'match':
      return `${field}:/${value.replace(/\//g, '\\/')}/`;
    case 'is_not_null':
      return `_exists_:${field}`;
    case 'is_null':
      return `(NOT _exists_:${field})`;
    case 'keyword':
      return quoted(value);
    default:
      return null;
  }
}
