import type { Branch, ColumnRef, DerivedField, Operation, OutputField, Parameter, Predicate, Role, Source, Span, Stage, TimeBound } from '../../../model';
import { subjectOf } from '../../../syntax/classify';
import { trailOf } from '../../../syntax/trail';
import { placeOf, truthAt, unread } from '../../../syntax/predicates';
import { roleOf } from '../parse/parser';
import type { Assignment, Body, Command, Node, Pattern, Pipeline } from '../tree';
import { fieldRef, NO_COLUMNS, renamed, withMade, withOnly, without, withUnknown, type Column, type Columns } from './columns';
import { lower, operandOf, type Lowering } from './condition';
import { madeOf, silently, withAssigned } from './made';
import { nameOf, partsOf } from './names';
import { operationsOf } from './operations';

/** What a pipeline says, gathered command by command. */
interface Gathered {
  readonly stages: Stage[];
  readonly sources: Source[];
  readonly times: TimeBound[];
  /** Columns the rows have at the end; null while they are all of the source's. */
  outputs: readonly OutputField[] | null;
}

/** The stages of a pipeline, one for each command; each sees the columns that those before it left. */
export function gather(context: Omit<Lowering, 'columns' | 'isOfEvents'>, { commands }: Pipeline, given: Columns = NO_COLUMNS): Gathered {
  const found: Gathered = { stages: [], sources: [], times: [], outputs: null };
  let columns = given;
  for (const command of commands) {
    const { body } = command;
    const work: Lowering = { ...context, columns, isOfEvents: false };
    if (body.kind === 'from') for (const source of body.sources) found.sources.push({ name: source.text, span: placeOf(source) });
    const branches = branchesOf(work, body, found);
    const operations = withBranches(operationsOf(work, command), body, branches);
    const predicate = predicateOf({ ...work, isOfEvents: true }, body, branches, operations);
    const derives = derivesOf(work, command);
    timesIn(body, found.times);
    found.stages.push({
      kind: command.name,
      role: roleOf(command.name) as Role,
      span: placeOf(command),
      operations,
      ...(predicate === null ? null : { predicate }),
      ...(derives.length === 0 ? null : { derives }),
      ...(body.kind === 'stats' && body.by.length > 0 ? { groupBy: body.by.map((by) => groupOf(work, by)) } : null),
      ...(branches.length === 0 ? null : { branches }),
      ...parametersOf(work, body),
    });
    columns = columnsAfter({ ...work, isOfEvents: true }, command, derives);
    found.outputs = outputsAfter(work, command, derives, found.outputs);
  }
  return found;
}

/** A group's column: what it is grouped by, or the name it gets. */
function groupOf(work: Lowering, by: Assignment): ColumnRef {
  if (by.name !== null) return { name: by.name.text, span: placeOf(by.name), derived: true };
  if (by.value.kind === 'field') return columnRefOf(work, by.value.name, by.value);
  return { name: subjectOf(operandOf(silently(work), by.value))?.name ?? nameOf(work.text, by), span: placeOf(by.value) };
}

function columnRefOf({ columns }: Lowering, name: string, place: Span): ColumnRef {
  const { kind: _, ...column } = fieldRef(columns, name, place);
  return column;
}

function predicateOf(work: Lowering, body: Body, branches: readonly Branch[], operations: readonly Operation[]): Predicate | null {
  if (body.kind === 'where') {
    // The same comparisons, but where a column stands for the condition it holds.
    const [filter] = operations;
    return work.columns.hasConditions || filter?.kind !== 'filter' ? lower(silently(work), body.condition) : filter.predicate;
  }
  if (body.kind === 'stats') return measuredOf(body, operations);
  if (branches.length === 0 || (body.kind !== 'fork' && body.kind !== 'from')) return null;
  // Rows of the indices beside subqueries meet none of their conditions.
  const rest = body.kind === 'from' && body.sources.length > 0 ? [truthAt(body.sources[0]!)] : [];
  const parts = [...branches.map((branch) => allOf(branch.stages, branch.span)), ...rest];
  return parts.length === 1 ? parts[0]! : { kind: 'any', span: { start: branches[0]!.span.start, end: branches.at(-1)!.span.end }, of: parts };
}

