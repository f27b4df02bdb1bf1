import type { Operator, Predicate, Span, Test, Value } from '../../model';
import { exactTest, type WrittenField } from '../../syntax/written-test';
import type { Literal, Node, RangeOperator, ValueNode } from './tree';

const RANGES: Readonly<Record<RangeOperator, Operator>> = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' };
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const TIME = /^(?:now(?:[-+/].*)?|\d{4}-\d{2}-\d{2}.*)$/;

/** What a query demands. `prefix` is the path of the nested field that holds it, with its dot. */
export function lower(node: Node, prefix = ''): Predicate {
  const span = { start: node.start, end: node.end };
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind === 'and' ? 'all' : 'any', span, of: node.of.map((part) => lower(part, prefix)) };
    case 'not':
      return { kind: 'not', span, of: lower(node.of, prefix) };
    case 'is':
      return lowerValue(fieldOf(node.field, prefix), node.value, span);
    case 'range':
      return exactTest({
        kind: 'test',
        span,
        field: fieldOf(node.field, prefix),
        op: RANGES[node.op],
        values: [valueOf(node.value, TIME.test(node.value.text) ? 'time' : undefined)],
        caseSensitive: false,
      });
    case 'nested':
      return lower(node.of, `${prefix}${node.field.text}.`);
    case 'text':
      return exactTest({ kind: 'test', span, field: null, op: 'keyword', values: [valueOf(node.value)], caseSensitive: false });
    case 'lost':
      return { kind: 'unread', span, reason: 'syntax-error' };
    default:
      return node satisfies never;
  }
}

const fieldOf = (literal: Literal, prefix: string): WrittenField => ({ name: prefix + literal.text, span: { start: literal.start, end: literal.end } });

/**
 * A group of values over its field: a list of plain values joined by `or` is one test, anything else is spread out.
 * The first test's span begins at the field, so that every part of the text belongs to one.
 */
function lowerValue(field: WrittenField, value: ValueNode, span: Span): Predicate {
  const spread = (parts: readonly ValueNode[]): readonly Predicate[] =>
    parts.map((part, index) => lowerValue(field, part, { start: index === 0 ? span.start : part.start, end: part.end }));
  switch (value.kind) {
    case 'literal':
      return testOf(field, value.literal, span);
    case 'and':
      return { kind: 'all', span, of: spread(value.of) };
    case 'or': {
      const parts = flattenOr(value);
      const literals = parts.map((part) => (part.kind === 'literal' && part.literal.wild.length === 0 ? part.literal : null));
      if (!literals.every((literal) => literal !== null)) return { kind: 'any', span, of: spread(parts) };
      const values = literals.map((literal) => valueOf(literal)).sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
      return exactTest({ kind: 'test', span, field, op: 'in', values, caseSensitive: true });
    }
    case 'not':
      return { kind: 'not', span, of: lowerValue(field, value.of, { start: span.start, end: value.of.end }) };
    case 'lost':
      return { kind: 'unread', span, reason: 'syntax-error' };
    default:
      return value satisfies never;
  }
}

type OrNode = Extract<ValueNode, { kind: 'or' | 'and' }>;

function flattenOr(value: OrNode): readonly ValueNode[] {
  return value.of.some((part) => part.kind === 'or') ? value.of.flatMap((part) => (part.kind === 'or' ? flattenOr(part) : [part])) : value.of;
}

function valueOf(literal: Literal, type?: Value['type']): Value {
  const value: Value = {
    text: literal.text,
    span: { start: literal.start, end: literal.end },
    type:
      type ??
      (literal.isQuoted || literal.wild.length > 0
        ? 'string'
        : NUMBER.test(literal.text)
          ? 'number'
          : literal.text === 'true' || literal.text === 'false'
            ? 'boolean'
            : 'string'),
  };
  return literal.wild.length === 0 ? value : { ...value, wild: literal.wild };
}

/** One value: its kind follows from where its wildcard stars stand. */
function testOf(field: WrittenField, literal: Literal, span: Span): Test {
  const { text, wild } = literal;
  const length = text.length;
  let leading = 0;
  while (leading < wild.length && wild[leading] === leading) leading++;
  if (leading > 0 && leading === length) return exactTest({ kind: 'test', span, field, op: 'is_not_null', values: [], caseSensitive: false });
  let trailing = 0;
  while (trailing < wild.length && wild[wild.length - 1 - trailing] === length - 1 - trailing) trailing++;
  const isInner = leading + trailing < wild.length;
  const op: Operator = isInner ? 'wildcard' : leading > 0 ? (trailing > 0 ? 'contains' : 'ends_with') : trailing > 0 ? 'starts_with' : 'eq';
  if (op === 'eq' || op === 'wildcard') return exactTest({ kind: 'test', span, field, op, values: [valueOf(literal)], caseSensitive: true });
  const value: Value = { text: text.slice(leading, length - trailing), span: { start: literal.start, end: literal.end }, type: 'string' };
  return exactTest({ kind: 'test', span, field, op, values: [value], caseSensitive: true });
}
