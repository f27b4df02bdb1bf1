import type { FieldRef, Glob, GlobPart, Literal, Operand, Operator, Predicate, Regex, Span, Test } from '../../../model';
import { globParts, openParts, singleRuns } from '../../../syntax/glob';
import { calculationOf, nullTest, trueTest, withLostValues } from '../../../syntax/null-logic';
import { flipped, saidBy } from '../../../syntax/orders';
import { anyOf, notOf, placeOf, truthAt, unread } from '../../../syntax/predicates';
import type { CallNode, CompareNode, FieldNode, MatchNode, Node, TextNode } from '../tree';
import { writtenAt } from '../../../syntax/written';

/** What lowering leans on: the query's text, and which array each variable of an `_arraysearch` around it goes through. */
interface Lowering {
  readonly text: string;
  readonly arrays: ReadonlyMap<string, string>;
  /** Names of other events of the series (`as event0`): `event0.name` is no field of this one. */
  readonly events: ReadonlySet<string>;
}

/** The other event that a side of a comparison belongs to; null where it belongs to this one. */
function otherEvent({ events }: Lowering, ...sides: readonly Node[]): string | null {
  for (const side of sides) {
    const name = side.kind === 'field' && events.size > 0 ? side.name.slice(0, Math.max(0, side.name.indexOf('.'))) : '';
    if (events.has(name)) return name;
  }
  return null;
}

/** What a condition demands of its event. A comparison with no value is neither true nor false, and so is its negation. */
export function lower(work: Lowering, node: Node): Predicate {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind === 'and' ? 'all' : 'any', span: placeOf(node), of: node.of.map((part) => lower(work, part)) };
    case 'not':
      return notOf(lower(work, node.of), node);
    case 'compare':
      return lowerCompare(work, node);
    case 'match':
      return lowerMatch(work, node);
    case 'call':
      return lowerCall(work, node);
    case 'field':
    case 'variable':
      return trueTest(node, operandOf(work, node));
    case 'constant':
      return node.source === 'null' ? unread(node, 'unmodelled', 'null as a condition') : truthAt(node, node.source === 'true');
    case 'text':
    case 'number':
    case 'arithmetic':
      return unread(node, 'unmodelled', 'a value as a condition');
    case 'relation':
      return unread(node, 'unmodelled', node.word);
    case 'lost':
      return unread(node, 'syntax-error');
    default:
      return node satisfies never;
  }
}

/** Functions whose result is something new, not a form of their first argument. */
const COMPUTING: ReadonlySet<string> = new Set(['length', 'indexof', 'add', 'subtract', 'multiply', 'divide', 'modulo', 'arraycount']);

/** What a value is made of. */
export function operandOf(work: Lowering, node: Node): Operand {
  const span = placeOf(node);
  switch (node.kind) {
    case 'field':
      return fieldOf(work, node);
    case 'variable': {
      const array = work.arrays.get(node.name);
      return array === undefined
        ? unread(span, 'unknown', `variable ${node.name}`, writtenAt(work.text, node))
        : { kind: 'field', name: `${array}${node.path}`, span };
    }
    case 'text':
      return { kind: 'literal', span, type: 'string', text: node.value.text };
    case 'number':
      return { kind: 'literal', span, type: 'number', text: node.source };
    case 'constant':
      return { kind: 'literal', span, type: node.source === 'null' ? 'null' : 'boolean', text: node.source };
    case 'call': {
      const fn = node.name.text.toLowerCase();
      return {
        kind: 'call',
        span,
        fn: node.isCaseless ? `${fn}~` : fn,
        name: placeOf(node.name),
        args: node.of.map((argument) => operandOf(work, argument)),
        written: writtenAt(work.text, node),
        ...(COMPUTING.has(fn) ? { derived: true as const } : null),
      };
    }
    case 'arithmetic':
      return calculationOf(work.text, node, (part) => operandOf(work, part));
    case 'and':
    case 'or':
    case 'not':
    case 'compare':
    case 'match':
      return { kind: 'condition', span, of: lower(work, node) };
    case 'relation':
      return unread(span, 'unmodelled', node.word, writtenAt(work.text, node));
    case 'lost':
      return unread(span, 'syntax-error', undefined, writtenAt(work.text, node));
    default:
      return node satisfies never;
  }
}

function fieldOf(work: Lowering, node: FieldNode): Operand {
  const { at } = node;
  if (at === null) return { kind: 'field', name: node.name, span: placeOf(node) };
  const index: Literal = { kind: 'literal', span: placeOf(at), type: 'number', text: at.index };
  const field: FieldRef = { kind: 'field', name: node.name, span: { start: node.start, end: at.start } };
  return { kind: 'call', span: placeOf(node), fn: '[]', name: placeOf(at), args: [field, index], written: writtenAt(work.text, node) };
}

const isPlain = (node: Node): boolean => node.kind === 'text' || node.kind === 'number' || node.kind === 'constant';
/** A number or a truth value, where the case of letters means nothing. */
const isPlainNumber = (node: Node): boolean => node.kind === 'number' || node.kind === 'constant';
const isNull = (node: Node): boolean => node.kind === 'constant' && node.source === 'null';

