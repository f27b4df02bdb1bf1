import type { Call, Operand, Predicate, Regex, Span, Test } from '../../../model';
import { likeParts } from '../../../syntax/glob';
import { flipped, saidBy } from '../../../syntax/orders';
import { allOf, anyOf, notOf, placeOf, truthAt, unread } from '../../../syntax/predicates';
import { ignoresCase } from '../../../syntax/regex';
import { parseWithin } from '../parse/parse-within';
import { fixOf } from '../parse/reader';
import type { Expression, Word } from '../tree';
import { macroNote } from './known-macros';
import { fieldOf, type Flow, originOf, remark, withoutFixes } from './lowering-context';
import { lowerSearch } from './search';

type CallNode = Expression & { kind: 'call' };
type Tested = Pick<Test, 'left' | 'compare' | 'values' | 'case' | 'word'> & Pick<Partial<Test>, 'operator' | 'missing'>;

/** What an expression demands of events. A comparison with a field that has no value is false, so its negation holds. */
export function lowerExpression(node: Expression, flow: Flow): Predicate {
  const span = placeOf(node);
  switch (node.kind) {
    case 'and':
      return allOf(
        node.of.map((part) => lowerExpression(part, flow)),
        span,
      );
    case 'or':
      return anyOf(
        node.of.map((part) => lowerExpression(part, flow)),
        span,
      );
    case 'xor':
      return exclusive(node.of, flow, span);
    case 'not':
      return notOf(lowerExpression(node.of, flow), span);
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
      return unread(span, 'syntax-error');
    case 'deep':
      return unread(span, 'limit', 'signs that change too often');
    case 'field':
      return unread(span, 'unmodelled', 'a field taken as true or false');
    case 'macro':
      return unread(span, 'unknown', macroNote(node.name));
    case 'subsearch':
      return unread(span, 'unmodelled', 'result of a subsearch');
    case 'minus':
    case 'compute':
    case 'text':
    case 'number':
      return unread(span, 'unmodelled', 'a value taken as true or false');
    default:
      return node satisfies never;
  }
}

/** More sides than this are not written out: each doubles the tree. */
const MOST_EXCLUSIVE = 4;

/** `a XOR b`: one of the sides, and not the other. */
function exclusive(parts: readonly Expression[], flow: Flow, span: Predicate['span']): Predicate {
  if (parts.length > MOST_EXCLUSIVE) return unread(span, 'limit', 'exclusive or');
  return parts
    .map((part) => lowerExpression(part, flow))
    .reduce((left, right) => ({
      kind: 'any',
      span,
      of: [
        { kind: 'all', span, of: [left, notOf(right, right.span)] },
        { kind: 'all', span, of: [notOf(left, left.span), right] },
      ],
    }));
}

const tested = (node: Expression, test: Tested): Test => marked({ kind: 'test', span: placeOf(node), missing: 'false', ...test }, node);

function lowerComparison(node: Expression & { kind: 'compare' }, flow: Flow): Predicate {
  const span = placeOf(node);
  if (node.left.kind === 'broken' || node.right.kind === 'broken') return unread(span, 'syntax-error');
  const isLeft = hasField(node.left);
  if (!isLeft && !hasField(node.right)) return constantComparison(node, flow);
  const sign = isLeft ? node.sign : flipped(node.sign);
  const left = operandOf(isLeft ? node.left : node.right, flow);
  const value = operandOf(isLeft ? node.right : node.left, flow);
  const { compare, word } = saidBy(sign);
  const isEqual = compare === 'equals';
  const test = {
    left,
    compare,
    values: [value],
    case: isEqual && value.kind !== 'unread' && !(value.kind === 'literal' && value.type !== 'string') ? 'exact' : 'fold',
    word: !isEqual ? word : isFieldLike(value) ? 'field_eq' : value.kind === 'literal' && value.type === 'null' ? 'is_null' : word,
    operator: node.operator,
  } as const;
  return sign === '!=' ? notOf(tested(node, { ...test, missing: 'true' }), span) : tested(node, test);
}