/** Conditions of measures choose what is counted, and demand nothing: each is one way, and any other row is another. */
function measuredOf(body: Extract<Body, { kind: 'stats' }>, operations: readonly Operation[]): Predicate | null {
  const [aggregate] = operations;
  const conditions = aggregate?.kind === 'aggregate' ? aggregate.measures.flatMap(({ where }) => (where === undefined ? [] : [where])) : [];
  const [first] = conditions;
  if (first === undefined) return null;
  const span = { start: first.span.start, end: conditions.at(-1)!.span.end };
  return { kind: 'any', span, of: [...conditions, truthAt(body.of.at(-1)!)] };
}

/** Everything the stages of a pipeline demand together. */
export function allOf(stages: readonly Stage[], place: Span): Predicate {
  const of = stages.flatMap(({ predicate }) => (predicate === undefined ? [] : [predicate]));
  return of.length === 1 ? of[0]! : { kind: 'all', span: placeOf(place), of };
}

function branchesOf(work: Lowering, body: Body, found: Gathered): readonly Branch[] {
  if (body.kind === 'join') {
    if (body.index === null) return [];
    const source = { name: body.index.text, span: placeOf(body.index) };
    return [{ ...source, stages: [{ kind: 'from', role: 'source', span: source.span, operations: [{ kind: 'read', span: source.span, sources: [source] }] }] }];
  }
  if (body.kind === 'where') return subqueriesIn(body.condition).map((branch) => branchOf(work, branch, NO_COLUMNS, found, false));
  if (body.kind !== 'fork' && body.kind !== 'from') return [];
  return body.branches.map((branch, index) => {
    const read = branchOf(work, branch, body.kind === 'fork' ? work.columns : NO_COLUMNS, found, true);
    return body.kind === 'fork' ? { ...read, name: `branch ${index + 1}` } : read;
  });
}

/** `isRead`: its rows are the query's; else they only give values. */
function branchOf(work: Lowering, pipeline: Pipeline, columns: Columns, found: Gathered, isRead: boolean): Branch {
  const inner = gather(work, pipeline, columns);
  if (isRead) {
    for (const one of inner.sources) found.sources.push(one);
    for (const one of inner.times) found.times.push(one);
  }
  return { name: inner.sources.map(({ name }) => name).join(', ') || 'subquery', span: placeOf(pipeline), stages: inner.stages };
}

/** The queries whose rows a condition compares with. */
function subqueriesIn(node: Node): readonly Pipeline[] {
  switch (node.kind) {
    case 'subquery':
      return [node.pipeline];
    case 'and':
    case 'or':
      return node.of.flatMap(subqueriesIn);
    case 'match':
      return [...subqueriesIn(node.left), ...node.of.flatMap(subqueriesIn)];
    case 'not':
      return subqueriesIn(node.of);
    default:
      return [];
  }
}

function withBranches(operations: readonly Operation[], body: Body, branches: readonly Branch[]): readonly Operation[] {
  if (branches.length === 0) return operations;
  const span = { start: branches[0]!.span.start, end: branches.at(-1)!.span.end };
  if (body.kind === 'fork') return [{ kind: 'fork', span, branches }];
  if (body.kind === 'from')
    return body.sources.length === 0 ? [{ kind: 'union', span, branches, fresh: true }] : [...operations, { kind: 'union', span, branches }];
  return operations;
}

