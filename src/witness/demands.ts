import type { Branch, Measure, Operand, Operation, Predicate, Rule, Stage } from '../model';
import { isRefused, type Dialect } from '../run/dialect';
import type { PipelineDialect, RunMeasure } from '../run/pipeline-dialect';
import { isList, isNumber, type Value } from '../run/value';
import { isTrue } from '../syntax/predicates';
import { isSmall, operandOver, predicateOver, type Columns } from './substitute';

/** A condition over fields of the events, and as the rule writes it. */
export interface Demand {
  readonly predicate: Predicate;
  readonly written: Predicate;
  /** The language asks for it, not the rule: rows without a value to group by are left out. */
  readonly isSilent?: true;
}

/** What a pipeline asks of the events it reads, where each of them is to pass all its filters. */
interface Demands {
  readonly of: readonly Demand[];
  /** Numbers that counts are compared with: so many events, or one more, may be asked for. */
  readonly counts: readonly number[];
  /** Fields of which different values are counted: they differ from event to event. */
  readonly varied: readonly string[];
  /** Filters on what cannot be worked back to fields of the events. */
  readonly unsure: readonly Predicate[];
  /** Steps that bring together rows of different events, by their word. */
  readonly brings: readonly string[];
}

/** A pipeline is followed so far into what it names. */
const DEEPEST = 6;

/** What a rule's steps ask of its events, `events` of them being given. */
export function demandsOf(rule: Rule, dialect: Dialect, events: number): Demands {
  const of: Demand[] = [];
  const unsure: Predicate[] = [];
  const counts = new Set<number>();
  const varied = new Set<string>();
  /** Columns that hold a count. */
  const counted = new Set<string>();
  const brings = new Set<string>();
  const bound = new Map(rule.analysis.bindings.flatMap(({ name, stages }) => (stages === undefined ? [] : [[name, stages] as const])));

  const filter = (predicate: Predicate, columns: Columns): void => {
    if (counted.size > 0) gatherCounts(predicate, counted, counts);
    for (const part of partsOf(predicate)) {
      if (isTrue(part)) continue;
      const made = predicateOver(part, columns);
      if (made === null) unsure.push(part);
      else of.push({ predicate: made, written: part });
    }
  };

  const assign = (columns: Map<string, Operand | null>, name: string, value: Operand, over: Columns): void => {
    const made = operandOver(value, over);
    columns.set(name, made !== null && isSmall(made) ? made : null);
    if (value.kind === 'field' && counted.has(value.name)) counted.add(name);
  };

  /** Rows without a value to group by are left out by some languages. */
  const leavesOut = 'groups' in dialect && (dialect as PipelineDialect).groups(null).length === 0;
  const present = (value: Operand, columns: Columns): void => {
    if (!leavesOut) return;
    const left = operandOver(value, columns);
    if (left === null || left.kind === 'literal') return;
    const isThere = (of: Operand): Predicate => ({
      kind: 'test',
      span: of.span,
      left: of,
      compare: 'exists',
      values: [],
      case: 'exact',
      missing: 'false',
      word: 'is_not_null',
    });
    of.push({ predicate: isThere(left), written: isThere(value), isSilent: true });
  };

  const follow = (stages: readonly Stage[], start: Map<string, Operand | null>, depth: number): Map<string, Operand | null> => {
    let columns = start;
    for (const stage of stages) for (const operation of stage.operations ?? []) columns = step(operation, stage, columns, depth);
    return columns;
  };

  const branch = ({ stages }: Branch, depth: number): Map<string, Operand | null> => (depth > DEEPEST ? new Map() : follow(stages, new Map(), depth + 1));

  const step = (operation: Operation, stage: Stage, columns: Map<string, Operand | null>, depth: number): Map<string, Operand | null> => {
    switch (operation.kind) {
      case 'read': {
        const [source] = operation.sources;
        if (source === undefined || depth > DEEPEST) return columns;
        const stages = stage.branches?.find(({ name }) => name === source.name)?.stages ?? bound.get(source.name);
        return stages === undefined ? columns : follow(stages, new Map(), depth + 1);
      }
      case 'filter':
        filter(operation.predicate, columns);
        return columns;
      case 'assign': {
        const made = new Map(columns);
        for (const { name, value } of operation.of) assign(made, name, value, operation.inOrder === true ? made : columns);
        return made;
      }
      case 'project': {
        const made = new Map(columns);
        for (const { name, value } of operation.of) assign(made, name, value, columns);
        return made;
      }
      case 'rename': {
        const made = new Map(columns);
        for (const { from, to, span } of operation.of) {
          if (from.includes('*') !== to.includes('*')) continue;
          assign(made, to, { kind: 'field', name: from, span }, columns);
          if (counted.has(from)) counted.add(to);
        }
        return made;
      }
      case 'aggregate': {
        const made = new Map(columns);
        for (const { name, value } of operation.by) {
          assign(made, name, value, columns);
          if (operation.how === 'group') present(value, columns);
        }
        for (const measure of operation.measures) {
          const { value, field } = measured(measure, dialect, events);
          if (measure.where !== undefined && events > 0) filter(measure.where, columns);
          if (value === null) made.set(measure.name, null);
          else if (value === 'count') {
            counted.add(measure.name);
            made.set(measure.name, { kind: 'literal', span: measure.span, type: 'number', text: String(events) });
            const [counting] = measure.args;
            if (counting?.kind === 'condition') filter(counting.of, columns);
            if (field !== undefined) for (const name of namesIn(field, columns)) varied.add(name);
          } else assign(made, measure.name, value, columns);
        }
        return made;
      }
      case 'series': {
        const made = new Map(columns);
        for (const { name, value } of operation.by) assign(made, name, value, columns);
        for (const { name } of [operation.axis, ...operation.measures]) made.set(name, null);
        return made;
      }
      case 'unpack': {
        const made = new Map(columns);
        for (const { name } of operation.makes ?? []) made.set(name, null);
        return made;
      }
      case 'extract': {
        const made = new Map(columns);
        for (const { name } of operation.makes) made.set(name, null);
        return made;
      }
      case 'union':
        return operation.fresh === true && operation.branches[0] !== undefined ? branch(operation.branches[0], depth) : columns;
      case 'fork':
        if (operation.branches[0] !== undefined) branch(operation.branches[0], depth);
        return columns;
      case 'distinct':
        if (operation.keep === true) for (const value of operation.by) present(value, columns);
        return columns;
      case 'join':
        brings.add(stage.kind);
        return columns;
      case 'expand': {
        const made = new Map(columns);
        for (const { name, value } of operation.of) assign(made, name, value, columns);
        return made;
      }
      case 'rows':
      case 'range':
      case 'keep':
      case 'drop':
      case 'reorder':
      case 'sort':
      case 'limit':
      case 'lookup':
      case 'partition':
      case 'sequence':
      case 'correlate':
      case 'nested':
      case 'scan':
      case 'schema':
      case 'plugin':
      case 'show':
      case 'unread':
        return columns;
      default:
        return operation satisfies never;
    }
  };

  follow(rule.analysis.stages, new Map(), 0);
  return { of, unsure, counts: [...counts].filter((count) => Number.isInteger(count) && count >= 0), varied: [...varied], brings: [...brings] };
}

