import type { Branch, Operation, Predicate, Rule, Stage } from '../model';
import type { Dialect } from '../run/dialect';
import type { PipelineDialect } from '../run/pipeline-dialect';
import { conjunctsOf } from '../syntax/predicates';
import { followAggregate } from './aggregated';
import { cutFunction } from './cuts';
import { Gathered, type Demands, type Plan } from './demands';
import { followExpand, followUnpack } from './expanded';
import { followJoin, followWithin } from './joined';
import type { Search } from './search';
import { SideColumns, withNames, type Rows } from './sides';
import { operandOver } from './substitute';

/** A pipeline is followed so far into what it names. */
const DEEPEST = 6;

/** What a rule's steps ask of its events, as many as are planned. */
export function demandsOf(rule: Rule, search: Search, plan: Plan): Demands {
  const { dialect } = search.reading;
  const gathered = new Gathered(search, plan);
  const bound = new Map(rule.analysis.bindings.flatMap(({ name, stages }) => (stages === undefined ? [] : [[name, stages] as const])));

  const follow = (stages: readonly Stage[], start: Rows, depth: number): Rows => {
    let rows = start;
    for (const stage of stages) for (const operation of stage.operations ?? []) rows = step(operation, stage, rows, depth);
    return rows;
  };
  const fresh = (side: number): Rows => ({ columns: new SideColumns(side), closed: null });
  const inBranch =
    (depth: number) =>
    ({ stages }: Branch, side: number): Rows =>
      depth > DEEPEST ? fresh(side) : follow(stages, fresh(side), depth + 1);

  const step = (operation: Operation, stage: Stage, rows: Rows, depth: number): Rows => {
    const { columns, closed } = rows;
    const made = columns.copy();
    switch (operation.kind) {
      case 'read': {
        const [source] = operation.sources;
        if (source === undefined || depth > DEEPEST) return rows;
        const stages = stage.branches?.find(({ name }) => name === source.name)?.stages ?? (source.bound === true ? bound.get(source.name) : undefined);
        if (stages !== undefined) return follow(stages, fresh(columns.side), depth + 1);
        gathered.reads(columns.side, source.name);
        return rows;
      }
      case 'filter':
        for (const part of conjunctsOf(operation.predicate))
          if (!isTakenAsMet(part, dialect) && !followWithin(part, stage, rows, gathered, inBranch(depth))) gathered.filter(part, columns);
        return rows;
      case 'expand':
        return followExpand(operation, rows, gathered, (stages, from) => follow(stages, from, depth + 1));
      case 'assign':
        for (const { name, value } of operation.of) gathered.assign(made, name, value, operation.inOrder === true ? made : columns);
        return { columns: made, closed: withNames(closed, namesOf(operation.of)) };
      case 'project':
        for (const { name, value } of operation.of) if (value.kind !== 'field' || value.name !== name) gathered.assign(made, name, value, columns);
        return { columns: made, closed: new Set(namesOf(operation.of)) };
      case 'rename': {
        for (const { from, to, span } of operation.of) {
          if (from.includes('*') !== to.includes('*')) continue;
          gathered.assign(made, to, { kind: 'field', name: from, span }, columns);
        }
        const names = new Map(operation.of.map(({ from, to }) => [from, to]));
        return { columns: made, closed: closed === null ? null : new Set([...closed].map((name) => names.get(name) ?? name)) };
      }
      case 'aggregate': {
        for (const { name, value } of operation.by) {
          if (value.kind !== 'field' || value.name !== name) gathered.assign(made, name, value, columns);
          // An event has what it is grouped by, if only to stand apart from those of other sides.
          if (operation.how === 'group' && (gathered.leavesOut || value.kind === 'field')) gathered.present(value, columns);
        }
        followAggregate(operation, made, columns, gathered);
        const names = namesOf([...operation.by, ...operation.measures]);
        return { columns: made, closed: operation.how === 'group' ? new Set(names) : withNames(closed, names) };
      }
      case 'series':
        for (const { name, value } of operation.by) gathered.assign(made, name, value, columns);
        for (const { name } of [operation.axis, ...operation.measures]) made.set(name, null);
        return { columns: made, closed: null };
      case 'unpack':
        followUnpack(operation, columns, made, gathered);
        return { columns: made, closed: null };
      case 'extract': {
        const from = operandOver(operation.from, columns);
        for (const { name, span } of operation.makes) {
          const fn = `${operation.how} ${operation.span.start} ${name}`;
          const cut = from === null || !('extractor' in dialect) ? null : cutFunction(operation, name, search.reading, (dialect as PipelineDialect).extractor);
          if (cut !== null) search.functions.set(fn, cut);
          made.set(name, cut === null || from === null ? null : { kind: 'call', span, fn, name: span, args: [from], written: name });
        }
        return { columns: made, closed: withNames(closed, namesOf(operation.makes)) };
      }
      case 'union': {
        const sidesOf = operation.fresh === true ? operation.branches : [null, ...operation.branches];
        gathered.branches = Math.max(gathered.branches, sidesOf.length);
        const chosen = sidesOf[Math.min(gathered.plan.branch, sidesOf.length - 1)] ?? null;
        return chosen === null ? rows : inBranch(depth)(chosen, columns.side);
      }
      case 'fork':
        if (operation.branches[0] !== undefined) inBranch(depth)(operation.branches[0], columns.side);
        return rows;
      case 'distinct':
        if (operation.keep !== true) return { columns, closed: new Set(operation.by.flatMap((value) => (value.kind === 'field' ? [value.name] : []))) };
        if (gathered.leavesOut) for (const value of operation.by) gathered.present(value, columns);
        return rows;
      case 'join':
        return followJoin(operation, rows, gathered, inBranch(depth));
      case 'keep':
        return operation.names.some((name) => name.includes('*')) ? rows : { columns, closed: new Set(operation.names) };
      case 'rows': {
        // Its rows are there without events: one of them for each of several branches.
        gathered.split.set(columns.side, []);
        gathered.branches = Math.max(gathered.branches, operation.rows.length);
        const cells = operation.rows[gathered.plan.branch % Math.max(1, operation.rows.length)] ?? [];
        operation.columns.forEach(({ name }, at) => made.set(name, cells[at] ?? null));
        return { columns: made, closed: new Set(namesOf(operation.columns)) };
      }
      case 'own': {
        const through = 'throughOne' in dialect ? ((dialect as PipelineDialect).throughOne?.(operation) ?? null) : null;
        return through === null || depth > DEEPEST ? rows : follow(through.stages, rows, depth + 1);
      }
      case 'range':
      case 'drop':
      case 'reorder':
      case 'sort':
      case 'limit':
      case 'lookup':
      case 'fill':
      case 'partition':
      case 'sequence':
      case 'correlate':
      case 'nested':
      case 'scan':
      case 'schema':
      case 'plugin':
      case 'show':
      case 'unread':
        return rows;
      default:
        return operation satisfies never;
    }
  };

  follow(rule.analysis.stages, fresh(0), 0);
  return gathered;
}

const namesOf = (columns: readonly { readonly name: string }[]): readonly string[] => columns.map(({ name }) => name);

/** Whether what is asked is of no event, and so taken as met. */
const isTakenAsMet = (part: Predicate, dialect: Dialect): boolean => 'opened' in dialect && (dialect as PipelineDialect).opened?.(part) !== undefined;