/** A column, perhaps in another form. */
const isFieldLike = (operand: Operand): boolean =>
  operand.kind === 'field' || (operand.kind === 'call' && operand.derived !== true && operand.args.some(isFieldLike));

/** A comparison without a field: `1=1` is true; a text in double quotes is most likely meant as a field. */
function constantComparison(node: Expression & { kind: 'compare' }, flow: Flow): Predicate {
  const span = placeOf(node);
  const { left, right, sign } = node;
  const isSame = (left.kind === 'text' || left.kind === 'number') && left.kind === right.kind && left.word.text === right.word.text;
  if (isSame && (sign === '=' || sign === '!=')) return truthAt(span, sign === '=');
  if (left.kind === 'text' && left.word.macro === undefined && /^[A-Za-z_][\w .{}:-]*$/.test(left.word.text) && right.kind !== 'macro') {
    const { word } = left;
    remark(
      flow,
      'spl/text-as-field',
      'warning',
      word,
      `"${word.text}" is a text here, not the field: expressions write field names bare or in single quotes.`,
      fixOf('Write single quotes', word, `'${word.text}'`),
    );
    return unread(span, 'unmodelled', 'a comparison of two texts');
  }
  return unread(span, 'unmodelled', 'a comparison without a field');
}

/** Functions that are true or false of a value's type. */
const TYPE_TESTS: ReadonlySet<string> = new Set('isnum isint isstr isbool isdouble ismv isarray isobject json_valid json_has_key_exact tobool'.split(' '));

function lowerCall(node: CallNode, flow: Flow): Predicate {
  const [first, second] = node.of;
  const span = placeOf(node);
  const operator = node.nameSpan;
  switch (node.name) {
    case 'match': {
      const [subject, pattern] = second === undefined && first?.kind === 'compare' && first.sign === '=' ? matchEquals(first, flow) : [first, second];
      return subject === undefined || pattern === undefined ? unread(node, 'unmodelled', `${node.name}( )`) : textTest(node, 'match', subject, pattern, flow);
    }
    case 'like':
      return first === undefined || second === undefined ? unread(node, 'unmodelled', `${node.name}( )`) : textTest(node, 'like', first, second, flow);
    case 'cidrmatch':
      if (first === undefined || second === undefined) return unread(node, 'unmodelled', `${node.name}( )`);
      return tested(node, {
        left: operandOf(second, flow),
        compare: 'cidr',
        values: [operandOf(first, flow)],
        case: 'fold',
        word: 'cidr_match',
        operator,
      });
    case 'isnull':
    case 'isnotnull': {
      if (first === undefined) return unread(node, 'unmodelled', `${node.name}( )`);
      if (!hasField(first)) return unread(span, 'unmodelled', `${node.name} without a field`);
      const isNull = node.name === 'isnull';
      return tested(node, {
        left: operandOf(first, flow),
        compare: isNull ? 'absent' : 'exists',
        values: [],
        case: 'fold',
        missing: isNull ? 'true' : 'false',
        word: isNull ? 'is_null' : 'is_not_null',
        operator,
      });
    }
    case 'in':
      return first === undefined ? unread(node, 'unmodelled', `${node.name}( )`) : membership(node, first, node.of.slice(1), flow);
    case 'searchmatch': {
      if (first === undefined) return unread(node, 'unmodelled', `${node.name}( )`);
      const search = first.kind === 'text' && node.of.length === 1 ? parseWithin(first.word, flow.findings.diagnostics) : null;
      return search === null
        ? unread(span, 'unmodelled', 'function searchmatch')
        : standingFor(
            withoutFixes(flow, () => lowerSearch(search, flow, null)),
            span,
          );
    }
    case 'true':
    case 'false':
      if (first !== undefined) return unread(span, 'unmodelled', `${node.name} with an argument`);
      return truthAt(span, node.name === 'true');
    default: {
      if (!TYPE_TESTS.has(node.name) || !node.of.some((part) => hasField(part))) return unread(span, 'unmodelled', `function ${node.name}`);
      const holds: Operand = { kind: 'literal', span, type: 'boolean', text: 'true' };
      return tested(node, { left: operandOf(node, flow), compare: 'equals', values: [holds], case: 'fold', word: 'eq', operator });
    }
  }
}

