import type { Addition, Context, Missing, Operand, Predicate, Stage, Test, TextEdit } from '../../../model';
import { ecsFieldOf } from '../../../knowledge/ecs';
import { beside, holdsPlace, joinableOf } from '../../../syntax/conjuncts';
import { rowTest } from '../../../syntax/row-test';
import { analyse } from '../lower/analyse';
import { printCondition } from './print';

/**
 * Edits that write a row into a query: into the field's own list, else as a further `and` of a `where`, else as a `where` of its own after the source.
 * Conditions on the source's fields belong before the first aggregation. Null for kinds ES|QL cannot say.
 */
export function add(text: string, addition: Addition, context: Context): readonly TextEdit[] | null {
  const test = testOf(addition);
  const printed = printCondition(addition.polarity === 'exclusion' ? { kind: 'not', span: test.span, of: test } : test);
  if ('refused' in printed) return null;
  const { stages } = analyse(text, context);
  const source = stages.find(({ kind }) => kind !== 'set');
  if (source === undefined || source.role !== 'source') return null;
  const isMade = stages.some(({ derives }) => derives?.some(({ name }) => name === addition.field));
  const aggregate = stages.findIndex(({ role }) => role === 'aggregate');
  const reachable = isMade || aggregate < 0 ? stages : stages.slice(0, aggregate);
  const { at } = addition;
  const filters = reachable.filter(({ kind, predicate, span }) => kind === 'where' && predicate !== undefined && holdsPlace(span, at));
  if (at !== undefined && filters.length === 0) return null;

  const form = formOfRow(addition);
  for (const { predicate } of filters) {
    const host = form === null ? null : joinableOf(predicate!, addition, (other) => formOf(text, other) === form);
    const value = host === null ? null : memberOf(exactTest(addition));
    if (host !== null && value !== null) return intoList(text, host, value);
    const alike = form === 'pattern' ? joinableOf(predicate!, addition, (other) => isAlike(other, test)) : null;
    if (alike !== null) return beside(predicate!, alike, ` or ${printed.text}`);
  }
  const last = filters.at(-1);
  if (last?.predicate !== undefined) return asConjunct(text, last, last.predicate, `and ${printed.text}`);
  return [{ span: { start: source.span.end, end: source.span.end }, text: `\n| where ${printed.text}` }];
}

/** The row as ES|QL compares, letters' case counting: a number only where the field holds numbers, and no value gives neither true nor false. */
function exactTest(addition: Addition): Test {
  const row = rowTest(addition, 'lucene');
  const known = ecsFieldOf(addition.field)?.type;
  const isNumeric = known === 'long' || known === 'float' || (known === undefined && row.compare !== 'equals');
  const values = row.values.map((value): Operand => {
    if (value.kind === 'regex') return { ...value, whole: true };
    if (value.kind !== 'literal') return value;
    if (known === 'boolean' && /^(?:true|false)$/.test(value.text)) return { ...value, type: 'boolean' };
    return { ...value, type: isNumeric && row.compare !== 'cidr' ? value.type : 'string' };
  });
  const missing: Missing = row.compare === 'exists' ? 'false' : row.compare === 'absent' ? 'true' : 'unknown';
  const isText = values.some((value) => value.kind === 'glob' || value.kind === 'regex' || (value.kind === 'literal' && value.type === 'string'));
  return { ...row, values, missing, case: isText ? 'exact' : 'fold' };
}

/** The row whatever the case of letters: texts with letters are compared in small ones. */
function testOf(addition: Addition): Test {
  const test = exactTest(addition);
  const { left, values } = test;
  const isCased =
    test.compare === 'equals' &&
    left !== null &&
    values.some((value) => textOf(value) !== textOf(value).toUpperCase() || textOf(value) !== textOf(value).toLowerCase());
  const type = ecsFieldOf(addition.field)?.type;
  if (!isCased || left === null || type === 'ip' || type === 'date' || type === 'boolean') return test;
  const lowered: Operand = { kind: 'call', span: left.span, fn: 'to_lower', name: left.span, args: [left], written: '' };
  return { ...test, left: lowered, values: values.map(inSmallLetters) };
}

const textOf = (value: Operand): string =>
  value.kind === 'literal' && value.type === 'string'
    ? value.text
    : value.kind === 'glob'
      ? value.parts.map((part) => (typeof part === 'object' && 'text' in part ? part.text : '')).join('')
      : '';

function inSmallLetters(value: Operand): Operand {
  if (value.kind === 'literal' && value.type === 'string') return { ...value, text: value.text.toLowerCase() };
  if (value.kind !== 'glob') return value;
  return { ...value, parts: value.parts.map((part) => (typeof part === 'object' && 'text' in part ? { text: part.text.toLowerCase() } : part)) };
}

/** Whether two tests ask for a part of a text in the same way. */
const isAlike = (a: Test, b: Test): boolean => a.compare === b.compare && a.word === b.word && a.every !== true && a.values.length === 1;

type Form = 'plain' | 'pattern';

/** How a test's values are written: plain ones after `==` or `in`, patterns after `like`; null for what a value cannot join. */
function formOf(text: string, { operator, values }: Test): Form | null {
  if (operator === undefined || values.length === 0) return null;
  const sign = text.slice(operator.start, operator.end).toLowerCase();
  return sign === '==' || /\bin$/.test(sign) ? 'plain' : /\blike$/.test(sign) ? 'pattern' : null;
}

function formOfRow({ op }: Addition): Form | null {
  if (op === 'eq' || op === 'in') return 'plain';
  return op === 'contains' || op === 'starts_with' || op === 'ends_with' || op === 'wildcard' || op === 'like' ? 'pattern' : null;
}

/** The row's value as a member of a list. */
function memberOf(test: Test): string | null {
  const [value] = test.values;
  if (value === undefined) return null;
  const word = value.kind === 'glob' ? 'wildcard' : 'eq';
  const printed = printCondition({ ...test, left: { kind: 'field', name: 'x', span: test.span }, word });
  return 'refused' in printed ? null : printed.text.slice(word === 'eq' ? 'x == '.length : 'x like '.length);
}

function intoList(text: string, host: Test, value: string): readonly TextEdit[] {
  const { start } = host.values[0]!.span;
  const { end } = host.values.at(-1)!.span;
  const sign = host.operator!;
  if (text.slice(sign.end, start).trimStart().startsWith('(')) return [{ span: { start: end, end }, text: `, ${value}` }];
  const isEqual = text.slice(sign.start, sign.end) === '==';
  return [
    ...(isEqual ? [{ span: { start: sign.start, end: sign.end }, text: 'in' }] : []),
    { span: { start, end: start }, text: '(' },
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