function lowerCompare(work: Lowering, node: CompareNode): Predicate {
  const isFlipped = isPlain(node.left) && !isPlain(node.right);
  const [left, right] = isFlipped ? [node.right, node.left] : [node.left, node.right];
  if (left.kind === 'lost' || right.kind === 'lost') return unread(node, 'syntax-error');
  if (isPlain(left)) return unread(node, 'unmodelled', 'two values');
  const other = otherEvent(work, left, right);
  if (other !== null) return unread(node, 'unmodelled', `a field of the event ${other}`);
  const sign = isFlipped ? flipped(node.op) : node.op;
  const said = saidBy(sign);
  const isEqual = said.compare === 'equals';
  if (isNull(right) && isEqual) {
    // `== null` as a whole is the operator.
    const operator = { start: Math.min(node.sign.start, right.start), end: Math.max(node.sign.end, right.end) };
    return sign === '=='
      ? nullTest(node, operandOf(work, left), 'absent', 'is_null', [], 'fold', operator, 'true')
      : nullTest(node, operandOf(work, left), 'exists', 'is_not_null', [], 'fold', operator, 'false');
  }
  // `(a or b) == true` compares a condition.
  if (right.kind === 'constant' && isEqual) {
    const inner = isCondition(left) ? lower(work, left) : left.kind === 'call' ? heldBy(work, left) : null;
    if (inner !== null) {
      // The truth value it is compared with is a condition too, which always holds.
      const both: Predicate = { kind: 'all', span: placeOf(node), of: [inner, truthAt(right)] };
      return (right.source === 'true') === (sign === '==') ? both : notOf(both, node);
    }
  }
  const word = isEqual && right.kind === 'field' && left.kind === 'field' ? 'field_eq' : said.word;
  const found = nullTest(node, operandOf(work, left), said.compare, word, [operandOf(work, right)], isPlainNumber(right) ? 'fold' : 'exact', node.sign);
  return sign === '!=' ? notOf(found, node) : found;
}

const isCondition = ({ kind }: Node): boolean => kind === 'and' || kind === 'or' || kind === 'not' || kind === 'compare' || kind === 'match';

/** What a function says that is true or false; null: it gives a value, or what it says is not read. */
function heldBy(work: Lowering, call: CallNode): Predicate | null {
  const held = lowerCall(work, call);
  return held.kind === 'unread' ? null : held;
}

function lowerMatch(work: Lowering, node: MatchNode): Predicate {
  const { left, of, sign } = node;
  if (left.kind === 'lost' || of.length === 0) return unread(node, 'syntax-error');
  const other = otherEvent(work, left, ...of);
  if (other !== null) return unread(node, 'unmodelled', `a field of the event ${other}`);
  const lost = withLostValues(node, of, (rest) => lowerMatch(work, { ...node, isNegated: false, of: rest }));
  if (lost !== null) return lost.kind === 'unread' ? lost : withSign(lost, node);
  if (isPlain(left) && of.every(isPlain)) return unread(node, 'unmodelled', 'two values');
  const letters = node.isCaseless ? 'fold' : 'exact';
  // `"x" in (a, b)`: each field against the value.
  if (isPlain(left)) {
    const value = operandOf(work, left);
    return withSign(
      anyOf(
        of.map((each) =>
          isPlain(each)
            ? unread(each, 'unmodelled', 'two values')
            : nullTest(node, operandOf(work, each), 'equals', 'eq', [value], isPlainNumber(left) ? 'fold' : letters, sign),
        ),
        node,
      ),
      node,
    );
  }
  const field = operandOf(work, left);
  switch (node.op) {
    case 'in': {
      const values = of.map((value) => operandOf(work, value));
      return withSign(nullTest(node, field, 'equals', 'in', values, letters, sign), node);
    }
    case 'like':
      return nullTest(
        node,
        field,
        'equals',
        'wildcard',
        of.map((value) => patternOf(work, value)),
        letters,
        sign,
      );
    case 'regex':
      return nullTest(
        node,
        field,
        'regex',
        'regex_match',
        of.map((value) => regexOf(work, value)),
        letters,
        sign,
      );
    case ':': {
      const tests = of.map((value, index) => {
        const place = { start: index === 0 ? node.start : value.start, end: index === of.length - 1 ? node.end : value.end };
        return byPosition(work, field, value, place, sign);
      });
      return anyOf(tests, node);
    }
    default:
      return node.op satisfies never;
  }
}

const withSign = (predicate: Predicate, node: MatchNode): Predicate => (node.isNegated ? notOf(predicate, node) : predicate);

/** The parts of a pattern: every star and question mark is a wildcard, none can be escaped. Stars side by side are one. */
function partsOf({ text, wild }: TextNode['value']): readonly GlobPart[] {
  return singleRuns(globParts(text, wild));
}

/** A pattern; as it is written where stars stand side by side. */
function globOf(node: TextNode): Glob {
  const { text } = node.value;
  return { kind: 'glob', span: placeOf(node), parts: partsOf(node.value), ...(text.includes('**') ? { written: text } : null) };
}