/** A condition that the whole of a call says: its first comparison stands there. */
function standingFor(predicate: Predicate, span: Span): Predicate {
  if (predicate.kind === 'test') return { ...predicate, operator: span };
  if (predicate.kind === 'not') return { ...predicate, of: standingFor(predicate.of, span) };
  if (predicate.kind === 'unread') return { ...predicate, span };
  return { ...predicate, of: predicate.of.map((part, index) => (index === 0 ? standingFor(part, span) : part)) };
}

/** `match(field="pattern")`, as authors write it; match takes two arguments. */
function matchEquals(inner: Expression & { kind: 'compare' }, flow: Flow): [Expression, Expression] {
  const sign = inner.operator;
  const fix = sign.end - sign.start === 1 && inner.macro === undefined ? fixOf('Write a comma', sign, ',') : undefined;
  remark(flow, 'spl/match-equals', 'error', sign, 'match( ) takes a field and a pattern parted by a comma.', fix);
  return [inner.left, inner.right];
}

/** match, like and contains compare a field with a pattern. */
function textTest(node: Expression, op: 'match' | 'like' | 'contains', left: Expression, right: Expression, flow: Flow): Predicate {
  if (left.kind === 'broken' || right.kind === 'broken') return unread(node, 'syntax-error');
  // `contains` is no operator of SPL: what is meant is told, what happens is an error.
  if (op === 'contains') return unread(node, 'syntax-error', 'contains');
  const subject = operandOf(left, flow);
  const operator = 'operator' in node ? node.operator : 'nameSpan' in node ? node.nameSpan : node;
  const base = { left: subject, operator: placeOf(operator), word: op } as const;
  if (op === 'match') {
    const pattern: Operand = right.kind === 'text' ? regexOf(right.word) : operandOf(right, flow);
    const isFolded = pattern.kind === 'regex' && ignoresCase(pattern.text);
    return tested(node, { ...base, compare: 'regex', values: [pattern], case: isFolded ? 'fold' : 'exact' });
  }
  const pattern = operandOf(right, flow);
  const value: Operand =
    pattern.kind === 'literal' && pattern.type === 'string'
      ? { kind: 'glob', span: pattern.span, parts: likeParts(pattern.text), letters: 'percent' }
      : pattern;
  return tested(node, { ...base, compare: 'equals', values: [value], case: 'exact' });
}

function membership(node: Expression, left: Expression, values: readonly Expression[], flow: Flow): Predicate {
  if (!hasField(left) || values.length === 0) return unread(node, 'unmodelled', 'a list without a field or values');
  const operator = placeOf('operator' in node ? node.operator : 'nameSpan' in node ? node.nameSpan : node);
  return tested(node, {
    left: operandOf(left, flow),
    compare: 'equals',
    values: values.map((value) => operandOf(value, flow)),
    case: 'exact',
    word: 'in',
    operator,
  });
}

/** The macro a condition comes from: its own, or that of what it is about. */
function macroOf(node: Expression): string | undefined {
  if (node.macro !== undefined || !('left' in node)) return node.macro;
  return node.left.macro ?? macroOf(node.left);
}

/** A test with the mark of the macro its condition comes from. */
function marked(test: Test, node: Expression): Test {
  const macro = macroOf(node);
  return macro === undefined ? test : { ...test, macro };
}

/** Functions that leave a field's value what it is, or give a part or another form of it; any other computes something new. */
const TRANSFORMS: ReadonlySet<string> = new Set(
  'lower upper trim ltrim rtrim tostring tonumber urldecode replace substr mvindex mvdedup mvsort mvjoin exact coalesce'.split(' '),
);

/** Those among them that leave what the value says alone: a comparison with the result is one with the field. */
const FAITHFUL: ReadonlySet<string> = new Set('lower upper trim ltrim rtrim tostring tonumber mvindex mvdedup mvsort exact coalesce mvappend'.split(' '));

