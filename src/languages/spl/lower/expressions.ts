import type { Operator, Predicate, Test, Value } from '../../../model';
import { exactTest, type WrittenField } from '../../../syntax/written-test';
import { type Flow, remark } from './lowering-context';
import { marked, spanOf, subjectOf, valueOf } from './operands';
import { fixOf } from '../parse/reader';
import type { ComparisonSign, Expression } from '../tree';

type Call = Expression & { kind: 'call' };

/** What an expression demands of events. */
export function lowerExpression(node: Expression, flow: Flow): Predicate {
  const span = spanOf(node);
  switch (node.kind) {
    case 'and':
      return { kind: 'all', span, of: node.of.map((part) => lowerExpression(part, flow)) };
    case 'or':
      return { kind: 'any', span, of: node.of.map((part) => lowerExpression(part, flow)) };
    case 'not':
      return { kind: 'not', span, of: lowerExpression(node.of, flow) };
    case 'compare':
      return lowerComparison(node, flow);
    case 'like':
    case 'contains':
      return textTest(node, node.kind, node.left, node.right, flow);
    case 'in':
      return membership(node, node.left, node.values, flow);
    case 'call':
      return lowerCall(node, flow);
    case 'broken':
      return { kind: 'unread', span, reason: 'syntax-error' };
    case 'xor':
      return { kind: 'unread', span, reason: 'unmodelled', note: 'exclusive or' };
    case 'field':
      return { kind: 'unread', span, reason: 'unmodelled', note: 'a field taken as true or false' };
    case 'macro':
      return { kind: 'unread', span, reason: 'unmodelled', note: node.name };
    case 'minus':
    case 'compute':
    case 'text':
    case 'number':
      return { kind: 'unread', span, reason: 'unmodelled', note: 'a value taken as true or false' };
    default:
      return node satisfies never;
  }
}

const FLIPPED: Readonly<Record<ComparisonSign, ComparisonSign>> = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const OPERATORS: Readonly<Record<ComparisonSign, Operator>> = { '=': 'eq', '!=': 'eq', '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' };

function lowerComparison(node: Expression & { kind: 'compare' }, flow: Flow): Predicate {
  if (node.left.kind === 'broken' || node.right.kind === 'broken') return { kind: 'unread', span: spanOf(node), reason: 'syntax-error' };
  const left = subjectOf(node.left, flow);
  const right = left === null ? subjectOf(node.right, flow) : null;
  const subject = left ?? right;
  const span = spanOf(node);
  if (subject === null) return constantComparison(node, flow);
  const other = valueOf(left === null ? node.left : node.right, flow);
  const sign = left === null ? FLIPPED[node.sign] : node.sign;
  const isNegated = sign === '!=';
  const test = comparison(node, subject, OPERATORS[sign], other);
  return isNegated ? { kind: 'not', span, of: test } : test;
}

function comparison(node: Expression, field: WrittenField, op: Operator, value: Value): Test {
  const base = { kind: 'test', span: spanOf(node), field } as const;
  if (op === 'eq' && value.type === 'null') return marked(exactTest({ ...base, op: 'is_null', values: [], caseSensitive: false }), node);
  if (op === 'eq' && value.type === 'field') return marked(exactTest({ ...base, op: 'field_eq', values: [value], caseSensitive: true }), node);
  return marked(exactTest({ ...base, op, values: [value], caseSensitive: value.type === 'string' && !isFolded(field) }), node);
}

/** Behind lower( ) or upper( ) letters' case is gone. */
const isFolded = ({ transforms }: WrittenField): boolean => transforms?.some((name) => name === 'lower' || name === 'upper') === true;

/** A comparison without a field: `1=1` is true; a text in double quotes is most likely meant as a field. */
function constantComparison(node: Expression & { kind: 'compare' }, flow: Flow): Predicate {
  const span = spanOf(node);
  if (node.left.kind === 'text' && node.left.word.macro === undefined && /^[\w.{}:-]+$/.test(node.left.word.text) && /^[A-Za-z_]/.test(node.left.word.text)) {
    const { word } = node.left;
    remark(
      flow,
      'spl/text-as-field',
      'warning',
      word,
      `"${word.text}" is a text here, not the field: expressions write field names bare or in single quotes.`,
      fixOf('Write single quotes', word, `'${word.text}'`),
    );
    return { kind: 'unread', span, reason: 'unmodelled', note: 'a comparison of two texts' };
  }
  const isTrue = node.sign === '=' && node.left.kind === node.right.kind && valueOf(node.left, flow).text === valueOf(node.right, flow).text;
  return isTrue ? { kind: 'all', span, of: [] } : { kind: 'unread', span, reason: 'unmodelled', note: 'a comparison without a field' };
}

