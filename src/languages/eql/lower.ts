import type { Operator, Predicate, Span, Test, Value } from '../../model';
import { exactTest, type WrittenField } from '../../syntax/written-test';
import type { CallNode, CompareNode, CompareSign, MatchNode, Node, TextNode } from './tree';

const span = ({ start, end }: Span): Span => ({ start, end });
const negated = (of: Predicate, place: Span): Predicate => ({ kind: 'not', span: span(place), of });
const opaque = (node: Span, note: string): Predicate => ({ kind: 'unread', span: span(node), reason: 'unmodelled', note });

/** What a condition demands of its event. */
export function lower(text: string, node: Node): Predicate {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind === 'and' ? 'all' : 'any', span: span(node), of: node.of.map((part) => lower(text, part)) };
    case 'not':
      return negated(lower(text, node.of), node);
    case 'compare':
      return lowerCompare(text, node);
    case 'match':
      return lowerMatch(text, node);
    case 'call':
      return lowerCall(text, node);
    case 'field':
      return exactTest({
        kind: 'test',
        span: span(node),
        field: fieldOf(text, node),
        op: 'eq',
        values: [{ text: 'true', span: span(node), type: 'boolean' }],
        caseSensitive: false,
      });
    case 'constant':
      if (node.source === 'true') return { kind: 'all', span: span(node), of: [] };
      return node.source === 'false' ? { kind: 'any', span: span(node), of: [] } : opaque(node, 'null');
    case 'text':
    case 'number':
    case 'arithmetic':
      return opaque(node, 'value');
    case 'relation':
      return opaque(node, 'relation between events');
    case 'lost':
      return { kind: 'unread', span: span(node), reason: 'syntax-error' };
    default:
      return node satisfies never;
  }
}

/** The field a comparison is about, with the functions of one argument around it. Any other expression over fields is named as it is written. */
export function fieldOf(text: string, node: Node): WrittenField {
  const transforms: string[] = [];
  let inner = node;
  while (inner.kind === 'call' && inner.of.length === 1) {
    transforms.push(inner.name.text);
    inner = inner.of[0]!;
  }
  if (inner.kind === 'field') return transforms.length === 0 ? { name: inner.name, span: span(inner) } : { name: inner.name, span: span(inner), transforms };
  return { name: text.slice(node.start, node.end).replace(/\s+/g, ' ').trim(), span: span(node) };
}

const isPlain = (node: Node): boolean => node.kind === 'text' || node.kind === 'number' || node.kind === 'constant';
/** A number or a truth value, where the case of letters means nothing. */
const isPlainNumber = (node: Node): boolean => node.kind === 'number' || node.kind === 'constant';
const isLost = (node: Node): boolean => node.kind === 'lost';

function valueOf(text: string, node: Node, isPattern = false): Value {
  switch (node.kind) {
    case 'text': {
      const value: Value = { text: node.value.text, span: span(node), type: 'string' };
      return isPattern && node.value.wild.length > 0 ? { ...value, wild: node.value.wild } : value;
    }
    case 'number':
      return { text: node.source, span: span(node), type: 'number' };
    case 'constant':
      return { text: node.source, span: span(node), type: node.source === 'null' ? 'null' : 'boolean' };
    case 'field':
      return { text: node.name, span: span(node), type: 'field' };
    default:
      return { text: text.slice(node.start, node.end), span: span(node), type: 'expression' };
  }
}

const OPERATORS: Readonly<Record<CompareSign, Operator>> = { '==': 'eq', '!=': 'eq', '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' };
const FLIPPED: Readonly<Record<CompareSign, CompareSign>> = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function lowerCompare(text: string, node: CompareNode): Predicate {
  const isFlipped = isPlain(node.left) && !isPlain(node.right);
  const [left, right] = isFlipped ? [node.right, node.left] : [node.left, node.right];
  if (isLost(left) || isLost(right)) return { kind: 'unread', span: span(node), reason: 'syntax-error' };
  if (isPlain(left)) return opaque(node, 'two values');
  const sign = isFlipped ? FLIPPED[node.sign] : node.sign;
  const field = fieldOf(text, left);
  if (right.kind === 'constant' && right.source === 'null' && (sign === '==' || sign === '!=')) {
    return exactTest({ kind: 'test', span: span(node), field, op: sign === '==' ? 'is_null' : 'is_not_null', values: [], caseSensitive: false });
  }
  // `(a or b) == true` compares a condition.
  if (isCondition(left) && right.kind === 'constant') {
    const inner = lower(text, left);
    return (right.source === 'true') === (sign === '==') ? inner : negated(inner, node);
  }
  const isEqual = sign === '==' || sign === '!=';
  const op = isEqual && right.kind === 'field' && left.kind === 'field' ? 'field_eq' : OPERATORS[sign];
  const test: Test = exactTest({ kind: 'test', span: span(node), field, op, values: [valueOf(text, right)], caseSensitive: isEqual && !isPlainNumber(right) });
  return sign === '!=' ? negated(test, node) : test;
}

