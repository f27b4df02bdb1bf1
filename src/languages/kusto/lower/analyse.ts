import { type Analysis, type Binding, type OutputField, type SearchTerm, type Span, type Stage } from '../../../model';
import { remarkOnCalls } from '../lint/calls';
import { remarkOnWhole } from '../lint/whole';
import { tokensOf } from '../parse/lexer';
import { type Parsed, parse } from '../parse/parser';
import { type Environment, loweringOf, remarkAt } from './environment';
import { finisher } from './finish';
import type { Node } from './node';
import { lowerPipeline, sourceOf } from './pipelines';
import { type Scope, columnIn } from './scope';
import { predicateOf } from './predicate';
import { passedOver } from './coverage';
import { type LetBinding, lowerStatements } from './statements';
import { lastStart } from '../../../syntax/binary-search';
import { allOf, unread } from '../../../syntax/predicates';
import { walkStages, walkTests } from '../../../syntax/walk';
import { writtenAt } from '../../../syntax/written';

export const RECURSION = { pipeline: lowerPipeline, source: sourceOf, predicate: predicateOf };

/** Analyses a text as one query: the last one in it, with what the statements before it bind. */
export function analyse(text: string): Analysis {
  return lower(text, parse(text));
}

/** Remarks on columns that nothing gives: behind an error, what gives them may not be read. */
const OF_COLUMNS: ReadonlySet<string> = new Set(['kusto/unknown-column', 'kusto/other-column', 'kusto/dropped-column']);

/** Whether an error stands in a place: the error is told, and what else seems wrong there may only follow from it. */
function brokenIn({ diagnostics }: Parsed): (place: Span) => boolean {
  const errors = diagnostics.flatMap(({ severity, span }) => (severity === 'error' ? [span.start] : []));
  return ({ start, end }) => {
    const last = errors[lastStart(errors, end)];
    return last !== undefined && last >= start && last <= end;
  };
}

function lower(text: string, parsed: Parsed): Analysis {
  const lowering = loweringOf(text, RECURSION);
  const environment: Environment = { own: new Map(), outer: null };
  const { lets, main, others } = lowerStatements(parsed.statements, lowering, environment);
  const whole: Span = { start: 0, end: text.length };
  const isBroken = brokenIn(parsed);
  const firstError = parsed.diagnostics.reduce((first, { severity, span }) => (severity === 'error' ? Math.min(first, span.start) : first), Infinity);
  remarkOnCalls(parsed.statements, lowering, isBroken);
  if (main !== null) remarkOnWhole(lowering, lets, parsed.lexed.lexemes);
  if (parsed.starts.length === 0)
    for (const { span } of others.filter((other) => !isBroken(other.span)))
      remarkAt(
        lowering,
        'kusto/several-statements',
        { start: span.start, end: Math.min(span.end, span.start + 1) },
        'Several queries stand here; only the last one is read as the rule.',
      );
  const { finish, stagesOf } = finisher();
  const nodes = main?.nodes ?? [];
  const { stages, predicate } = finish(nodes, whole);
  const bindings: Binding[] = [];
  const bind = ({ name, kind, span, head, value, query, of, bound, inner }: LetBinding): void => {
    // A function that is called is what its first call makes of it.
    const call = bound.kind === 'function' ? lowering.calls.get(bound.body) : undefined;
    const rows = call ?? query;
    const isHeld = kind !== 'function' || rows !== null || call === null;
    bindings.push({
      name,
      kind,
      span,
      head: kind === 'function' && call === null ? span : head,
      value,
      ...(of === undefined ? (isHeld ? null : { of: unread(span, 'unmodelled', `function \`${name}\``) }) : { of }),
      ...(rows === null ? null : { stages: stagesOf(rows) }),
    });
    inner?.forEach(bind);
  };
  lets.forEach(bind);
  others.forEach(({ span, lowered }, index) =>
    bindings.push({ name: `query ${index + 1}`, kind: 'query', span, value: '', stages: finish(lowered.nodes, span).stages }),
  );
  const tokens = tokensOf(parsed.lexed);
  const held = {
    language: 'kusto',
    sources: distinctBy(lowering.sources, ({ name }) => name),
    stages,
    predicate,
    terms: termsOf(text, stages),
    bindings,
    outputs: main === null ? [] : outputsOf(text, nodes, main.scope),
    groupBy: [...new Set((nodes.findLast(({ stage }) => stage.groupBy !== undefined)?.stage.groupBy ?? []).map(({ name }) => name))],
    times: distinctBy(lowering.times, ({ kind, text: length }) => `${kind} ${length}`),
    diagnostics: [
      ...parsed.diagnostics,
      ...distinctBy(
        lowering.diagnostics.filter(({ code, span }) => span.start < firstError || !OF_COLUMNS.has(code)),
        ({ code, span }) => `${code} ${span.start}`,
      ),
    ],
  };
  if (!parsed.diagnostics.some(({ severity }) => severity === 'error')) return { ...held, tokens };
  // What recovery passed over is told in its place.
  const lost = passedOver(tokens, held);
  return { ...held, tokens, predicate: lost.length === 0 ? predicate : allOf([predicate, ...lost], whole) };
}

/** The first of each kind: a function's body is lowered once per call, a table is read in many places. */
function distinctBy<T>(list: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const first = new Map<string, T>();
  for (const item of list) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return [...first.values()];
}

/** Texts that a `search` looks for in every column, with the top-level stage that holds each. */
function termsOf(text: string, stages: readonly Stage[]): readonly SearchTerm[] {
  const terms: SearchTerm[] = [];
  walkStages(stages, ({ predicate }, stage) => {
    if (predicate !== undefined)
      walkTests(predicate, ({ word, span }, negated) => {
        if (word === 'term') terms.push({ stage, text: text.slice(span.start, span.end), span, negated });
      });
  });
  return terms;
}

/** The fields the answer carries: every column where a query says them all, else those it makes itself. */
function outputsOf(text: string, nodes: readonly Node[], scope: Scope): readonly OutputField[] {
  const made = new Map<string, OutputField>();
  for (const { stage } of nodes) {
    for (const { name, span, expression } of stage.derives ?? []) made.set(name, { name, source: writtenAt(text, expression), span });
    for (const field of stage.groupBy ?? []) if (!made.has(field.name)) made.set(field.name, { name: field.name, source: field.name, span: field.span });
  }
  const names = [...scope.own.keys()];
  const end = nodes.at(-1)?.stage.span ?? { start: 0, end: 0 };
  return names.map((name) => made.get(name) ?? { name, source: name, span: end });
}

/** Whether the answer of a query has a column, as far as can be told; null where unknown columns may be among them. */
export function answerOf(text: string): ((column: string) => boolean) | null {
  const lowering = loweringOf(text, RECURSION);
  const environment: Environment = { own: new Map(), outer: null };
  const { main } = lowerStatements(parse(text).statements, lowering, environment);
  if (main === null || main.scope.isOpen) return null;
  const { scope } = main;
  return (column) => columnIn(scope, column) !== null;
}