/** Functions that are true or false. */
const CONDITIONS: ReadonlySet<string> = new Set('match like cidrmatch isnull isnotnull in searchmatch true false'.split(' '));

/** Whether an expression is a condition: true or false, no value. */
export function isCondition(node: Expression): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'xor':
    case 'not':
    case 'compare':
    case 'like':
    case 'contains':
    case 'in':
      return true;
    case 'call':
      return CONDITIONS.has(node.name) && node.name !== 'true' && node.name !== 'false';
    default:
      return false;
  }
}

const isConstant = (node: Expression): boolean => node.kind === 'field' && node.word.quotes === undefined && /^(?:true|false|null)$/i.test(node.word.text);

/** Whether a field takes part in a value; nested deeper than anyone writes, one is assumed. */
function hasField(node: Expression, depth = 0): boolean {
  if (depth > 20) return true;
  switch (node.kind) {
    case 'field':
      return !isConstant(node);
    case 'minus':
    case 'not':
      return hasField(node.of, depth + 1);
    case 'compute':
    case 'call':
      return node.of.some((part) => hasField(part, depth + 1));
    case 'text':
    case 'number':
    case 'macro':
    case 'subsearch':
    case 'broken':
    case 'deep':
      return false;
    default:
      return true;
  }
}

/** A regular expression: in the text around it a backslash stands for the next one, or for a quote; before anything else it is its own. */
export function regexOf(word: Word): Regex {
  const written = word.raw ?? word.text;
  const text = regexText(written);
  return { kind: 'regex', span: placeOf(word), text, dialect: 'pcre', flags: '', ...(text === written ? null : { written }) };
}

