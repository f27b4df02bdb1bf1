import type { Addition, Operator, Predicate, Stage, Test, TextEdit } from '../../model';
import { joinableOf } from '../../syntax/conjuncts';
import { walkTests } from '../../syntax/walk';
import { analyse } from './analyse';
import { fieldNameOf } from '../../syntax/classify';

/** Edits that write a row into a query: into the field's own list where there is one, else as a further `and` of its event. Null for kinds EQL cannot say. */
export function add(text: string, addition: Addition): readonly TextEdit[] | null {
  const comparison = comparisonOf(addition);
  if (comparison === null) return null;
  const isExclusion = addition.polarity === 'exclusion';
  const { stages } = analyse(text);
  const events = stages.filter(
    (stage) =>
      stage.predicate !== undefined && stage.evidence === undefined && (stage.role === 'filter' || stage.role === 'sequence') && stage.kind !== 'filter',
  );
  const stage = events.find((event) => holdsField(event, addition.field)) ?? events[0];
  if (stage?.predicate === undefined)
    return text.trim() === '' ? [{ span: { start: 0, end: text.length }, text: `any where ${isExclusion ? 'not ' : ''}${comparison}` }] : null;

  const value = patternOf(addition);
  const host = value === null ? null : joinableOf(stage.predicate, addition, (test) => canJoin(text, test, addition.op));
  if (host !== null && value !== null) return intoList(text, host, value);
  return asConjunct(text, stage.predicate, `and ${isExclusion ? 'not ' : ''}${comparison}`);
}

function holdsField({ predicate }: Stage, field: string): boolean {
  let holds = false;
  if (predicate !== undefined) walkTests(predicate, (test) => (holds ||= fieldNameOf(test) === field));
  return holds;
}

/** A list after `:` takes any value, one after `in` only plain ones. */
function canJoin(text: string, { left: field, values }: Test, op: Operator): boolean {
  if (field === null || values.length === 0) return false;
  const sign = text.slice(field.span.end, field.span.end + 40).trimStart();
  return sign.startsWith(':') || (/^in\s*~?\s*\(/.test(sign) && (op === 'eq' || op === 'in'));
}

function intoList(text: string, host: Test, value: string): readonly TextEdit[] {
  const first = host.values[0]!.span;
  const end = Math.max(...host.values.map(({ span }) => span.end));
  const isListed = /^[\s:]*\(/.test(text.slice(host.left!.span.end, host.left!.span.end + 40)) || !/^\s*:/.test(text.slice(host.left!.span.end, first.start));
  if (isListed) return [{ span: { start: end, end }, text: `, ${value}` }];
  return [
    { span: { start: first.start, end: first.start }, text: '(' },
    { span: { start: end, end }, text: `, ${value})` },
  ];
}

/** Alternatives without parentheses around them get some first. */
function asConjunct(text: string, predicate: Predicate, clause: string): readonly TextEdit[] {
  const { start, end } = predicate.span;
  const isOpen = predicate.kind === 'any' && predicate.of.length > 1 && predicate.of[0]!.span.start === start;
  const gap = text.slice(start, end).includes('\n') ? '\n  ' : ' ';
  if (!isOpen) return [{ span: { start: end, end }, text: `${gap}${clause}` }];
  return [
    { span: { start, end: start }, text: '(' },
    { span: { start: end, end }, text: `)${gap}${clause}` },
  ];
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}"`;

/** The value as `:` takes it. */
function patternOf({ op, value }: Addition): string | null {
  switch (op) {
    case 'eq':
    case 'in':
    case 'wildcard':
    case 'like':
      return quoted(value);
    case 'contains':
      return quoted(`*${value}*`);
    case 'starts_with':
      return quoted(`${value}*`);
    case 'ends_with':
      return quoted(`*${value}`);
    default:
      return null;
  }
}

const SIGNS: Partial<Readonly<Record<Operator, string>>> = { gt: '>', ge: '>=', lt: '<', le: '<=' };

function comparisonOf(addition: Addition): string | null {
  const { op, value } = addition;
  const field = addition.field
    .split('.')
    .map((part) => (/^[A-Za-z_@][\w@]*$/.test(part) ? part : `\`${part.replaceAll('`', '``')}\``))
    .join('.');
  const pattern = patternOf(addition);
  if (pattern !== null) return `${field} : ${pattern}`;
  const sign = SIGNS[op];
  if (sign !== undefined) return `${field} ${sign} ${/^-?\d+(?:\.\d+)?$/.test(value) ? value : quoted(value)}`;
  switch (op) {
    case 'is_null':
      return `${field} == null`;
    case 'is_not_null':
      return `${field} != null`;
    case 'regex_match':
    case 'match':
      return `${field} regex~ ${value.includes('"""') || value.endsWith('"') ? quoted(value) : `"""${value}"""`}`;
    case 'cidr_match':
      return `cidrMatch(${field}, ${quoted(value)})`;
    default:
      return null;
  }
}
