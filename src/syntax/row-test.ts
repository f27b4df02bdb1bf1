import type { Addition, Compare, Operand, Operator, Regex, Test } from '../model';
import { globParts, likeParts, openParts, wildcardParts } from './glob';
import { ORDERS } from './orders';

const HERE = { start: 0, end: 0 };
const NUMBER = /^-?\d+(?:\.\d+)?$/;

const COMPARES: Readonly<Partial<Record<Operator, Compare>>> = {
  regex_match: 'regex',
  match: 'regex',
  cidr_match: 'cidr',
  ...ORDERS,
  is_null: 'absent',
  is_not_null: 'exists',
};

/** A guide's row as the comparison it counts: letters' case does not matter, an event without the field does not meet it. `dialect` is the language's own. */
export function rowTest({ field, op, value }: Addition, dialect: Regex['dialect']): Test {
  const values = op === 'is_null' || op === 'is_not_null' ? [] : [rowValue(op, value, dialect)];
  return {
    kind: 'test',
    span: HERE,
    left: { kind: 'field', name: field, span: HERE },
    compare: COMPARES[op] ?? 'equals',
    values,
    case: 'fold',
    missing: op === 'is_null' ? 'true' : 'false',
    word: op === 'in' ? 'eq' : op === 'match' ? 'regex_match' : op,
  };
}

function rowValue(op: Operator, value: string, dialect: Regex['dialect']): Operand {
  switch (op) {
    case 'wildcard':
      return { kind: 'glob', span: HERE, parts: wildcardParts(value) };
    case 'like':
      return { kind: 'glob', span: HERE, parts: likeParts(value), letters: 'percent' };
    case 'contains':
      return { kind: 'glob', span: HERE, parts: openParts(globParts(value, []), true, true) };
    case 'starts_with':
      return { kind: 'glob', span: HERE, parts: openParts(globParts(value, []), false, true) };
    case 'ends_with':
      return { kind: 'glob', span: HERE, parts: openParts(globParts(value, []), true, false) };
    case 'regex_match':
    case 'match':
      return { kind: 'regex', span: HERE, text: value, dialect, flags: '' };
    case 'field_eq':
      return { kind: 'field', name: value, span: HERE };
    case 'eq':
    case 'in':
    case 'keyword':
    case 'term':
    case 'between':
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
    case 'cidr_match':
    case 'is_null':
    case 'is_not_null':
      return { kind: 'literal', span: HERE, type: NUMBER.test(value) ? 'number' : 'string', text: value };
    default:
      return op satisfies never;
  }
}