function columnsAfter(work: Lowering, { name, body }: Command, derives: readonly DerivedField[]): Columns {
  const { columns } = work;
  switch (body.kind) {
    case 'assign': {
      return body.of.reduce((after, item) => withAssigned({ ...work, columns: after }, item), columns);
    }
    case 'stats': {
      const measures = body.of.map((item): readonly [string, Column] => [nameOf(work.text, item), { derived: true }]);
      const groups = body.by.flatMap((item): readonly (readonly [string, Column])[] => {
        const target = nameOf(work.text, item);
        const made = item.name === null && item.value.kind === 'field' ? (columns.made.get(target) ?? null) : madeOf(work, target, item.value);
        return made === null ? [] : [[target, made]];
      });
      if (name !== 'stats') return withMade(columns, [...measures, ...groups]);
      const names = [...body.of, ...body.by].map((item) => nameOf(work.text, item));
      return withMade(withOnly({ ...columns, made: trailOf() }, names, name), [...measures, ...groups]);
    }
    case 'extract':
      return withMade(
        columns,
        derives.map((made) => [made.name, { derived: true }]),
      );
    case 'enrich':
      return withUnknown(
        withMade(
          columns,
          derives.map((made) => [made.name, { derived: true }]),
        ),
      );
    case 'completion':
    case 'change-point':
      return withMade(
        columns,
        derives.map((made) => [made.name, { derived: true }]),
      );
    case 'parts':
      return { ...columns, prefixes: [...columns.prefixes, body.target.text] };
    case 'columns': {
      const names = body.of.map(({ text }) => text);
      return name === 'keep' ? withOnly(columns, names, name) : name === 'drop' ? without(columns, names, name) : columns;
    }
    case 'rename':
      return renamed(
        columns,
        body.of.map(({ from, to }) => ({ from: from.text, to: to.text })),
      );
    case 'fork':
      return withUnknown(withMade(columns, [['_fork', { derived: true }]]));
    case 'from':
    case 'join':
    case 'rerank':
    case 'plain':
      return withUnknown(columns);
    case 'where':
    case 'sort':
    case 'limit':
      return columns;
    default:
      return body satisfies never;
  }
}

function derivesOf(work: Lowering, { name, body }: Command): readonly DerivedField[] {
  const made = (pattern: Pattern): DerivedField => ({ name: pattern.text, span: placeOf(pattern), expression: placeOf(pattern) });
  switch (body.kind) {
    case 'assign':
      return body.of.map((item) => derivedOf(work, item));
    case 'stats':
      return [...body.of, ...body.by.filter((by) => by.name !== null)].map((item) => derivedOf(work, item));
    case 'extract':
    case 'enrich':
      return body.made.map(made);
    case 'parts': {
      const { target, input } = body;
      return partsOf(name).map((part) => ({ name: `${target.text}.${part}`, span: placeOf(target), expression: placeOf(input) }));
    }
    case 'change-point':
      return (body.made.length > 0 ? body.made : ['type', 'pvalue'].map((text) => ({ ...placeOf(body.value), text }))).map(made);
    case 'completion':
      return body.target === null ? [] : [made(body.target)];
    case 'from':
    case 'where':
    case 'columns':
    case 'rename':
    case 'join':
    case 'fork':
    case 'rerank':
    case 'sort':
    case 'limit':
    case 'plain':
      return [];
    default:
      return body satisfies never;
  }
}

const derivedOf = ({ text }: Lowering, item: Assignment): DerivedField => ({
  name: nameOf(text, item),
  span: placeOf(item.name ?? item.value),
  expression: placeOf(item.value),
});

function parametersOf({ text }: Lowering, body: Body): { readonly parameters?: readonly Parameter[] } {
  const join = (nodes: readonly Span[]): string => nodes.map(({ start, end }) => text.slice(start, end)).join(', ');
  const across = (nodes: readonly Span[]): Span => ({ start: nodes[0]!.start, end: nodes.at(-1)!.end });
  if (body.kind === 'from' && body.metadata.length > 0) return { parameters: [{ name: 'metadata', value: join(body.metadata), span: across(body.metadata) }] };
  if (body.kind === 'join' && body.on.length > 0) return { parameters: [{ name: 'on', value: join(body.on), span: across(body.on) }] };
  if (body.kind === 'enrich' && body.policy !== null) {
    const policy: Parameter = { name: 'policy', value: body.policy.text, span: placeOf(body.policy) };
    return { parameters: body.on === null ? [policy] : [policy, { name: 'on', value: body.on.text, span: placeOf(body.on) }] };
  }
  if (body.kind === 'extract') {
    const input: readonly Parameter[] = body.input.kind === 'field' ? [{ name: 'input', value: body.input.name, span: placeOf(body.input) }] : [];
    const options = body.options.map(({ name, value, start }): Parameter => ({
      name,
      value: text.slice(value.start, value.end),
      span: { start, end: value.end },
    }));
    return input.length + options.length === 0 ? {} : { parameters: [...input, ...options] };
  }
  return {};
}

