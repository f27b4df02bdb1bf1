import type {
  Analysis,
  ColumnRef,
  Diagnostic,
  Operand,
  Operation,
  Parameter,
  Predicate,
  SequenceStep,
  SortKey,
  Span,
  Stage,
  Test,
  TimeBound,
} from '../../../model';
import { subjectOf } from '../../../syntax/classify';
import { allOf, placeOf, unread } from '../../../syntax/predicates';
import type { EqlCode } from '../diagnostics';
import { CHECKS } from '../lint/checks';
import { typeErrors } from '../lint/types';
import { lex, tokensOf } from '../parse/lexer';
import { parse } from '../parse/parser';
import type { EventNode, ItemNode, Node, PipeNode, QueryNode, SeriesNode } from '../tree';
import { lower, operandOf } from './condition';
import { lastStart } from '../../../syntax/binary-search';
import { told } from '../../../syntax/told';

const NOTHING = { arrays: new Map<string, string>(), events: new Set<string>() } as const;
const condition = (text: string, node: Node, events: ReadonlySet<string> = NOTHING.events): Predicate => lower({ ...NOTHING, text, events }, node);
const operand = (text: string, node: Node): Operand => operandOf({ ...NOTHING, text }, node);

/** The analysis of one query: a stage for the event or for each item of a sequence or sample, and one for each pipe. */
export function analyse(text: string): Analysis {
  const lexemes = lex(text);
  const { query, skipped, diagnostics } = parse(text, lexemes);
  const stages = [...bodyStages(text, query), ...query.pipes.map((pipe) => pipeStage(text, pipe, skipped))];
  const series = query.body?.kind === 'event' ? null : query.body;
  // What had to be skipped may say anything.
  const lost = skipped.map((span) => unread(span, 'syntax-error'));
  if (series !== null && series.items.length === 0) lost.push(unread(series, 'syntax-error'));
  const demands = [...stages.flatMap(({ predicate }) => (predicate === undefined ? [] : [predicate])), ...lost];
  const predicate: Predicate = demands.length === 1 ? demands[0]! : { kind: 'all', span: { start: 0, end: text.length }, of: demands };
  const analysis: Analysis = {
    language: 'eql',
    tokens: tokensOf(text, lexemes),
    sources: [],
    stages,
    predicate,
    terms: [],
    bindings: [],
    outputs: [],
    groupBy: [...new Set(stages.flatMap((stage) => (stage.groupBy ?? []).map(({ name }) => name)))].sort(),
    times: series === null ? [] : timesOf(series),
    diagnostics: [],
  };
  const advice = CHECKS.flatMap(({ check }) => check(text, analysis));
  return { ...analysis, diagnostics: told(text, withoutEchoes(text, [...diagnostics, ...typeErrors(query), ...advice])) };
}

/** What is told of what the form says, and not of the form itself. */
const ECHOES: ReadonlySet<string> = new Set(['eql/wrong-type', 'eql/arguments', 'eql/short-sequence'] satisfies readonly EqlCode[]);

/**
 * Remarks on types and numbers where the form is wrong already, in what they are about or right behind it, say nothing new, nor do those behind a bracket
 * that is not closed: what stands there belongs elsewhere. What was skipped may be an item of the sequence.
 */
function withoutEchoes(text: string, remarks: readonly Diagnostic[]): readonly Diagnostic[] {
  const formal = remarks.filter(({ code, severity }) => severity === 'error' && !ECHOES.has(code)).sort((a, b) => a.span.start - b.span.start);
  if (formal.length === 0) return remarks;
  const starts = formal.map(({ span }) => span.start);
  const open = formal.flatMap(({ code, span }) => (code === 'eql/unclosed' && text[span.start] === '(' ? [span.start] : []));
  const walls = [...text.matchAll(/[|[\]]/g)].map(({ index }) => index);
  return remarks.filter(({ code, span }) => {
    if (!ECHOES.has(code)) return true;
    if (code === 'eql/short-sequence') return false;
    const opened = lastUpTo(open, span.start);
    return lastUpTo(starts, span.end + 1) < span.start && (opened < 0 || opened < lastUpTo(walls, span.start));
  });
}

