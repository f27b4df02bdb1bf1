import type { Branch, DerivedField, OutputField, Parameter, Predicate, Role, Source, Span, Stage, TimeBound } from '../../../model';
import type { WrittenField } from '../../../syntax/written-test';
import { fieldOf, lower, type Lowering } from './condition';
import { roleOf } from '../parse/parser';
import type { Assignment, Body, Command, Node, Pattern, Pipeline } from '../tree';

/** What a pipeline says, gathered command by command. */
interface Gathered {
  readonly stages: Stage[];
  readonly sources: Source[];
  readonly times: TimeBound[];
  /** Columns the rows have at the end; null while they are all of the source's. */
  outputs: readonly OutputField[] | null;
}

interface Work extends Lowering {
  readonly derived: Set<string>;
}

const span = ({ start, end }: Span): Span => ({ start, end });
const nameOf = (text: string, { name, value }: Assignment): string =>
  name?.text ?? (value.kind === 'field' ? value.name : text.slice(value.start, value.end).replace(/\s+/g, ' '));

/** The stages of a pipeline, one for each command. `work.derived` grows as commands make columns. */
export function gather(work: Work, { commands }: Pipeline): Gathered {
  const found: Gathered = { stages: [], sources: [], times: [], outputs: null };
  for (const command of commands) {
    const { body } = command;
    if (body.kind === 'from') found.sources.push(...body.sources.map((source) => ({ name: source.text, span: span(source) })));
    const branches = branchesOf(work, body, found);
    const predicate = predicateOf(work, body, branches);
    const derives = derivesOf(work, body);
    timesIn(body, found.times);
    found.stages.push({
      kind: command.name,
      role: roleOf(command.name) as Role,
      span: span(command),
      ...(predicate === null ? {} : { predicate }),
      ...(derives.length === 0 ? {} : { derives }),
      ...(body.kind === 'stats' && body.by.length > 0 ? { groupBy: body.by.map((by) => groupOf(work, by)) } : {}),
      ...(branches.length === 0 ? {} : { branches }),
      ...parametersOf(work, body),
    });
    for (const name of madeBy(body, derives)) work.derived.add(name);
    if (body.kind === 'rename') for (const { from, to } of body.of) if (work.derived.has(from.text)) work.derived.add(to.text);
    found.outputs = outputsAfter(work, command, derives, found.outputs);
  }
  return found;
}

/** `x = to_lower(x)` still is the source's field, so that comparisons on it are no thresholds. */
function madeBy(body: Body, derives: readonly DerivedField[]): readonly string[] {
  const same = new Set(
    body.kind === 'assign' ? body.of.filter(({ name, value }) => name !== null && innerOf(value) === name.text).map(({ name }) => name!.text) : [],
  );
  return derives.flatMap(({ name }) => (same.has(name) ? [] : [name]));
}

const innerOf = (node: Node): string | null =>
  node.kind === 'field' ? node.name : node.kind === 'cast' ? innerOf(node.of) : node.kind === 'call' && node.of.length === 1 ? innerOf(node.of[0]!) : null;

const groupOf = (work: Work, by: Assignment): WrittenField =>
  by.name === null ? fieldOf(work, by.value) : { name: by.name.text, span: span(by.name), derived: true };

function predicateOf(work: Work, body: Body, branches: readonly Branch[]): Predicate | null {
  if (body.kind === 'where') return lower(work, body.condition);
  if (branches.length === 0 || (body.kind !== 'fork' && body.kind !== 'from')) return null;
  const parts = branches.map((branch) => allOf(branch.stages, branch.span));
  return parts.length === 1 ? parts[0]! : { kind: 'any', span: { start: branches[0]!.span.start, end: branches.at(-1)!.span.end }, of: parts };
}

/** Everything the stages of a pipeline demand together. */
export function allOf(stages: readonly Stage[], place: Span): Predicate {
  const of = stages.flatMap(({ predicate }) => (predicate === undefined ? [] : [predicate]));
  return of.length === 1 ? of[0]! : { kind: 'all', span: span(place), of };
}

function branchesOf(work: Work, body: Body, found: Gathered): readonly Branch[] {
  if (body.kind === 'join') {
    if (body.index === null) return [];
    const { text, start, end } = body.index;
    return [{ name: text, span: { start, end }, stages: [{ kind: 'from', role: 'source', span: { start, end } }] }];
  }
  if (body.kind !== 'fork' && body.kind !== 'from') return [];
  return body.branches.map((branch, index): Branch => {
    const inner = gather({ ...work, derived: new Set(work.derived) }, branch);
    found.sources.push(...inner.sources);
    found.times.push(...inner.times);
    return { name: body.kind === 'fork' ? `branch ${index + 1}` : inner.sources.map(({ name }) => name).join(', '), span: span(branch), stages: inner.stages };
  });
}

