import type { Analysis, Diagnostic, Parameter, Predicate, Stage, TimeBound } from '../../model';
import type { WrittenField } from '../../syntax/written-test';
import { check } from './check';
import { lex, tokensOf } from './lexer';
import { fieldOf, lower } from './lower';
import { parse } from './parser';
import type { ItemNode, Node, PipeNode, QueryNode, SeriesNode } from './tree';

/** The analysis of one query: a stage for the event or for each item of a sequence or sample, and one for each pipe. */
export function analyse(text: string): Analysis {
  const lexemes = lex(text);
  const { query, diagnostics } = parse(text, lexemes);
  const stages = [...bodyStages(text, query), ...query.pipes.map((pipe) => pipeStage(text, pipe))];
  const demands = stages.flatMap(({ predicate }) => (predicate === undefined ? [] : [predicate]));
  const all = { start: 0, end: text.length };
  const predicate: Predicate = demands.length === 1 ? demands[0]! : { kind: 'all', span: all, of: demands };
  const series = query.body?.kind === 'event' ? null : query.body;
  return {
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
    diagnostics: withoutEchoes([...diagnostics, ...check(query)]),
  };
}

/** By place; a remark on types where the form is wrong already says nothing new. */
function withoutEchoes(remarks: readonly Diagnostic[]): readonly Diagnostic[] {
  const formal = new Set(remarks.flatMap(({ code, severity, span }) => (code === 'eql/wrong-type' || severity !== 'error' ? [] : [span.start])));
  return remarks.filter(({ code, span }) => code !== 'eql/wrong-type' || !formal.has(span.start)).sort((a, b) => a.span.start - b.span.start);
}

const timesOf = ({ maxspan }: SeriesNode): readonly TimeBound[] =>
  maxspan === null ? [] : [{ kind: 'maxspan', text: maxspan.text, span: { start: maxspan.start, end: maxspan.end } }];

function bodyStages(text: string, { body }: QueryNode): readonly Stage[] {
  if (body === null) return [];
  if (body.kind === 'event') {
    const { category, condition } = body.event;
    return [{ kind: category.text, role: 'filter', span: { start: body.start, end: body.end }, predicate: lower(text, condition) }];
  }
  return body.items.map((item, index) => itemStage(text, body, item, index === 0));
}

function itemStage(text: string, series: SeriesNode, item: ItemNode, isFirst: boolean): Stage {
  const { category, condition } = item.event;
  const by = [...series.by, ...item.by];
  const parameters: Parameter[] = [];
  const put = (name: string, value: string, { start, end }: { start: number; end: number }): void =>
    void parameters.push({ name, value, span: { start, end } });
  // What holds for the whole series is said once, with its first item.
  if (isFirst) put('series', series.kind, { start: series.start, end: series.start + series.kind.length });
  if (isFirst && series.maxspan !== null) put('maxspan', series.maxspan.text, series.maxspan);
  if (by.length > 0) put('by', by.map((node) => nameOf(text, node)).join(', '), { start: by[0]!.start, end: Math.max(by[0]!.end, by.at(-1)!.end) });
  if (item.runs !== null) put('runs', String(item.runs.count), item.runs);
  const isUntil = item.role === 'until';
  const stage: Stage = {
    kind: isUntil ? 'until' : category.text,
    role: 'sequence',
    span: { start: item.start, end: item.end },
    ...(isUntil ? { label: category.text } : by.length > 0 ? { label: `by ${by.map((node) => nameOf(text, node)).join(', ')}` } : {}),
    predicate: lower(text, condition),
    ...(isUntil || item.isMissing ? { evidence: 'absent' as const } : {}),
    ...(by.length > 0 ? { groupBy: by.map((node): WrittenField => fieldOf(text, node)) } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
  };
  return stage;
}

const nameOf = (text: string, node: Node): string => (node.kind === 'field' ? node.name : text.slice(node.start, node.end));

function pipeStage(text: string, pipe: PipeNode): Stage {
  const name = pipe.name.text.toLowerCase() || 'pipe';
  const span = { start: pipe.start, end: pipe.end };
  if (name === 'filter' && pipe.of.length > 0) return { kind: name, role: 'filter', span, predicate: lower(text, pipe.of[0]!) };
  return { kind: name, role: name.endsWith('count') ? 'aggregate' : 'shape', span };
}