/** The last of rising offsets that is not above one; -1 where all are. */
function lastUpTo(offsets: readonly number[], offset: number): number {
  const found = offsets[lastStart(offsets, offset)] ?? -1;
  return found > offset ? -1 : found;
}

const timesOf = ({ maxspan }: SeriesNode): readonly TimeBound[] => (maxspan === null ? [] : [{ kind: 'maxspan', text: maxspan.text, span: placeOf(maxspan) }]);

function bodyStages(text: string, { body }: QueryNode): readonly Stage[] {
  if (body === null) return [];
  if (body.kind === 'event') {
    const predicate = condition(text, body.event.condition);
    const filter: Operation = { kind: 'filter', span: placeOf(body), predicate: ofCategory(body.event, predicate) };
    return [{ kind: body.event.category.text, role: 'filter', span: placeOf(body), operations: [filter], predicate }];
  }
  const events = new Set(body.items.flatMap(({ name }) => (name === null ? [] : [name.text])));
  const predicates = body.items.map(({ event }) => condition(text, event.condition, events));
  const operation = seriesOperation(text, body, predicates);
  return body.items.map((item, index) => itemStage(text, body, item, predicates[index]!, index === 0 ? operation : null));
}

/** The condition with that on the event's category, which the word before `where` is. */
function ofCategory({ category }: EventNode, predicate: Predicate): Predicate {
  if (category.text === 'any') return predicate;
  const span = placeOf(category);
  const isCategory: Test = {
    kind: 'test',
    span,
    left: { kind: 'field', name: 'event.category', span },
    compare: 'equals',
    values: [{ kind: 'literal', span, type: 'string', text: category.text }],
    case: 'exact',
    missing: 'unknown',
    word: 'eq',
  };
  return allOf([isCategory, predicate], { start: span.start, end: predicate.span.end });
}

/** A key that joins events; one written with `?` may be missing in all of them. */
function keyOf(text: string, node: Node): Operand {
  const key = operand(text, node);
  if (node.kind !== 'field' || !node.isOptional) return key;
  return {
    kind: 'call',
    span: placeOf(node),
    fn: '?',
    name: { start: node.start, end: node.start + 1 },
    args: [key],
    written: text.slice(node.start, node.end),
  };
}

function seriesOperation(text: string, series: SeriesNode, predicates: readonly Predicate[]): Operation {
  const span = placeOf(series);
  if (series.kind === 'join') return unread(span, 'unmodelled', 'join');
  const stepOf = (item: ItemNode, index: number): SequenceStep => ({
    span: placeOf(item),
    ...(item.name === null ? null : { name: item.name.text }),
    ...(item.event.category.text === 'any' ? null : { category: item.event.category.text }),
    predicate: predicates[index]!,
    by: [...series.by, ...item.by].map((node) => keyOf(text, node)),
    ...(item.isMissing ? { absent: true as const } : null),
    ...(item.runs === null ? null : { runs: item.runs.count }),
  });
  const steps = series.items.map(stepOf);
  const until = steps.find((_, index) => series.items[index]!.role === 'until');
  return {
    kind: 'sequence',
    span,
    how: series.kind,
    steps: steps.filter((step) => step !== until),
    by: series.by.map((node) => keyOf(text, node)),
    ...(series.maxspan === null ? null : { maxspan: series.maxspan.text }),
    ...(until === undefined ? null : { until }),
  };
}