const unmodelled = (node: Expression, note: string): Predicate => ({ kind: 'unread', span: spanOf(node), reason: 'unmodelled', note });

function lowerCall(node: Call, flow: Flow): Predicate {
  const [first, second] = node.of;
  switch (node.name) {
    case 'match': {
      const [subject, pattern] = second === undefined && first?.kind === 'compare' && first.sign === '=' ? matchEquals(first, flow) : [first, second];
      return subject === undefined || pattern === undefined ? missing(node, flow) : textTest(node, 'match', subject, pattern, flow);
    }
    case 'like':
      return first === undefined || second === undefined ? missing(node, flow) : textTest(node, 'like', first, second, flow);
    case 'cidrmatch': {
      if (first === undefined || second === undefined) return missing(node, flow);
      const field = subjectOf(second, flow);
      return field === null
        ? unmodelled(node, 'cidrmatch( )')
        : marked(exactTest({ kind: 'test', span: spanOf(node), field, op: 'cidr_match', values: [valueOf(first, flow)], caseSensitive: false }), node);
    }
    case 'isnull':
    case 'isnotnull': {
      const field = first === undefined ? null : subjectOf(first, flow);
      if (first === undefined) return missing(node, flow);
      const op = node.name === 'isnull' ? 'is_null' : 'is_not_null';
      return field === null
        ? unmodelled(node, `${node.name}( )`)
        : marked(exactTest({ kind: 'test', span: spanOf(node), field, op, values: [], caseSensitive: false }), node);
    }
    case 'in':
      return first === undefined ? missing(node, flow) : membership(node, first, node.of.slice(1), flow);
    case 'true':
    case 'false':
      if (first !== undefined) return unmodelled(node, `${node.name}( ) with an argument`);
      return { kind: node.name === 'true' ? 'all' : 'any', span: spanOf(node), of: [] };
    default:
      return unmodelled(node, `${node.name}( )`);
  }
}

function missing(node: Call, flow: Flow): Predicate {
  remark(flow, 'spl/missing-value', 'error', node, `${node.name}( ) lacks an argument.`);
  return { kind: 'unread', span: spanOf(node), reason: 'syntax-error' };
}

/** `match(field="pattern")`, as authors write it; match takes two arguments. */
function matchEquals(inner: Expression & { kind: 'compare' }, flow: Flow): [Expression, Expression] {
  const between = flow.findings.text.indexOf('=', inner.left.end);
  const sign = between === -1 || between >= inner.right.start ? spanOf(inner) : { start: between, end: between + 1 };
  const fix = sign.end - sign.start === 1 && inner.macro === undefined ? fixOf('Write a comma', sign, ',') : undefined;
  remark(flow, 'spl/match-equals', 'error', sign, 'match( ) takes a field and a pattern parted by a comma.', fix);
  return [inner.left, inner.right];
}

/** match, like and contains compare a field with a pattern. */
function textTest(node: Expression, op: 'match' | 'like' | 'contains', left: Expression, right: Expression, flow: Flow): Predicate {
  if (left.kind === 'broken' || right.kind === 'broken') return { kind: 'unread', span: spanOf(node), reason: 'syntax-error' };
  const field = subjectOf(left, flow);
  if (field === null) return unmodelled(node, `${op} without a field`);
  const value = valueOf(right, flow);
  const isPattern = op === 'match' && right.kind === 'text';
  const values: Value[] = [isPattern ? { ...value, text: right.word.raw ?? right.word.text, type: 'regex' } : value];
  const caseSensitive = !isFolded(field) && !(isPattern && ignoresCase(values[0]!.text));
  return marked(exactTest({ kind: 'test', span: spanOf(node), field, op, values, caseSensitive }), node);
}

/** A regular expression that begins with `(?i)`. */
export const ignoresCase = (pattern: string): boolean => /^\(\?[a-z]*i/.test(pattern);

function membership(node: Expression, left: Expression, values: readonly Expression[], flow: Flow): Predicate {
  const field = subjectOf(left, flow);
  if (field === null || values.length === 0) return unmodelled(node, 'a list without a field or values');
  const found = values.map((value) => valueOf(value, flow));
  return marked(exactTest({ kind: 'test', span: spanOf(node), field, op: 'in', values: found, caseSensitive: !isFolded(field) }), node);
}