/** The regular expression that stands between quotes as `written`. */
export const regexText = (written: string): string => written.replace(/\\([\\"])/g, '$1');

/** Arguments that are regular expressions where they are texts in quotes. */
const isPattern = ({ name }: CallNode, index: number): boolean => index === 1 && (name === 'match' || name === 'replace' || name === 'mvfind');

/** An expression as a value, with everything in it: conditions too, and parts that are not read. */
export function operandOf(node: Expression, flow: Flow): Operand {
  const span = placeOf(node);
  switch (node.kind) {
    case 'field':
      if (!isConstant(node)) return fieldOf(flow, node.word);
      return { kind: 'literal', span, type: node.word.text.toLowerCase() === 'null' ? 'null' : 'boolean', text: node.word.text.toLowerCase() };
    case 'text':
      return { kind: 'literal', span, type: 'string', text: node.word.text };
    case 'number':
      return { kind: 'literal', span, type: 'number', text: node.word.text };
    case 'minus':
      if (node.of.kind === 'number') return { kind: 'literal', span, type: 'number', text: `-${node.of.word.text}` };
      return callOf(node, '-', { start: node.start, end: node.of.start }, [operandOf(node.of, flow)], flow, true);
    case 'compute':
      return callOf(
        node,
        node.sign,
        node.operator,
        node.of.map((part) => operandOf(part, flow)),
        flow,
        true,
      );
    case 'call':
      return callOperand(node, flow);
    case 'macro':
      return unread(span, 'unknown', macroNote(node.name), node.name);
    case 'subsearch':
      return unread(span, 'unmodelled', 'result of a subsearch', sourceOf(node, flow));
    case 'broken':
      return unread(span, 'syntax-error', undefined, sourceOf(node, flow));
    case 'deep':
      return unread(span, 'limit', 'signs that change too often', sourceOf(node, flow));
    case 'and':
    case 'or':
    case 'xor':
    case 'not':
    case 'compare':
    case 'like':
    case 'contains':
    case 'in':
      return { kind: 'condition', span, of: lowerExpression(node, flow) };
    default:
      return node satisfies never;
  }
}

function callOperand(node: CallNode, flow: Flow): Operand {
  const span = placeOf(node);
  if ((node.name === 'true' || node.name === 'false') && node.of.length === 0) return { kind: 'literal', span, type: 'boolean', text: node.name };
  if (node.name === 'null' && node.of.length === 0) return { kind: 'literal', span, type: 'null', text: 'null' };
  if (isCondition(node)) return { kind: 'condition', span, of: lowerExpression(node, flow) };
  const args = node.of.map((part, index) => (part.kind === 'text' && isPattern(node, index) ? regexOf(part.word) : operandOf(part, flow)));
  return callOf(node, node.name, node.nameSpan, args, flow, !TRANSFORMS.has(node.name));
}

function callOf(node: Expression, fn: string, name: Span, args: readonly Operand[], flow: Flow, isDerived: boolean): Call {
  const call = { kind: 'call', span: placeOf(node), fn, name: placeOf(name), args, written: writtenOf(node, flow) } as const;
  return isDerived ? { ...call, derived: true } : call;
}

/** An expression as people read it, and as a column without a name of its own is called: without blanks, and without the quotes around field names. */
function writtenOf(node: Expression, flow: Flow): string {
  const source = withoutParentheses(sourceOf(node, flow));
  return source.replace(/("(?:[^"\\]|\\[^])*")|'([^']*)'|\s+/g, (_, text?: string, field?: string) => text ?? field ?? '');
}

/** `(a/b)` is a/b; parentheses that do not belong together stay. */
function withoutParentheses(source: string): string {
  if (!source.startsWith('(') || !source.endsWith(')')) return source;
  let depth = 0;
  for (let at = 0; at < source.length - 1; at++) {
    if (source[at] === '(') depth++;
    if (source[at] === ')' && --depth === 0) return source;
  }
  return source.slice(1, -1);
}

/** An expression as written; one from a macro's definition is written anew, as its place is the macro's. */
function sourceOf(node: Expression, flow: Flow): string {
  if (macroOf(node) === undefined) return flow.findings.text.slice(node.start, node.end);
  switch (node.kind) {
    case 'call':
      return `${node.name}(${node.of.map((part) => sourceOf(part, flow)).join(', ')})`;
    case 'compute':
      return node.of.map((part) => sourceOf(part, flow)).join(node.sign);
    case 'field':
    case 'number':
      return node.word.text;
    case 'text':
      return JSON.stringify(node.word.text);
    default:
      return flow.findings.text.slice(node.start, node.end);
  }
}

/** Whether a value only hands a field on, perhaps in another form: a comparison on it is one on the event's own field. */
export function carriesField(node: Expression, flow: Flow, depth = 0): boolean {
  if (depth > 20) return false;
  const carries = (part: Expression | undefined): boolean => part !== undefined && (isNull(part) || carriesField(part, flow, depth + 1));
  switch (node.kind) {
    case 'field':
      return !isConstant(node) && fieldOf(flow, node.word).derived !== true;
    case 'call':
      if (node.name === 'if') return carries(node.of[1]) && carries(node.of[2]) && !node.of.slice(1).every(isNull);
      if (node.name === 'coalesce' || node.name === 'mvappend') return node.of.some((part) => carriesField(part, flow, depth + 1));
      return (TRANSFORMS.has(node.name) || CARRYING.has(node.name)) && node.of[0] !== undefined && carriesField(node.of[0], flow, depth + 1);
    default:
      return false;
  }
}

const CARRYING: ReadonlySet<string> = new Set(['split', 'mvmap', 'spath', 'json_extract', 'nullif']);
const isNull = (node: Expression): boolean =>
  (node.kind === 'call' && node.name === 'null') || (isConstant(node) && node.kind === 'field' && node.word.text.toLowerCase() === 'null');

/** The event's own field whose value an expression still has, letters' case aside; undefined where it is another value. */
export function originOfValue(node: Expression, flow: Flow, depth = 0): string | undefined {
  if (depth > 20) return undefined;
  if (node.kind === 'field') return isConstant(node) ? undefined : originOf(flow, fieldOf(flow, node.word));
  if (node.kind !== 'call' || !FAITHFUL.has(node.name) || node.of[0] === undefined) return undefined;
  return originOfValue(node.of[0], flow, depth + 1);
}