/** `bucket(@timestamp, 1 hour)` and `date_trunc(1 hour, …)` are bins; `@timestamp > now() - 1 day` is a look-back. */
function timesIn(body: Body, times: TimeBound[]): void {
  const visit = (node: Node): void => {
    switch (node.kind) {
      case 'call':
        if (/^(?:bucket|date_trunc|tbucket)$/i.test(node.name.text)) {
          const bin = node.of.find(({ kind }) => kind === 'timespan');
          if (bin?.kind === 'timespan') times.push({ kind: 'bin', text: bin.source, span: placeOf(bin) });
        }
        return node.of.forEach(visit);
      case 'and':
      case 'or':
      case 'arithmetic':
        return node.of.forEach(visit);
      case 'compare': {
        const age = node.left.kind === 'field' && node.left.name === '@timestamp' && node.op.startsWith('>') ? ageOf(node.right) : null;
        if (age !== null) times.push({ kind: 'look-back', text: age.source, span: placeOf(age) });
        visit(node.left);
        return visit(node.right);
      }
      default:
        return;
    }
  };
  if (body.kind === 'where') visit(body.condition);
  if (body.kind === 'assign') for (const { value } of body.of) visit(value);
  if (body.kind === 'stats') for (const { value } of [...body.of, ...body.by]) visit(value);
}

/** The time span of `now() - 7 days`. */
function ageOf(node: Node): (Span & { readonly source: string }) | null {
  if (node.kind !== 'arithmetic' || node.of.length !== 2) return null;
  const [now, age] = node.of;
  return now?.kind === 'call' && now.name.text.toLowerCase() === 'now' && age?.kind === 'timespan' ? age : null;
}

/** The columns after a command, known once one of them chose columns. */
function outputsAfter({ text }: Lowering, { body, name }: Command, derives: readonly DerivedField[], before: Gathered['outputs']): Gathered['outputs'] {
  const made = derives.map((field): OutputField => ({ name: field.name, source: text.slice(field.expression.start, field.expression.end), span: field.span }));
  const isMade = new Set(made.map((output) => output.name));
  const added = before === null ? null : [...before.filter((output) => !isMade.has(output.name)), ...made];
  switch (body.kind) {
    case 'stats': {
      if (name !== 'stats') return added;
      const groups = body.by
        .filter((by) => by.name === null)
        .map((by): OutputField => ({ name: nameOf(text, by), source: nameOf(text, by), span: placeOf(by) }));
      return [...made, ...groups];
    }
    case 'columns': {
      if (name === 'keep')
        return body.of.map(
          (column) => before?.find((output) => output.name === column.text) ?? { name: column.text, source: column.text, span: placeOf(column) },
        );
      const dropped = new Set(body.of.map((column) => column.text));
      return name === 'drop' ? (before?.filter((output) => !dropped.has(output.name)) ?? null) : before;
    }
    case 'rename': {
      const names = new Map(body.of.map(({ from, to }) => [from.text, to]));
      return before?.map((output) => ({ ...output, name: names.get(output.name)?.text ?? output.name })) ?? null;
    }
    case 'assign':
    case 'extract':
    case 'parts':
    case 'enrich':
    case 'completion':
    case 'change-point':
      return added;
    case 'from':
    case 'where':
    case 'join':
    case 'fork':
    case 'rerank':
    case 'sort':
    case 'limit':
    case 'plain':
      return before;
    default:
      return body satisfies never;
  }
}

/** Parts of the query that stand in no command's tree. */
export const lostParts = (skipped: readonly Span[]): readonly Predicate[] => skipped.map((span) => unread(span, 'syntax-error'));
