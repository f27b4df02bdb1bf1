import type { Addition, Missing, Operand, Predicate, Stage, Test, TextEdit } from '../../../model';
import { ecsFieldOf } from '../../../knowledge/ecs';
import { fieldNameOf } from '../../../syntax/classify';
import { holdsPlace, joinableOf } from '../../../syntax/conjuncts';
import { rowTest } from '../../../syntax/row-test';
import { walkTests } from '../../../syntax/walk';
import { analyse } from '../lower/analyse';
import { printCondition } from './print';

/** Edits that write a row into a query: into the field's own list where there is one, else as a further `and` of its event. Null for kinds EQL cannot say. */
export function add(text: string, addition: Addition): readonly TextEdit[] | null {
  const test = testOf(addition);
  const printed = printCondition(addition.polarity === 'exclusion' ? { kind: 'not', span: test.span, of: test } : test);
  if ('refused' in printed) return null;
  const { stages } = analyse(text);
  const events = stages.filter(
    ({ kind, role, predicate, evidence, span }) =>
      predicate !== undefined && evidence === undefined && kind !== 'filter' && (role === 'filter' || role === 'sequence') && holdsPlace(span, addition.at),
  );
  const stage = events.find((event) => holdsField(event, addition.field)) ?? events[0];
  if (stage?.predicate === undefined) return text.trim() === '' ? [{ span: { start: 0, end: text.length }, text: `any where ${printed.text}` }] : null;

  const value = colonValue(test);
  const host = value === null ? null : joinableOf(stage.predicate, addition, (other) => canJoin(text, other, test));
  if (host !== null && value !== null) return intoList(text, host, value);
  return asConjunct(text, stage.predicate, `and ${printed.text}`);
}

/** The row as EQL compares: a number only where the field holds numbers, and no value gives neither true nor false. */
function testOf(addition: Addition): Test {
  const row = rowTest(addition, 'lucene');
  const known = ecsFieldOf(addition.field)?.type;
  const isNumeric = known === 'long' || known === 'float' || (known === undefined && row.compare !== 'equals');
  const values = row.values.map((value): Operand => {
    if (value.kind === 'regex') return { ...value, whole: true };
    if (value.kind !== 'literal' || row.compare === 'cidr') return value.kind === 'literal' ? { ...value, type: 'string' } : value;
    if (known === 'boolean' && /^(?:true|false)$/.test(value.text)) return { ...value, type: 'boolean' };
    return { ...value, type: isNumeric ? value.type : 'string' };
  });
  const missing: Missing = row.compare === 'exists' ? 'false' : row.compare === 'absent' ? 'true' : 'unknown';
  return { ...row, values, missing };
}

function holdsField({ predicate }: Stage, field: string): boolean {
  let holds = false;
  if (predicate !== undefined) walkTests(predicate, (test) => (holds ||= fieldNameOf(test) === field));
  return holds;
}

/** The value as a member of a list after `:`; null for what is compared in another way. */
function colonValue(test: Test): string | null {
  const printed = printCondition(test);
  if (test.compare !== 'equals' || 'refused' in printed || test.values.length !== 1) return null;
  const [name] = [printCondition({ ...test, compare: 'exists', missing: 'false', values: [], word: 'is_not_null' })];
  const field = 'text' in name ? name.text.slice(0, -' != null'.length) : '';
  const rest = printed.text.slice(field.length);
  const sign = [' : ', ' == ', ' like~ '].find((start) => rest.startsWith(start));
  return sign === undefined ? null : rest.slice(sign.length);
}

const signOf = (text: string, { operator }: Test): string => (operator === undefined ? '' : text.slice(operator.start, operator.end));

/** A list after `:` takes any value, one after `in` only plain ones. */
function canJoin(text: string, host: Test, row: Test): boolean {
  const sign = signOf(text, host);
  return host.values.length > 0 && (sign === ':' || (/^in\b/.test(sign) && row.values[0]?.kind === 'literal'));
}

function intoList(text: string, host: Test, value: string): readonly TextEdit[] {
  const first = host.values[0]!.span;
  const { end } = host.values.at(-1)!.span;
  if (text.slice(host.operator!.end, first.start).trimStart().startsWith('(')) return [{ span: { start: end, end }, text: `, ${value}` }];
  return [
    { span: { start: first.start, end: first.start }, text: '(' },
    { span: { start: end, end }, text: `, ${value})` },
  ];
}

/** Alternatives without parentheses around them get some first. */
function asConjunct(text: string, predicate: Predicate, clause: string): readonly TextEdit[] {
  const { start, end } = predicate.span;
  const gap = text.slice(start, end).includes('\n') ? '\n  ' : ' ';
  if (!isOpen(predicate)) return [{ span: { start: end, end }, text: `${gap}${clause}` }];
  return [
    { span: { start, end: start }, text: '(' },
    { span: { start: end, end }, text: `)${gap}${clause}` },
  ];
}

/** Alternatives joined by `or`, without parentheses; a list of values is none. */
function isOpen(predicate: Predicate): boolean {
  if (predicate.kind !== 'any' || predicate.of.length < 2 || predicate.of[0]!.span.start !== predicate.span.start) return false;
  const signs = new Set(predicate.of.map((part) => (part.kind === 'test' ? part.operator?.start : undefined)));
  return signs.size > 1 || signs.has(undefined);
}
