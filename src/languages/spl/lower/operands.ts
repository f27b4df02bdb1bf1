import type { Span, Test, Value } from '../../../model';
import type { WrittenField } from '../../../syntax/written-test';
import { fieldOf, type Flow } from './lowering-context';
import type { Expression } from '../tree';

export const spanOf = ({ start, end }: Span): Span => ({ start, end });

/** The macro a condition comes from: its own, or that of what it is about. */
function macroOf(node: Expression): string | undefined {
  if (node.macro !== undefined || !('left' in node)) return node.macro;
  return node.left.macro ?? macroOf(node.left);
}

/** A test with the mark of the macro its condition comes from. */
export function marked(test: Test, node: Expression): Test {
  const macro = macroOf(node);
  return macro === undefined ? test : { ...test, macro };
}

/** Functions that leave a field's value what it is, or give a part or another form of it; any other computes something new. */
const TRANSFORMS: ReadonlySet<string> = new Set([
  'lower',
  'upper',
  'trim',
  'ltrim',
  'rtrim',
  'tostring',
  'tonumber',
  'urldecode',
  'replace',
  'substr',
  'mvindex',
  'mvdedup',
  'mvsort',
  'mvjoin',
  'exact',
]);

/** The field an expression is about: itself, or what stands behind functions that only change its form. Null for literals and for what no field is in. */
export function subjectOf(node: Expression, flow: Flow): WrittenField | null {
  switch (node.kind) {
    case 'field':
      return isConstant(node) ? null : fieldOf(flow, node.word);
    case 'call': {
      const inner = TRANSFORMS.has(node.name) && node.of[0] !== undefined ? subjectOf(node.of[0], flow) : null;
      if (inner !== null && inner.derived !== true) return { ...inner, span: spanOf(node), transforms: [node.name, ...(inner.transforms ?? [])] };
      return hasField(node) ? computed(node, flow) : null;
    }
    case 'minus':
    case 'compute':
      return hasField(node) ? computed(node, flow) : null;
    default:
      return null;
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
      return hasField(node.left, depth + 1) || hasField(node.right, depth + 1);
    case 'call':
      return node.of.some((part) => hasField(part, depth + 1));
    case 'text':
    case 'number':
      return false;
    default:
      return true;
  }
}

/** A value computed in the comparison itself is a field of its own, named by its text: `mvcount(process)`. */
function computed(node: Expression, flow: Flow): WrittenField {
  const source = withoutParentheses(sourceOf(node, flow));
  const name = source.replace(/("(?:[^"\\]|\\[^])*")|'([^']*)'|\s+/g, (_, text?: string, field?: string) => text ?? field ?? '');
  return { name, span: spanOf(node), derived: true };
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
      return `${sourceOf(node.left, flow)}${node.sign}${sourceOf(node.right, flow)}`;
    case 'field':
    case 'number':
      return node.word.text;
    case 'text':
      return JSON.stringify(node.word.text);
    default:
      return flow.findings.text.slice(node.start, node.end);
  }
}

/** An expression on the other side of a comparison. */
export function valueOf(node: Expression, flow: Flow): Value {
  const span = spanOf(node);
  switch (node.kind) {
    case 'text':
      return { text: node.word.text, span, type: 'string' };
    case 'number':
      return { text: node.word.text, span, type: 'number' };
    case 'minus':
      if (node.of.kind === 'number') return { text: `-${node.of.word.text}`, span, type: 'number' };
      break;
    case 'field':
      if (isConstant(node)) return { text: node.word.text.toLowerCase(), span, type: node.word.text.toLowerCase() === 'null' ? 'null' : 'boolean' };
      return { text: fieldOf(flow, node.word).name, span, type: 'field' };
    case 'call':
      if (node.name === 'true' || node.name === 'false') return { text: node.name, span, type: 'boolean' };
      if (node.name === 'null') return { text: 'null', span, type: 'null' };
      break;
    default:
  }
  return { text: sourceOf(node, flow), span, type: 'expression' };
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
