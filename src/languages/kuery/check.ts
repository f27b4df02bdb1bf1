import type { Diagnostic, Severity, Span } from '../../model';
import { canHold, ecsFieldOf } from '../../knowledge/ecs';
import type { KueryRemark } from './remarks';
import type { Literal, Node, ValueNode } from './tree';

type Remark = (code: KueryRemark, severity: Severity, span: Span, message: string, fix?: Diagnostic['fix']) => void;

/** Remarks on a query that is well formed but may not mean what it seems to. */
export function check(text: string, tree: Node): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const remark: Remark = (code, severity, { start, end }, message, fix) => {
    found.push(fix === undefined ? { code, severity, span: { start, end }, message } : { code, severity, span: { start, end }, message, fix });
  };
  checkNode(text, tree, '', remark);
  return found;
}

function checkNode(text: string, node: Node, prefix: string, remark: Remark): void {
  switch (node.kind) {
    case 'and':
    case 'or':
      checkNot(node.kind, node.of, remark);
      for (const part of node.of) checkNode(text, part, prefix, remark);
      return;
    case 'not':
      checkNode(text, node.of, prefix, remark);
      return;
    case 'is':
      checkFieldName(node.field, remark);
      checkValue(text, prefix + node.field.text, node.value, remark);
      return;
    case 'range':
      checkFieldName(node.field, remark);
      checkKind(prefix + node.field.text, node.value, remark);
      return;
    case 'nested':
      checkNode(text, node.of, `${prefix}${node.field.text}.`, remark);
      return;
    case 'text':
      checkText(text, node.value, remark);
      return;
    case 'lost':
      return;
    default:
      node satisfies never;
  }
}

const fieldOf = (node: Node): string | null => (node.kind === 'is' || node.kind === 'range' ? node.field.text : node.kind === 'not' ? fieldOf(node.of) : null);

/** `not f: a or f: b` excludes the first value only. */
function checkNot(kind: 'and' | 'or', parts: readonly Node[], remark: Remark): void {
  if (kind !== 'or') return;
  parts.forEach((part, index) => {
    const next = parts[index + 1];
    if (part.kind !== 'not' || next === undefined || next.kind === 'not' || part.of.kind !== 'is') return;
    const field = fieldOf(part);
    if (field === null || field !== fieldOf(next)) return;
    remark(
      'kuery/not-covers-one',
      'warning',
      { start: part.start, end: part.start + 3 },
      `\`not\` covers only the first comparison: for both write \`not ${field}: (… or …)\`.`,
    );
  });
}

function checkFieldName(field: Literal, remark: Remark): void {
  if (!field.isQuoted && /\s/.test(field.text)) {
    remark('kuery/blank-in-value', 'warning', field, 'A field name with blanks: is `and` or `or` missing before the last word?');
  }
}

function checkValue(text: string, field: string, value: ValueNode, remark: Remark): void {
  switch (value.kind) {
    case 'and':
    case 'or':
      for (const part of value.of) checkValue(text, field, part, remark);
      return;
    case 'not':
      checkValue(text, field, value.of, remark);
      return;
    case 'literal':
      checkLiteral(text, value.literal, remark);
      checkKind(field, value.literal, remark);
      return;
    case 'lost':
      return;
    default:
      value satisfies never;
  }
}

function checkLiteral(text: string, literal: Literal, remark: Remark): void {
  if (literal.isQuoted) {
    if (literal.text.length > 1 && (literal.text.startsWith('*') || literal.text.endsWith('*'))) {
      remark('kuery/quoted-star', 'info', literal, 'A star in quotes is a plain character; without the quotes it is a wildcard.');
    }
    return;
  }
  if (literal.wild[0] === 0 && literal.text.length > 1) {
    remark('kuery/leading-wildcard', 'info', literal, 'A value that starts with a star makes the search read every term of the field.');
  }
  if (/\s/.test(literal.text) && literal.wild.length === 0) {
    const source = text.slice(literal.start, literal.end);
    remark('kuery/blank-in-value', 'warning', literal, 'Unquoted words are one value, in any order on text fields; quote them to match them as they stand.', {
      title: 'Quote the value',
      edits: [{ span: { start: literal.start, end: literal.end }, text: `"${source.replace(/"/g, '\\"')}"` }],
    });
  }
}

function checkText(text: string, literal: Literal, remark: Remark): void {
  const sign = literal.isQuoted ? null : /^\S+\s*(={1,2})\s*(?=\S)/.exec(text.slice(literal.start, literal.end));
  if (sign === null) return checkLiteral(text, literal, remark);
  const at = literal.start + sign[0].indexOf('=');
  const span = { start: at, end: at + sign[1]!.length };
  remark('kuery/equals-sign', 'warning', span, 'This is searched as plain text: a field is compared with a colon, `field: value`.', {
    title: 'Write a colon',
    edits: [{ span, text: ':' }],
  });
}

function checkKind(field: string, literal: Literal, remark: Remark): void {
  if (literal.wild.length > 0) return;
  const known = ecsFieldOf(field);
  if (known === undefined || canHold(known.type, literal.text)) return;
  remark('kuery/wrong-kind', 'warning', literal, `\`${known.name}\` holds ${known.type} values; \`${literal.text.slice(0, 60)}\` is none.`);
}
