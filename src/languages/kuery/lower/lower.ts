import { holdsNetwork } from '../../../knowledge/ecs';
import type { FieldRef, Predicate, Span } from '../../../model';
import { ORDER_WORDS, orderOf } from '../../../syntax/orders';
import { placeOf, unread } from '../../../syntax/predicates';
import { boundOperand, existsTest, fieldOperand, freeTextTest, orderTest, valueOperand, valueTest } from '../../../syntax/value-test';
import type { Literal, Node, ValueNode } from '../tree';

/** What a query demands. `prefix` is the path of the nested field that holds it, with its dot. */
export function lower(node: Node, prefix = ''): Predicate {
  const span = placeOf(node);
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind === 'and' ? 'all' : 'any', span, of: node.of.map((part) => lower(part, prefix)) };
    case 'not':
      return { kind: 'not', span, of: lower(node.of, prefix) };
    case 'is':
      return lowerValue({ field: fieldOf(node.field, prefix), operator: node.operator }, node.value, span);
    case 'range':
      return orderTest({ span, operator: node.operator }, fieldOf(node.field, prefix), ORDER_WORDS[orderOf(node.op)], boundOperand(node.value, node.value));
    case 'nested': {
      const inner = lower(node.of, `${prefix}${node.field.text}.`);
      return { kind: 'all', span, of: inner.kind === 'all' && inner.same === undefined ? inner.of : [inner], same: fieldOf(node.field, prefix) };
    }
    case 'text':
      return isEverything(node.value) ? existsTest({ span, operator: span }, null) : freeTextTest(span, valueOperand(node.value, node.value));
    case 'lost':
      return lost(node);
    default:
      return node satisfies never;
  }
}

const lost = (node: Span & { readonly isTooDeep?: true }): Predicate => unread(node, node.isTooDeep === true ? 'limit' : 'syntax-error');

/** `*` alone finds every event. */
const isEverything = ({ text, wild }: Literal): boolean => text !== '' && wild.length === text.length;

const fieldOf = (literal: Literal, prefix: string): FieldRef =>
  fieldOperand(
    prefix + literal.text,
    literal,
    literal.wild.map((at) => prefix.length + at),
  );

/** A comparison's field and the place of its colon. */
interface Left {
  readonly field: FieldRef;
  readonly operator: Span;
}

/**
 * A group of values over its field: a list of plain values joined by `or` is one test, anything else is spread out.
 * The first test's span begins at the field, so that every part of the text belongs to one.
 */
function lowerValue(left: Left, value: ValueNode, span: Span): Predicate {
  const { field, operator } = left;
  const spread = (parts: readonly ValueNode[]): readonly Predicate[] =>
    parts.map((part, index) => lowerValue(left, part, { start: index === 0 ? span.start : part.start, end: part.end }));
  switch (value.kind) {
    case 'literal': {
      const { literal } = value;
      if (field.name === '*' && field.wild !== undefined && isEverything(literal)) return existsTest({ span, operator: span }, null);
      const operand = valueOperand(literal, literal);
      return valueTest({ span, operator }, field, [operand], operand.kind === 'literal' && holdsNetwork(field.name, [operand.text]));
    }
    case 'and':
      return { kind: 'all', span, of: spread(value.of) };
    case 'or': {
      const parts = flattenOr(value);
      const literals = parts.map((part) => (part.kind === 'literal' && part.literal.wild.length === 0 ? part.literal : null));
      if (!literals.every((literal) => literal !== null)) return { kind: 'any', span, of: spread(parts) };
      const values = literals
        .map((literal) => valueOperand(literal, literal))
        .filter((operand) => operand.kind === 'literal')
        .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
      return valueTest(
        { span, operator },
        field,
        values,
        holdsNetwork(
          field.name,
          values.map(({ text }) => text),
        ),
      );
    }
    case 'not':
      return { kind: 'not', span, of: lowerValue(left, value.of, { start: span.start, end: value.of.end }) };
    case 'lost':
      return lost({ ...value, ...span });
    default:
      return value satisfies never;
  }
}

type OrNode = Extract<ValueNode, { kind: 'or' | 'and' }>;

function flattenOr(value: OrNode): readonly ValueNode[] {
  return value.of.some((part) => part.kind === 'or') ? value.of.flatMap((part) => (part.kind === 'or' ? flattenOr(part) : [part])) : value.of;
}
