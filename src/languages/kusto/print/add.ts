import { columnsOfTable } from '../../../knowledge/tables';
import type { Addition, Operator, Predicate, Span, Stage, Test, TextEdit } from '../../../model';
import { beside, holdsPlace, joinableOf } from '../../../syntax/conjuncts';
import { ORDERS } from '../../../syntax/orders';
import { rowTest } from '../../../syntax/row-test';
import { analyse } from '../lower/analyse';
import { isNumber } from '../lower/type';
import { print, quoted } from './print';

/**
 * Edits that write a row into a query: into the field's own list, for an exclusion else as `| where not(…)` after the last condition on the source's columns,
 * for an indicator else as one more `and`. Conditions on the source's columns belong before the first aggregation. Null where the query has no rows to filter.
 */
export function add(text: string, addition: Addition): readonly TextEdit[] | null {
  const { stages, sources } = analyse(text);
  const first = stages[0];
  if (first === undefined || first.role === 'unread') return null;
  const isNumeric = sources.some(({ name }) => isNumber(columnsOfTable(name)?.get(addition.field) ?? ''));
  const comparison = comparisonOf(addition, isNumeric);
  if (comparison === null) return null;
  const isMade = stages.some(({ derives }) => derives?.some(({ name }) => name === addition.field));
  const aggregate = stages.findIndex(({ role }) => role === 'aggregate');
  const reachable = isMade || aggregate < 0 ? stages : stages.slice(0, aggregate);
  const { at } = addition;
  const filters = reachable.filter(({ kind, predicate, span }) => kind === 'where' && predicate !== undefined && holdsPlace(span, at));
  if (at !== undefined && filters.length === 0) return null;
  for (const { predicate, span } of filters) {
    const host = joinableOf(predicate!, addition, (test) => operatorOf(text, test, span) !== null && fits(test, addition.op));
    if (host !== null) return intoList(text, host, literalOf(addition.value, isNumeric));
    const alike = joinableOf(predicate!, addition, (test) => isAlike(test, addition.op, span));
    if (alike !== null) return beside(predicate!, alike, ` or ${comparison}`);
  }
  const last = filters.at(-1);
  if (addition.polarity === 'indicator' && last?.predicate !== undefined) return asConjunct(text, last, last.predicate, comparison);
  const after = last ?? reachable.findLast(({ role }) => role === 'derive' || role === 'source' || role === 'combine') ?? first;
  const condition = addition.polarity === 'exclusion' ? `where not(${comparison})` : `where ${comparison}`;
  return [{ span: { start: after.span.end, end: after.span.end }, text: `\n| ${condition}` }];
}

/** Operators whose values a value can join, each with the list that takes several. */
const LISTS: Readonly<Record<string, string>> = {
  in: 'in',
  'in~': 'in~',
  '!in': '!in',
  '!in~': '!in~',
  has_any: 'has_any',
  '==': 'in',
  '=~': 'in~',
  has: 'has_any',
};

/** The operator of a comparison of a column with values that stand beside it; null where no value can join, as with those folded in from a let. */
function operatorOf(text: string, { left, values, operator, every }: Test, stage: Span): string | null {
  if (left?.kind !== 'field' || operator === undefined || every === true || values.length === 0) return null;
  if (values.some((value) => value.kind !== 'literal' || value.origin !== undefined || value.span.start < operator.end || value.span.end > stage.end))
    return null;
  const word = text.slice(operator.start, operator.end);
  return Object.hasOwn(LISTS, word) ? word : null;
}

const EQUALITY: ReadonlySet<Operator> = new Set(['eq', 'in']);
const fits = (test: Test, op: Operator): boolean =>
  EQUALITY.has(test.word) ? EQUALITY.has(op) : test.word === 'contains' && test.compare === 'token' && op === 'contains' && test.modifiers === undefined;

function intoList(text: string, { values, operator }: Test, value: string): readonly TextEdit[] {
  const { start, end } = operator!;
  const last = values.reduce((found, { span }) => Math.max(found, span.end), 0);
  const word = text.slice(start, end);
  const list = LISTS[word]!;
  if (list === word) return [{ span: { start: last, end: last }, text: `, ${value}` }];
  const from = values[0]!.span.start;
  return [
    { span: { start, end: from }, text: `${list} (` },
    { span: { start: last, end: last }, text: `, ${value})` },
  ];
}

/** Parts of texts, for which there is no list. */
const PARTS: ReadonlySet<Operator> = new Set(['contains', 'starts_with', 'ends_with']);

/** Whether a comparison asks for a part of a text in the same way, with a value that stands beside it. */
const isAlike = ({ word, compare, values, every, modifiers }: Test, op: Operator, stage: Span): boolean =>
  PARTS.has(op) &&
  word === op &&
  compare === 'equals' &&
  every !== true &&
  modifiers === undefined &&
  values.length === 1 &&
  values[0]!.kind !== 'field' &&
  stage.start <= values[0]!.span.start &&
  values[0]!.span.end <= stage.end;

/** Alternatives without brackets around them get some first. */
function asConjunct(text: string, stage: Stage, predicate: Predicate, comparison: string): readonly TextEdit[] {
  const { start, end } = predicate.span;
  const gap = text.slice(stage.span.start, stage.span.end).includes('\n') ? '\n    and ' : ' and ';
  if (predicate.kind !== 'any') return [{ span: { start: stage.span.end, end: stage.span.end }, text: `${gap}${comparison}` }];
  return [
    { span: { start, end: start }, text: '(' },
    { span: { start: end, end }, text: `)${gap}${comparison}` },
  ];
}

const literalOf = (value: string, isNumeric: boolean): string => (isNumeric && /^-?\d+(?:\.\d+)?$/.test(value) ? value : quoted(value));

/** Kinds whose value is a number wherever it looks like one; of every other kind the column says so. */

/** The row as a condition; null for kinds that say nothing alone. */
function comparisonOf(addition: Addition, isNumeric: boolean): string | null {
  const { op } = addition;
  if (op === 'keyword' || op === 'term' || op === 'between' || op === 'field_eq') return null;
  const row = rowTest(addition, 're2');
  const isText = !isNumeric && !(op in ORDERS);
  const values = row.values.map((value) => (value.kind === 'literal' && isText ? { ...value, type: 'string' as const } : value));
  // Whether there is a value: an empty text is none.
  const compare = row.compare === 'exists' ? 'filled' : row.compare === 'absent' ? 'empty' : row.compare;
  const fold = row.compare === 'regex' ? ('exact' as const) : row.case;
  const printed = print({ ...row, compare, values, case: fold });
  return 'text' in printed ? printed.text : null;
}