function derivesOf(work: Work, body: Body): readonly DerivedField[] {
  const made = (pattern: Pattern): DerivedField => ({ name: pattern.text, span: span(pattern), expression: span(pattern) });
  switch (body.kind) {
    case 'assign':
      return body.of.map((item) => derivedOf(work, item));
    case 'stats':
      return [...body.of, ...body.by.filter(({ name }) => name !== null)].map((item) => derivedOf(work, item));
    case 'extract':
    case 'enrich':
      return body.made.map(made);
    case 'completion':
      return body.target === null ? [] : [made(body.target)];
    case 'from':
    case 'where':
    case 'columns':
    case 'rename':
    case 'join':
    case 'fork':
    case 'plain':
      return [];
    default:
      return body satisfies never;
  }
}

const derivedOf = ({ text }: Work, item: Assignment): DerivedField => ({
  name: nameOf(text, item),
  span: span(item.name ?? item.value),
  expression: span(item.value),
});

function parametersOf({ text }: Work, body: Body): { readonly parameters?: readonly Parameter[] } {
  const join = (nodes: readonly Span[]): string => nodes.map(({ start, end }) => text.slice(start, end)).join(', ');
  if (body.kind === 'join' && body.on.length > 0)
    return { parameters: [{ name: 'on', value: join(body.on), span: { start: body.on[0]!.start, end: body.on.at(-1)!.end } }] };
  if (body.kind === 'enrich' && body.policy !== null) {
    const policy: Parameter = { name: 'policy', value: body.policy.text, span: span(body.policy) };
    return { parameters: body.on === null ? [policy] : [policy, { name: 'on', value: body.on.text, span: span(body.on) }] };
  }
  if (body.kind === 'extract' && body.input.kind === 'field') return { parameters: [{ name: 'input', value: body.input.name, span: span(body.input) }] };
  return {};
}

/** `bucket(@timestamp, 1 hour)` and `date_trunc(1 hour, …)` are bins; `@timestamp > now() - 1 day` is a look-back. */
function timesIn(body: Body, times: TimeBound[]): void {
  const visit = (node: Node): void => {
    switch (node.kind) {
      case 'call':
        if (/^(?:bucket|date_trunc|tbucket)$/i.test(node.name.text)) {
          const bin = node.of.find(({ kind }) => kind === 'timespan');
          if (bin?.kind === 'timespan') times.push({ kind: 'bin', text: bin.source, span: span(bin) });
        }
        return node.of.forEach(visit);
      case 'and':
      case 'or':
      case 'arithmetic':
        return node.of.forEach(visit);
      case 'compare': {
        const age = node.left.kind === 'field' && node.left.name === '@timestamp' && node.sign.startsWith('>') ? ageOf(node.right) : null;
        if (age !== null) times.push({ kind: 'look-back', text: age.source, span: span(age) });
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
function outputsAfter({ text }: Work, { body, name }: Command, derives: readonly DerivedField[], before: Gathered['outputs']): Gathered['outputs'] {
  const made = derives.map((field): OutputField => ({ name: field.name, source: text.slice(field.expression.start, field.expression.end), span: field.span }));
  const isMade = new Set(made.map((output) => output.name));
  const added = before === null ? null : [...before.filter((output) => !isMade.has(output.name)), ...made];
  switch (body.kind) {
    case 'stats': {
      if (name !== 'stats') return added;
      const groups = body.by.filter((by) => by.name === null).map((by): OutputField => ({ name: nameOf(text, by), source: nameOf(text, by), span: span(by) }));
      return [...made, ...groups];
    }
    case 'columns': {
      if (name === 'keep')
        return body.of.map((column) => before?.find((output) => output.name === column.text) ?? { name: column.text, source: column.text, span: span(column) });
      const dropped = new Set(body.of.map((column) => column.text));
      return name === 'drop' ? (before?.filter((output) => !dropped.has(output.name)) ?? null) : before;
    }
    case 'rename': {
      const names = new Map(body.of.map(({ from, to }) => [from.text, to]));
      return before?.map((output) => ({ ...output, name: names.get(output.name)?.text ?? output.name })) ?? null;
    }
    case 'assign':
    case 'extract':
    case 'enrich':
    case 'completion':
      return added;
    case 'from':
    case 'where':
    case 'join':
    case 'fork':
    case 'plain':
      return before;
    default:
      return body satisfies never;
  }
}