const isCondition = (node: Node): boolean =>
  node.kind === 'and' || node.kind === 'or' || node.kind === 'not' || node.kind === 'compare' || node.kind === 'match';

function lowerMatch(text: string, node: MatchNode): Predicate {
  if (isLost(node.left)) return { kind: 'unread', span: span(node), reason: 'syntax-error' };
  const left = node.left;
  if (isPlain(left) && node.of.every(isPlain)) return opaque(node, 'two values');
  // `"x" in (a, b)`: each field against the value.
  if (isPlain(left)) {
    const tests = node.of.map((other) => testOf(text, fieldOf(text, other), 'eq', [left], !node.isCaseless, node));
    return withSign({ kind: 'any', span: span(node), of: tests }, node);
  }
  const field = fieldOf(text, left);
  const caseSensitive = !node.isCaseless;
  const values = node.of.filter((value) => !isLost(value));
  if (values.length < node.of.length || values.length === 0) {
    const rest: Predicate = { kind: 'unread', span: span(node), reason: 'syntax-error' };
    return values.length === 0 ? rest : { kind: 'any', span: span(node), of: [lowerMatch(text, { ...node, of: values }), rest] };
  }
  switch (node.op) {
    case 'in':
      return withSign(testOf(text, field, 'in', values, caseSensitive, node), node);
    case 'like':
      return testOf(text, field, 'wildcard', values, caseSensitive, node);
    case 'regex':
      return testOf(text, field, 'regex_match', values, caseSensitive, node);
    case ':': {
      const tests = values.map((value, index) =>
        byPosition(text, field, value, { start: index === 0 ? node.start : value.start, end: index === values.length - 1 ? node.end : value.end }),
      );
      return tests.length === 1 ? tests[0]! : { kind: 'any', span: span(node), of: tests };
    }
    default:
      return node.op satisfies never;
  }
}

const withSign = (predicate: Predicate, node: MatchNode): Predicate => (node.isNegated ? negated(predicate, node) : predicate);

function testOf(text: string, field: WrittenField, op: Operator, values: readonly Node[], caseSensitive: boolean, place: Span): Test {
  const isPattern = op === 'wildcard' || op === 'like';
  const found = values.map((value) =>
    op === 'regex_match' && value.kind === 'text' ? { ...valueOf(text, value), type: 'regex' as const } : valueOf(text, value, isPattern),
  );
  return exactTest({ kind: 'test', span: span(place), field, op, values: found, caseSensitive });
}

/** One value of `:`: its kind follows from where its stars stand. */
function byPosition(text: string, field: WrittenField, node: Node, place: Span): Test {
  const test = (op: Operator, values: readonly Value[]): Test => exactTest({ kind: 'test', span: span(place), field, op, values, caseSensitive: false });
  if (node.kind === 'field') return test('field_eq', [valueOf(text, node)]);
  if (node.kind !== 'text') return test('eq', [valueOf(text, node)]);
  const { text: whole, wild } = node.value;
  // A question mark stands for one character: the value is a pattern whatever its stars.
  if (whole.includes('?')) return test('wildcard', [valueOf(text, node, true)]);
  const isStar = (at: number): boolean => whole[at] === '*';
  let leading = 0;
  while (isStar(leading)) leading++;
  if (leading > 0 && leading === whole.length) return test('is_not_null', []);
  let trailing = 0;
  while (isStar(whole.length - 1 - trailing)) trailing++;
  const isInner = wild.some((at) => at >= leading && at < whole.length - trailing && isStar(at));
  if (isInner) return test('wildcard', [valueOf(text, node, true)]);
  return test(leading > 0 ? (trailing > 0 ? 'contains' : 'ends_with') : trailing > 0 ? 'starts_with' : 'eq', [stripped(node, leading, trailing)]);
}

/** The value without its outer stars. */
const stripped = (node: TextNode, leading: number, trailing: number): Value => ({
  text: node.value.text.slice(leading, node.value.text.length - trailing),
  span: span(node),
  type: 'string',
});

/** Functions that are a comparison of their first argument with the others. */
const COMPARING: Readonly<Record<string, Operator>> = {
  startswith: 'starts_with',
  endswith: 'ends_with',
  stringcontains: 'contains',
  cidrmatch: 'cidr_match',
  wildcard: 'wildcard',
  match: 'regex_match',
  matchlite: 'regex_match',
  arraycontains: 'eq',
};

function lowerCall(text: string, node: CallNode): Predicate {
  const op = COMPARING[node.name.text.toLowerCase()];
  const [first, ...rest] = node.of;
  if (op === undefined || first === undefined || rest.length === 0) return opaque(node, 'function call');
  if (node.of.some(isLost)) return { kind: 'unread', span: span(node), reason: 'syntax-error' };
  if (isPlain(first)) return opaque(node, 'function call');
  return testOf(text, fieldOf(text, first), op, rest, op !== 'cidr_match' && !node.isCaseless, node);
}