const partsOf = (predicate: Predicate): readonly Predicate[] =>
  predicate.kind === 'all' && predicate.same === undefined && predicate.of.length > 0 ? predicate.of.flatMap(partsOf) : [predicate];

function gatherCounts(predicate: Predicate, counted: ReadonlySet<string>, counts: Set<number>): void {
  if (predicate.kind === 'all' || predicate.kind === 'any') for (const part of predicate.of) gatherCounts(part, counted, counts);
  else if (predicate.kind === 'not') gatherCounts(predicate.of, counted, counts);
  else if (predicate.kind === 'test' && predicate.left !== null && namesIn(predicate.left, new Map()).some((name) => counted.has(name)))
    for (const value of predicate.values) if (value.kind === 'literal' && value.text.trim() !== '') counts.add(Number(value.text));
}

/** The fields an operand stands for. */
function namesIn(operand: Operand, columns: Columns): readonly string[] {
  const made = operandOver(operand, columns);
  if (made === null) return [];
  if (made.kind === 'field') return [made.name];
  return made.kind === 'call' ? made.args.flatMap((arg) => namesIn(arg, new Map())) : [];
}

/** What a measure is of events that are alike: how many there are, the value they share, or null where that is not known. */
function measured({ fn, args }: Measure, dialect: Dialect, events: number): { readonly value: Operand | 'count' | null; readonly field?: Operand } {
  const measure = 'measures' in dialect ? (dialect as PipelineDialect).measures.get(fn) : undefined;
  const [first] = args;
  if (measure === undefined) return { value: null };
  if (measure.columns !== undefined) return { value: first ?? null };
  const kind = probe(measure, args.length);
  if (kind === 'rows') return { value: 'count' };
  if (kind === 'distinct') return { value: 'count', ...(first === undefined ? null : { field: first }) };
  return { value: kind === 'value' || (kind === 'sum' && events === 1) ? (first ?? null) : null };
}

const PROBES = new WeakMap<RunMeasure, Map<number, 'rows' | 'distinct' | 'value' | 'sum' | null>>();

/** What a measure does, told by what it gives for a few rows. */
function probe(measure: RunMeasure, args: number): 'rows' | 'distinct' | 'value' | 'sum' | null {
  let known = PROBES.get(measure);
  if (known === undefined) PROBES.set(measure, (known = new Map()));
  let kind = known.get(args);
  if (kind === undefined) known.set(args, (kind = told(measure, args)));
  return kind;
}

function told(measure: RunMeasure, args: number): 'rows' | 'distinct' | 'value' | 'sum' | null {
  const give = (...values: readonly Value[]): Value | undefined => {
    try {
      const rows = values.map((value) => (args === 0 ? [] : [value, ...Array.from({ length: args - 1 }, () => (typeof value === 'boolean' ? value : true))]));
      return measure.call(rows, { now: 0n }, []);
    } catch (error) {
      if (!isRefused(error)) throw error;
      return undefined;
    }
  };
  const is = (value: Value | undefined, wanted: number): boolean => isNumber(value) && Number(value) === wanted;
  if (args === 0) return is(give(true, true, true), 3) ? 'rows' : null;
  if (is(give('a', 'a', 'b'), 3) || is(give(true, true, true), 3)) return 'rows';
  if (is(give('a', 'a', 'b'), 2)) return 'distinct';
  const same = give('a', 'a');
  if (same === 'a' || (isList(same) && same.includes('a'))) return 'value';
  const number = give(7, 7);
  if (is(number, 7)) return 'value';
  return is(number, 14) ? 'sum' : null;
}