function patternOf(work: Lowering, node: Node): Operand {
  return node.kind === 'text' ? globOf(node) : operandOf(work, node);
}

function regexOf(work: Lowering, node: Node): Regex | Operand {
  return node.kind === 'text'
    ? { kind: 'regex', span: placeOf(node), text: node.value.text, dialect: 'lucene', flags: '', whole: true }
    : operandOf(work, node);
}

/** One value of `:`: its kind follows from where its stars stand. A lone star asks for any value, and so of an event without one it is false. */
function byPosition(work: Lowering, field: Operand, node: Node, place: Span, sign: Span): Test {
  if (node.kind !== 'text') {
    const isFields = node.kind === 'field' && field.kind === 'field';
    return nullTest(place, field, 'equals', isFields ? 'field_eq' : 'eq', [operandOf(work, node)], 'fold', sign);
  }
  const span = placeOf(node);
  const parts = partsOf(node.value);
  if (parts.length === 1 && parts[0] === 'any-run') {
    const operator = place.start <= sign.start && place.end === node.end ? { start: sign.start, end: node.end } : span;
    return nullTest(place, field, 'exists', 'is_not_null', [], 'fold', operator, 'false');
  }
  const value: Operand = parts.some((part) => typeof part === 'string') ? globOf(node) : { kind: 'literal', span, type: 'string', text: node.value.text };
  return nullTest(place, field, 'equals', wordOf(parts), [value], 'fold', sign);
}

function wordOf(parts: readonly GlobPart[]): Operator {
  const front = parts[0] === 'any-run';
  const back = parts.length > 1 && parts.at(-1) === 'any-run';
  const inner = parts.slice(front ? 1 : 0, back ? -1 : parts.length);
  if (inner.length !== 1 || typeof inner[0] === 'string') return inner.length === 0 && !front && !back ? 'eq' : 'wildcard';
  return front ? (back ? 'contains' : 'ends_with') : back ? 'starts_with' : 'eq';
}

/** Functions that are a comparison of their first argument with the others: kind as written, and whether the value may go on before and after. */
const COMPARING = new Map<string, { readonly word: Operator; readonly before: boolean; readonly after: boolean }>([
  ['startswith', { word: 'starts_with', before: false, after: true }],
  ['endswith', { word: 'ends_with', before: true, after: false }],
  ['stringcontains', { word: 'contains', before: true, after: true }],
]);

function lowerCall(work: Lowering, node: CallNode): Predicate {
  const name = node.name.text.toLowerCase();
  const [first, ...rest] = node.of;
  if (node.of.some(({ kind }) => kind === 'lost')) return unread(node, 'syntax-error');
  if (name === '_arraysearch') return searchArray(work, node);
  const unmodelled = unread(node, 'unmodelled', `function ${node.name.text.slice(0, 60)}`);
  if (first === undefined || rest.length === 0 || isPlain(first)) return unmodelled;
  const field = operandOf(work, first);
  const letters = node.isCaseless ? 'fold' : 'exact';
  const open = COMPARING.get(name);
  if (open !== undefined) {
    const values = rest.map((value): Glob => {
      const parts: readonly GlobPart[] = value.kind === 'text' ? globParts(value.value.text, []) : [{ of: operandOf(work, value) }];
      return { kind: 'glob', span: placeOf(value), parts: openParts(parts, open.before, open.after) };
    });
    return nullTest(node, field, 'equals', open.word, values, letters, node.name);
  }
  switch (name) {
    case 'cidrmatch':
      return nullTest(
        node,
        field,
        'cidr',
        'cidr_match',
        rest.map((value) => operandOf(work, value)),
        'fold',
        node.name,
      );
    case 'wildcard':
      return nullTest(
        node,
        field,
        'equals',
        'wildcard',
        rest.map((value) => patternOf(work, value)),
        letters,
        node.name,
      );
    case 'match':
      return nullTest(
        node,
        field,
        'regex',
        'regex_match',
        rest.map((value) => regexOf(work, value)),
        letters,
        node.name,
      );
    default:
      return unmodelled;
  }
}

/** `_arraysearch(a, $e, $e.x == 1 and $e.y == 2)`: all of it holds of one and the same element of the array. */
function searchArray(work: Lowering, node: CallNode): Predicate {
  const [of, variable, condition] = node.of;
  const array = of?.kind === 'field' || of?.kind === 'variable' ? operandOf(work, of) : null;
  if (array?.kind !== 'field' || variable?.kind !== 'variable' || condition === undefined || node.of.length !== 3)
    return unread(node, 'unmodelled', `function ${node.name.text}`);
  const inner = lower({ ...work, arrays: new Map([...work.arrays, [variable.name, array.name]]) }, condition);
  // Its place holds the variable's too, which is no part of a test.
  const same: FieldRef = { kind: 'field', name: array.name, span: { start: node.start, end: variable.end } };
  return { kind: 'all', span: placeOf(node), of: inner.kind === 'all' && inner.same === undefined ? inner.of : [inner], same };
}
