import { type Analysis, type Binding, isInside, type SearchTerm, type Source, type Span, type Stage } from '../../model';
import { type Environment, loweringOf } from './environment';
import { finisher } from './finish';
import { outputsOf } from './outputs';
import { parse, type Parsed } from './parser';
import { lowerPipeline, sourceOf } from './pipeline-stages';
import { lowerStatements } from './statements';
import { tokensOf } from './tokens';
import { remarkOnWhole } from './whole';

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
