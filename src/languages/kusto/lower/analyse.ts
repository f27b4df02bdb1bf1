import { type Analysis, type Binding, type OutputField, type SearchTerm, type Source, type Span, type Stage, isInside } from '../../../model';
import { remarkOnWhole } from '../lint/whole';
import { tokensOf } from '../parse/lexer';
import { type Parsed, parse } from '../parse/parser';
import { type Environment, loweringOf } from './environment';
import { finisher } from './finish';
import type { Node } from './node';
import { lowerPipeline, sourceOf } from './pipelines';
import { type Scope, columnIn } from './scope';
import { lowerStatements } from './statements';

/** Analyses a text as one query: the last one in it, with what the statements before it bind. */
export function analyse(text: string): Analysis {
  return lower(text, parse(text));
}

function lower(text: string, parsed: Parsed): Analysis {
  const lowering = loweringOf(text, { pipeline: lowerPipeline, source: sourceOf });
  const environment: Environment = { own: new Map(), outer: null };
  const { lets, main, others } = lowerStatements(parsed.statements, lowering, environment);
  const whole: Span = { start: 0, end: text.length };
  if (main !== null) remarkOnWhole(lowering, lets, parsed.lexed.lexemes);
  const { finish, stagesOf } = finisher();
  const nodes = main?.nodes ?? [];
  const { stages, predicate } = finish(nodes, whole);
  const bindings: Binding[] = lets.map(({ name, kind, span, value, query }) => ({
    name,
    kind,
    span,
    value,
    ...(query === null ? null : { stages: stagesOf(query) }),
  }));
  others.forEach(({ span, lowered }, index) =>
    bindings.push({ name: `query ${index + 1}`, kind: 'query', span, value: '', stages: finish(lowered.nodes, span).stages }),
  );
  return {
    language: 'kusto',
    tokens: tokensOf(parsed.lexed),
    sources: distinctBy(lowering.sources, ({ name }) => name),
    stages,
    predicate,
    terms: termsOf(lowering.terms, stages),
    bindings,
    outputs: main === null ? [] : outputsOf(text, nodes, main.scope),
    groupBy: [...new Set((nodes.findLast(({ stage }) => stage.groupBy !== undefined)?.stage.groupBy ?? []).map(({ name }) => name))],
    times: distinctBy(lowering.times, ({ kind, text: length }) => `${kind} ${length}`),
    diagnostics: [...parsed.diagnostics, ...distinctBy(lowering.diagnostics, ({ code, span }) => `${code} ${span.start}`)].sort(
      (a, b) => a.span.start - b.span.start,
    ),
  };
}

/** The first of each kind: a function's body is lowered once per call, a table is read in many places. */
function distinctBy<T>(list: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const first = new Map<string, T>();
  for (const item of list) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return [...first.values()];
}

/** Search terms with the top-level stage that holds each. */
const termsOf = (terms: readonly Source[], stages: readonly Stage[]): readonly SearchTerm[] =>
  terms.flatMap(({ name, span }) => {
    const stage = stages.findIndex((candidate) => isInside(span, candidate.span));
    return stage < 0 ? [] : [{ stage, text: name, span, negated: false }];
  });

/** The fields the answer carries: every column where a query says them all, else those it makes itself. */
export function outputsOf(text: string, nodes: readonly Node[], scope: Scope): readonly OutputField[] {
  const made = new Map<string, OutputField>();
  for (const { stage } of nodes) {
    for (const { name, span, expression } of stage.derives ?? [])
      made.set(name, { name, source: text.slice(expression.start, expression.end).replace(/\s+/g, ' ').trim(), span });
    for (const field of stage.groupBy ?? []) if (!made.has(field.name)) made.set(field.name, { name: field.name, source: field.name, span: field.span });
  }
  const names = [...scope.own.keys()];
  const end = nodes.at(-1)?.stage.span ?? { start: 0, end: 0 };
  return names.map((name) => made.get(name) ?? { name, source: name, span: end });
}

/** Whether the answer of a query has a column, as far as can be told; null where unknown columns may be among them. */
export function answerOf(text: string): ((column: string) => boolean) | null {
  const lowering = loweringOf(text, { pipeline: lowerPipeline, source: sourceOf });
  const environment: Environment = { own: new Map(), outer: null };
  const { main } = lowerStatements(parse(text).statements, lowering, environment);
  if (main === null || main.scope.isOpen) return null;
  const { scope } = main;
  return (column) => columnIn(scope, column) !== null;
}
