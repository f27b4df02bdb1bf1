import type { Addition, Operator } from '../../../model';
import type { Layout } from './layout';
import { encodePattern } from '../parse/pattern';

/** The modifier that says an operator; '' for a plain comparison, null where Sigma has no word for it. */
const MODIFIER: Readonly<Record<Operator, string | null>> = {
  eq: '',
  in: '',
  wildcard: '',
  like: '',
  contains: 'contains',
  starts_with: 'startswith',
  ends_with: 'endswith',
  regex_match: 're',
  match: 're',
  cidr_match: 'cidr',
  gt: 'gt',
  ge: 'gte',
  lt: 'lt',
  le: 'lte',
  is_null: '',
  is_not_null: 'exists',
  field_eq: 'fieldref',
  keyword: '',
  term: '',
  between: null,
};

/** The key under which a row is written, `Image|endswith`; '' for a keyword, null where Sigma cannot say it. */
export function addedKey({ field, op }: Addition): string | null {
  const modifier = MODIFIER[op];
  if (modifier === null) return null;
  if (op === 'keyword') return '';
  if (field === '' || /[\n\r]/.test(field)) return null;
  const key = modifier === '' ? field : `${field}|${modifier}`;
  return /^[A-Za-z_][\w .@-]*(?:\|\w+)?$/.test(key) ? key : `'${key.replaceAll("'", "''")}'`;
}

/** The value as Sigma and YAML write it: wildcards escaped, in single quotes unless it is a number or a boolean. */
export function addedValue({ op, value }: Addition, layout: Layout): string {
  if (op === 'is_null') return 'null';
  if (op === 'is_not_null') return 'true';
  const isNumber = /^(?:0|[1-9]\d{0,14})$/.test(value);
  if (isNumber && op !== 'contains' && op !== 'starts_with' && op !== 'ends_with' && op !== 'keyword') return value;
  const text =
    op === 'regex_match' || op === 'match' || op === 'cidr_match' || op === 'field_eq'
      ? value
      : op === 'wildcard' || op === 'like'
        ? wildcardsOf(value)
        : encodePattern(value);
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x08\n\r\x0b-\x1f]/.test(text)) return JSON.stringify(text);
  return layout.quote === '"' && !/["\\]/.test(text) ? `"${text}"` : `'${text.replaceAll("'", "''")}'`;
}

/** A canonical wildcard value, in which literal stars stand in brackets, with backslashes before them instead. */
function wildcardsOf(value: string): string {
  let text = '';
  const wild: number[] = [];
  for (let at = 0; at < value.length; at++) {
    const unit = value[at]!;
    const bracketed = unit === '[' && value[at + 2] === ']' && '*?['.includes(value[at + 1]!);
    if (bracketed) {
      text += value[at + 1];
      at += 2;
    } else {
      if (unit === '*' || unit === '?') wild.push(text.length);
      text += unit;
    }
  }
  return encodePattern(text, wild);
}
