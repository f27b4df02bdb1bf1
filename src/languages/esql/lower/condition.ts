import type { Context, Diagnostic, Operator, Predicate, Span, Test, Token, Value } from '../../../model';
import { exactTest, type WrittenField } from '../../../syntax/written-test';
import { relocate } from '../../../syntax/relocate';
import { patternOf } from '../parse/literal';
import type { CallNode, CompareNode, MatchNode, Node, TextNode } from '../tree';

/** What lowering leans on, and what it finds besides the predicate. */
export interface Lowering {
  readonly text: string;
  readonly context: Context;
  /** Columns made by earlier commands. */
  readonly derived: ReadonlySet<string>;
  /** Tokens and remarks of embedded queries, in the outer text. */
  readonly embedded: { readonly tokens: Token[]; readonly diagnostics: Diagnostic[] };
}

const span = ({ start, end }: Span): Span => ({ start, end });
const negated = (of: Predicate, place: Span): Predicate => ({ kind: 'not', span: span(place), of });
const opaque = (node: Span, note: string): Predicate => ({ kind: 'unread', span: span(node), reason: 'unmodelled', note });
const broken = (node: Span): Predicate => ({ kind: 'unread', span: span(node), reason: 'syntax-error' });

/** What a condition demands of a row. */
export function lower(work: Lowering, node: Node): Predicate {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind === 'and' ? 'all' : 'any', span: span(node), of: node.of.map((part) => lower(work, part)) };
    case 'not':
      return negated(lower(work, node.of), node);
    case 'compare':
      return lowerCompare(work, node);
    case 'match':
      return lowerMatch(work, node);
    case 'null-test':
      if (node.of.kind === 'lost') return broken(node);
      return exactTest({
        kind: 'test',
        span: span(node),
        field: fieldOf(work, node.of),
        op: node.isNegated ? 'is_not_null' : 'is_null',
        values: [],
        caseSensitive: false,
      });
    case 'call':
      return lowerCall(work, node);
    case 'field':
    case 'cast':
      return exactTest({
        kind: 'test',
        span: span(node),
        field: fieldOf(work, node),
        op: 'eq',
        values: [{ text: 'true', span: span(node), type: 'boolean' }],
        caseSensitive: false,
      });
    case 'constant':
      if (node.source === 'null') return opaque(node, 'null');
      return { kind: node.source === 'true' ? 'all' : 'any', span: span(node), of: [] };
    case 'text':
    case 'number':
    case 'timespan':
    case 'parameter':
    case 'star':
    case 'arithmetic':
    case 'list':
    case 'map':
      return opaque(node, 'value');
    case 'lost':
      return broken(node);
    default:
      return node satisfies never;
  }
}

/** The field a comparison is about, with the functions of one argument around it. Any other expression over fields is named as it is written. */
export function fieldOf({ text, derived }: Lowering, node: Node): WrittenField {
  const transforms: string[] = [];
  let inner = node;
  while ((inner.kind === 'call' && inner.of.length === 1) || inner.kind === 'cast') {
    transforms.push(inner.kind === 'cast' ? `to_${inner.type}` : inner.name.text);
    inner = inner.kind === 'cast' ? inner.of : inner.of[0]!;
  }
  if (inner.kind !== 'field')
    return {
      name: text.slice(node.start, node.end).replace(/\s+/g, ' ').trim(),
      span: span(node),
      ...(hasDerived(inner, derived) ? { derived: true as const } : {}),
    };
  return {
    name: inner.name,
    span: span(inner),
    ...(derived.has(inner.name) ? { derived: true as const } : {}),
    ...(transforms.length > 0 ? { transforms } : {}),
  };
}

function hasDerived(node: Node, derived: ReadonlySet<string>): boolean {
  switch (node.kind) {
    case 'field':
      return derived.has(node.name);
    case 'call':
    case 'arithmetic':
    case 'and':
    case 'or':
      return node.of.some((part) => hasDerived(part, derived));
    case 'cast':
      return hasDerived(node.of, derived);
    default:
      return false;
  }
}

const isPlain = (node: Node): boolean =>
  node.kind === 'text' || node.kind === 'number' || node.kind === 'constant' || node.kind === 'timespan' || node.kind === 'parameter' || node.kind === 'list';

function valueOf({ text }: Lowering, node: Node): Value {
  switch (node.kind) {
    case 'text':
      return { text: node.value.text, span: span(node), type: 'string' };
    case 'number':
      return { text: node.source, span: span(node), type: 'number' };
    case 'timespan':
      return { text: node.source, span: span(node), type: 'time' };
    case 'constant':
      return { text: node.source, span: span(node), type: node.source === 'null' ? 'null' : 'boolean' };
    case 'field':
      return { text: node.name, span: span(node), type: 'field' };
    default:
      return { text: text.slice(node.start, node.end), span: span(node), type: 'expression' };
  }
}

const OPERATORS: Readonly<Record<string, Operator>> = { '==': 'eq', '=~': 'eq', '!=': 'eq', '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' };
const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const isCondition = ({ kind }: Node): boolean =>
  kind === 'and' || kind === 'or' || kind === 'not' || kind === 'compare' || kind === 'match' || kind === 'null-test';

