import type { Addition, Context, Operator, Predicate, Stage, Test, TextEdit } from '../../../model';
import { joinableOf } from '../../../syntax/conjuncts';
import { analyse } from '../lower/analyse';

/**
 * Edits that write a row into a query: into the field's own list, else as a further `and` of a `where`, else as a `where` of its own after the source.
 * Conditions on the source's fields belong before the first aggregation. Null for kinds ES|QL cannot say.
 */
export function add(text: string, addition: Addition, context: Context): readonly TextEdit[] | null {
  const comparison = comparisonOf(addition);
  if (comparison === null) return null;
  const condition = addition.polarity === 'exclusion' ? `not ${comparison}` : comparison;
  const { stages } = analyse(text, context);
  const source = stages[0];
  if (source === undefined || source.role !== 'source') return null;
  const isMade = stages.some(({ derives }) => derives?.some(({ name }) => name === addition.field));
  const aggregate = stages.findIndex(({ role }) => role === 'aggregate');
  const reachable = isMade || aggregate < 0 ? stages : stages.slice(0, aggregate);
  const filters = reachable.filter((stage) => stage.kind === 'where' && stage.predicate !== undefined);

  for (const { predicate } of filters) {
    const host = joinableOf(predicate!, addition, (test) => formOf(text, test) !== null && formOf(text, test) === listOf(addition.op));
    if (host !== null) return intoList(text, host, patternOf(addition));
  }
  const last = filters.at(-1);
  if (last?.predicate !== undefined) return asConjunct(text, last, last.predicate, `and ${condition}`);
  return [{ span: { start: source.span.end, end: source.span.end }, text: `\n| where ${condition}` }];
}

/** How a test's values are written: plain ones after `==` or `in`, patterns after `like`; null for what a value cannot join. */
function formOf(text: string, { left: field, values, word: op }: Test): 'plain' | 'pattern' | null {
  if (field === null || values.length === 0 || (op !== 'eq' && op !== 'in' && op !== 'wildcard')) return null;
  const sign = text
    .slice(field.span.end, field.span.end + 20)
    .trimStart()
    .toLowerCase();
  if (/^(?:in\b|==)/.test(sign)) return 'plain';
  return /^like\b/.test(sign) ? 'pattern' : null;
}

const listOf = (op: Operator): 'plain' | 'pattern' | null =>
  op === 'eq' || op === 'in'
    ? 'plain'
    : op === 'contains' || op === 'starts_with' || op === 'ends_with' || op === 'wildcard' || op === 'like'
      ? 'pattern'
      : null;

function intoList(text: string, host: Test, value: string): readonly TextEdit[] {
  const start = host.values[0]!.span.start;
  const end = Math.max(...host.values.map(({ span }) => span.end));
  const from = host.left!.span.end;
  if (/\(\s*$/.test(text.slice(from, start))) return [{ span: { start: end, end }, text: `, ${value}` }];
  const word = host.word === 'wildcard' ? 'like' : 'in';
  return [
    { span: { start: from, end: start }, text: ` ${word} (` },
    { span: { start: end, end }, text: `, ${value})` },
  ];
}

/** Alternatives without parentheses around them get some first. */
function asConjunct(text: string, stage: Stage, predicate: Predicate, clause: string): readonly TextEdit[] {
  const { start, end } = predicate.span;
  const isOpen = predicate.kind === 'any' && predicate.of.length > 1 && predicate.of[0]!.span.start === start;
  const gap = text.slice(stage.span.start, stage.span.end).trim().includes('\n') ? '\n  ' : ' ';
  if (!isOpen) return [{ span: { start: end, end }, text: `${gap}${clause}` }];
  return [
    { span: { start, end: start }, text: '(' },
    { span: { start: end, end }, text: `)${gap}${clause}` },
  ];
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}"`;
/** A text as a LIKE pattern without wildcards. */
const plain = (text: string): string => text.replace(/[\\*?]/g, '\\$&');

function patternOf({ op, value }: Addition): string {
  switch (op) {
    case 'contains':
      return quoted(`*${plain(value)}*`);
    case 'starts_with':
      return quoted(`${plain(value)}*`);
    case 'ends_with':
      return quoted(`*${plain(value)}`);
    case 'wildcard':
    case 'like':
      return quoted(value.replace(/\\/g, '\\\\'));
    default:
      return quoted(value);
  }
}

const SIGNS: Partial<Readonly<Record<Operator, string>>> = { eq: '==', in: '==', gt: '>', ge: '>=', lt: '<', le: '<=' };

function comparisonOf(addition: Addition): string | null {
  const { op, value } = addition;
  const field = addition.field
    .split('.')
    .map((part) => (/^[A-Za-z_@][\w@]*$/.test(part) ? part : `\`${part.replaceAll('`', '``')}\``))
    .join('.');
  const sign = SIGNS[op];
  if (sign !== undefined) return `${field} ${sign} ${op !== 'eq' && op !== 'in' && /^-?\d+(?:\.\d+)?$/.test(value) ? value : quoted(value)}`;
  switch (op) {
    case 'contains':
    case 'starts_with':
    case 'ends_with':
    case 'wildcard':
    case 'like':
      return `${field} like ${patternOf(addition)}`;
    case 'regex_match':
    case 'match':
      return `${field} rlike ${value.includes('"""') || value.endsWith('"') ? quoted(value) : `"""${value}"""`}`;
    case 'cidr_match':
      return `cidr_match(${field}, ${quoted(value)})`;
    case 'is_null':
      return `${field} is null`;
    case 'is_not_null':
      return `${field} is not null`;
    default:
      return null;
  }
}