function itemStage(text: string, series: SeriesNode, item: ItemNode, predicate: Predicate, operation: Operation | null): Stage {
  const { category } = item.event;
  const by = [...series.by, ...item.by];
  const parameters: Parameter[] = [];
  const put = (name: string, value: string, span: Span): void => void parameters.push({ name, value, span: placeOf(span) });
  // What holds for the whole series is said once, with its first item.
  if (operation !== null) put('series', series.kind, { start: series.start, end: series.start + series.kind.length });
  if (operation !== null && series.maxspan !== null) put('maxspan', series.maxspan.text, series.maxspan);
  if (by.length > 0) {
    const written = item.by.length > 0 ? item.by : series.by;
    put('by', by.map((node) => nameOf(text, node)).join(', '), { start: written[0]!.start, end: written.at(-1)!.end });
  }
  if (item.runs !== null) put('runs', String(item.runs.count), item.runs);
  if (item.name !== null) put('as', item.name.text, item.name);
  const isUntil = item.role === 'until';
  return {
    kind: isUntil ? 'until' : category.text,
    role: 'sequence',
    span: placeOf(item),
    ...(isUntil ? { label: category.text } : by.length > 0 ? { label: `by ${by.map((node) => nameOf(text, node)).join(', ')}` } : null),
    ...(operation === null ? null : { operations: [operation] }),
    predicate,
    ...(isUntil || item.isMissing ? { evidence: 'absent' as const } : null),
    ...(by.length > 0 ? { groupBy: by.map((node) => columnOf(text, node)) } : null),
    ...(parameters.length > 0 ? { parameters } : null),
  };
}

const nameOf = (text: string, node: Node): string => (node.kind === 'field' ? node.name : text.slice(node.start, node.end));

const columnOf = (text: string, node: Node): ColumnRef => {
  const subject = subjectOf(operand(text, node));
  return { name: subject?.name ?? nameOf(text, node), span: placeOf(node) };
};

const ROLES: ReadonlyMap<string, Stage['role']> = new Map([
  ['filter', 'filter'],
  ['count', 'aggregate'],
  ['unique_count', 'aggregate'],
  ['head', 'shape'],
  ['tail', 'shape'],
  ['sort', 'shape'],
  ['unique', 'shape'],
]);

function pipeStage(text: string, pipe: PipeNode, skipped: readonly Span[]): Stage {
  const name = pipe.name.text.toLowerCase();
  const span = placeOf(pipe);
  const lost = skipped.filter(({ start, end }) => pipe.start <= start && end <= pipe.end);
  const predicate = name === 'filter' ? filterOf(text, pipe.of, lost) : undefined;
  const operation = pipeOperation(text, name, pipe, predicate);
  return {
    kind: name || 'pipe',
    role: ROLES.get(name) ?? 'unread',
    span,
    operations: [operation],
    ...(predicate === undefined ? null : { predicate }),
  };
}

/** A filter's condition; what stands beside it is no part of one. */
function filterOf(text: string, [first, ...others]: readonly Node[], skipped: readonly Span[]): Predicate | undefined {
  if (first === undefined) return undefined;
  const only = condition(text, first);
  const rest: readonly Span[] = [...others, ...skipped];
  return rest.length === 0
    ? only
    : allOf([only, ...rest.map((span) => unread(span, 'syntax-error'))], {
        start: first.start,
        end: rest.reduce((last, { end }) => Math.max(last, end), first.end),
      });
}

function pipeOperation(text: string, name: string, pipe: PipeNode, predicate: Predicate | undefined): Operation {
  const span = placeOf(pipe);
  const of = pipe.of.map((node) => operand(text, node));
  const [first] = of;
  switch (name) {
    case 'head':
    case 'tail':
      if (first === undefined || of.length > 1) break;
      return { kind: 'limit', span, count: first, ...(name === 'tail' ? { end: 'tail' as const } : null) };
    case 'filter':
      if (predicate === undefined || of.length > 1) break;
      return { kind: 'filter', span, predicate };
    case 'sort':
      return { kind: 'sort', span, by: of.map((key): SortKey => ({ of: key, descending: false })) };
    case 'unique':
      return { kind: 'distinct', span, by: of, keep: true };
    case 'unique_count':
      return { kind: 'distinct', span, by: of, keep: true, options: [{ name: 'count', value: 'true' }] };
    case 'count':
      return {
        kind: 'aggregate',
        span,
        how: 'group',
        measures: [{ name: 'count', span: placeOf(pipe.name), fn: 'count', args: [] }],
        by: of.map((value) => ({ name: subjectOf(value)?.name ?? 'key', span: value.span, value })),
      };
  }
  return unread(span, name === '' ? 'syntax-error' : 'unmodelled', `pipe ${name.slice(0, 40)}`);
}