function lowerCompare(work: Lowering, node: CompareNode): Predicate {
  const isFlipped = isPlain(node.left) && !isPlain(node.right);
  const [left, right] = isFlipped ? [node.right, node.left] : [node.left, node.right];
  if (left.kind === 'lost' || right.kind === 'lost') return broken(node);
  if (isPlain(left)) return opaque(node, 'two values');
  const sign = isFlipped ? (FLIPPED[node.sign] ?? node.sign) : node.sign;
  // `(a or b) == true` compares a condition.
  if (isCondition(left) && right.kind === 'constant') {
    const inner = lower(work, left);
    return (right.source === 'true') === (sign === '==') ? inner : negated(inner, node);
  }
  const field = fieldOf(work, left);
  const isEqual = OPERATORS[sign] === 'eq';
  const op: Operator = isEqual && left.kind === 'field' && right.kind === 'field' ? 'field_eq' : (OPERATORS[sign] ?? 'eq');
  const isText = right.kind === 'text' || right.kind === 'field';
  const test: Test = exactTest({
    kind: 'test',
    span: span(node),
    field,
    op,
    values: [valueOf(work, right)],
    caseSensitive: isEqual && isText && sign !== '=~',
  });
  return sign === '!=' ? negated(test, node) : test;
}

function lowerMatch(work: Lowering, node: MatchNode): Predicate {
  const values = node.of.filter(({ kind }) => kind !== 'lost');
  if (node.left.kind === 'lost' || values.length === 0) return broken(node);
  if (values.length < node.of.length) return { kind: 'any', span: span(node), of: [lowerMatch(work, { ...node, of: values }), broken(node)] };
  if (isPlain(node.left)) {
    if (values.every(isPlain)) return opaque(node, 'two values');
    // `"x" in (a, b)`: each field against the value.
    return withSign({ kind: 'any', span: span(node), of: values.map((other) => test(work, node, other, 'eq', [node.left])) }, node);
  }
  switch (node.op) {
    case 'in':
      return withSign(test(work, node, node.left, 'in', values), node);
    case 'like':
      return withSign(test(work, node, node.left, 'wildcard', values), node);
    case 'rlike':
      return withSign(test(work, node, node.left, 'regex_match', values), node);
    case ':':
      return { ...test(work, node, node.left, 'eq', values), case: 'fold', compare: 'token' };
    default:
      return node.op satisfies never;
  }
}

const withSign = (predicate: Predicate, node: MatchNode): Predicate => (node.isNegated ? negated(predicate, node) : predicate);

function test(work: Lowering, place: Span, field: Node, op: Operator, nodes: readonly Node[]): Test {
  const values = nodes.map((node): Value => {
    const value = valueOf(work, node);
    if (node.kind !== 'text') return value;
    if (op === 'regex_match') return { ...value, type: 'regex' };
    if (op !== 'wildcard') return value;
    const pattern = patternOf(value.text);
    return pattern.wild.length === 0 ? { ...value, text: pattern.text } : { ...value, ...pattern };
  });
  return exactTest({ kind: 'test', span: span(place), field: fieldOf(work, field), op, values, caseSensitive: op !== 'cidr_match' });
}

/** Functions that are a comparison of their first argument with the others. */
const COMPARING: Readonly<Record<string, Operator>> = { starts_with: 'starts_with', ends_with: 'ends_with', contains: 'contains', cidr_match: 'cidr_match' };
/** Full-text functions: the words of the second argument are looked for in the first. */
const FULL_TEXT: ReadonlySet<string> = new Set(['match', 'match_phrase', 'multi_match']);
/** Functions that hold a query of another language. */
const EMBEDDING: Readonly<Record<string, string>> = { kql: 'kuery', qstr: 'lucene' };

function lowerCall(work: Lowering, node: CallNode): Predicate {
  const name = node.name.text.toLowerCase();
  const [first, ...rest] = node.of;
  if (node.of.some(({ kind }) => kind === 'lost')) return broken(node);
  const embedded = EMBEDDING[name];
  if (embedded !== undefined && first?.kind === 'text') return embed(work, node, embedded, first);
  if (first === undefined || rest.length === 0 || isPlain(first)) return opaque(node, 'function call');
  const op = COMPARING[name];
  if (op !== undefined) return test(work, node, first, op, rest);
  if (FULL_TEXT.has(name)) return { ...test(work, node, first, 'eq', rest.slice(0, 1)), case: 'fold', compare: 'token' };
  if (name === 'mv_contains') return test(work, node, first, 'eq', rest);
  return opaque(node, 'function call');
}

/** A query of another language in a text: read by that language, its places moved to where the text stands. */
function embed(work: Lowering, node: CallNode, id: string, { value }: TextNode): Predicate {
  const language = work.context.languages.get(id);
  if (language === undefined) return opaque(node, 'embedded query');
  const { predicate, tokens, diagnostics } = relocate(language.analyse(value.text, work.context), value.map, value.map);
  work.embedded.tokens.push(...tokens);
  work.embedded.diagnostics.push(...diagnostics);
  return predicate;
}
