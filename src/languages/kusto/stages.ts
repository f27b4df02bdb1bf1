import type { Parameter, Role, Span } from '../../model';
import { checkColumns } from './check';
import { addColumns, derivedFields, groupField, madeBy } from './derive';
import { type Place, textOf } from './environment';
import { type Bearing, type Branching, type Node } from './node';
import { columnsOf, lowerPipeline, type Lowered, sourceOf } from './pipeline-stages';
import { predicateOf } from './predicate';
import { dropMatching, join, keepMatching, openScope, type Scope, scopeOf, unionOf } from './scope';
import { branchOf, readSubqueries } from './subquery';
import { bin, noteTimes } from './time';
import type { Expr, Op } from './tree';
import { typeNamed } from './type';
import { OPERATORS } from './vocabulary';

interface Step {
  readonly node: Node;
  readonly scope: Scope;
}

const ROLES: Readonly<Record<string, Role>> = {
  where: 'filter',
  search: 'filter',
  find: 'filter',
  extend: 'derive',
  parse: 'derive',
  'parse-where': 'derive',
  'parse-kv': 'derive',
  serialize: 'derive',
  invoke: 'derive',
  'mv-apply': 'derive',
  print: 'source',
  range: 'source',
  summarize: 'aggregate',
  'make-series': 'aggregate',
  distinct: 'aggregate',
  count: 'aggregate',
  'top-nested': 'aggregate',
  'top-hitters': 'aggregate',
  reduce: 'aggregate',
  join: 'combine',
  lookup: 'combine',
  union: 'combine',
  partition: 'combine',
  fork: 'combine',
  facet: 'combine',
  scan: 'sequence',
};

/** One operator as a stage, and the columns after it. */
export function lowerOperator(op: Op, place: Place, isFirst: boolean): Step {
  const base = { kind: op.kind, role: op.form === 'unknown' ? ('opaque' as const) : (ROLES[op.kind] ?? 'shape'), span: op.span };
  const parameters: readonly Parameter[] = op.options.map(({ name, value, span }) => ({ name, value, span }));
  const part = lowerForm(op, place, isFirst);
  const own = [...parameters, ...(part.node.parameters ?? [])];
  const branches = [...(part.node.branches ?? []), ...place.branches];
  const node: Node = {
    ...base,
    ...part.node,
    ...(own.length === 0 ? null : { parameters: own }),
    ...(branches.length === 0 ? null : { branches }),
  };
  return { node, scope: part.scope };
}

interface Part {
  readonly node: Partial<Node>;
  readonly scope: Scope;
}

function lowerForm(op: Op, place: Place, isFirst: boolean): Part {
  const { scope, lowering, environment } = place;
  switch (op.form) {
    case 'filter':
      checkColumns(op.condition, place);
      noteTimes(op.condition, place);
      return { node: { predicate: predicateOf(op.condition, place) }, scope };
    case 'columns':
      return lowerColumns(op, place);
    case 'summarize':
      return lowerSummarize(op, place);
    case 'series': {
      const columns = [...op.columns.flatMap((item) => madeBy(item, place)), ...op.by.flatMap((item) => madeBy(item, place)), ...madeBy(op.on, place)];
      for (const item of [...op.columns, ...op.by, op.on]) checkColumns(item, place);
      if (op.step !== null) bin(op.step, place);
      lowering.hasTimeFilter = true;
      const after = scopeOf(new Map(columns.map(({ name, info }) => [name, { ...info, type: 'dynamic' }])));
      after.isOpen = scope.isOpen && columns.length < op.columns.length + op.by.length + 1;
      return { node: { derives: derivedFields(columns), groupBy: op.by.map((item) => groupField(item, place)) }, scope: after };
    }
    case 'join':
      return lowerJoin(op, place);
    case 'union':
      return lowerUnion(op, place, isFirst);
    case 'search': {
      const sources = op.tables.map((table) => sourceOf(table, lowering, environment));
      const after = isFirst
        ? sources.length > 0
          ? unionOf(
              sources.map((source) => source.scope),
              lowering.spendColumns,
            )
          : openScope()
        : scope;
      const there = { ...place, scope: after };
      noteTimes(op.condition, there);
      const branches = sources.map(({ nodes }, index) => branchOf(textOf(lowering, op.tables[index]!.span), op.tables[index]!.span, nodes, 'alternative'));
      return {
        node: { predicate: predicateOf(op.condition, there), ...(branches.length > 0 ? { branches } : null) },
        scope: op.columns.length > 0 ? openScope() : after,
      };
    }
    case 'parse': {
      checkColumns(op.of, place);
      for (const { name, type } of op.captures) scope.own.set(name, { type: typeNamed(type), derived: false });
      return { node: { derives: op.captures.map(({ name, span }) => ({ name, span, expression: op.of.span })) }, scope };
    }
    case 'expand': {
      const made = op.columns.flatMap((item) => madeBy(item, place));
      for (const item of op.columns) checkColumns(item, place);
      for (const { name, info } of made)
        scope.own.set(
          name,
          info.of === undefined || info.of === name ? { type: 'any', derived: info.derived } : { type: 'any', derived: info.derived, of: info.of },
        );
      for (const { name, value } of op.options) if (name === 'with_itemindex') scope.own.set(value, { type: 'long', derived: true });
      if (op.sub === null) return { node: { derives: derivedFields(made) }, scope };
      const sub = lowerPipeline(op.sub, lowering, environment, scope);
      for (const [name, info] of sub.scope.own) scope.own.set(name, info);
      scope.isOpen ||= sub.scope.isOpen;
      return { node: { derives: derivedFields(made), branches: [branchOf('on', op.sub.span, sub.nodes, 'demanded')] }, scope };
    }
    case 'range':
      return { node: {}, scope: scopeOf(new Map(op.column === null ? [] : [[op.column.name, { type: 'any', derived: true }]])) };
    case 'call': {
      const after = op.schema === null ? openScope() : scopeOf(columnsOf(op.schema));
      // What a plugin or function does to the columns cannot be known; those of before mostly stay.
      if (op.schema === null) Object.assign(after, { own: new Map(scope.own), bases: scope.bases, isNumbered: scope.isNumbered });
      readSubqueries(op.call, place, 'optional');
      return { node: { label: textOf(lowering, op.call.span).split('(')[0]!.trim().slice(0, 60) }, scope: after };
    }
    case 'subqueries': {
      const subs = op.subs.map((sub) => ({ sub, lowered: lowerPipeline(sub, lowering, environment, scope) }));
      const after = op.kind === 'partition' && subs.length === 1 ? subs[0]!.lowered.scope : openScope();
      return {
        node: { branches: subs.map(({ sub, lowered }) => branchOf(op.kind, sub.span, lowered.nodes, op.kind === 'partition' ? 'demanded' : 'alternative')) },
        scope: after,
      };
    }
    case 'scan': {
      for (const { name, type } of op.declared) scope.own.set(name, { type: typeNamed(type), derived: true });
      const branches: Branching[] = op.steps.map((step) => {
        const there = { ...place, scope: openScope(), branches: [] };
        const node: Node = { kind: 'step', role: 'filter', span: step.condition.span, label: step.name.name, predicate: predicateOf(step.condition, there) };
        return branchOf(step.name.name, step.condition.span, [node], 'demanded');
      });
      return { node: { branches }, scope };
    }
    case 'as': {
      if (op.name !== null) environment.own.set(op.name.name, { kind: 'parameter', name: op.name.name, isTable: true });
      return { node: op.name === null ? {} : { label: op.name.name }, scope };
    }
    case 'plain':
      for (const arg of op.args) {
        checkColumns(arg, place);
        readSubqueries(arg, place, 'optional');
      }
      return lowerPlain(op, place);
    case 'unknown':
      return { node: OPERATORS.has(op.kind) ? {} : { predicate: { kind: 'opaque', span: op.span, reason: 'syntax-error' } }, scope: openScope() };
    default:
      return op satisfies never;
  }
}

function lowerPlain(op: Extract<Op, { form: 'plain' }>, place: Place): Part {
  const { scope, lowering } = place;
  switch (op.kind) {
    case 'count':
      return { node: {}, scope: scopeOf(new Map([['Count', { type: 'long', derived: true }]])) };
    case 'getschema':
    case 'consume':
    case 'reduce':
      return { node: {}, scope: openScope() };
    case 'top-nested':
    case 'top-hitters':
    case 'sample-distinct':
      return { node: {}, scope: openScope() };
    case 'take':
    case 'sample':
    case 'top': {
      const [count] = op.args;
      return { node: count === undefined ? {} : { parameters: [{ name: 'rows', value: textOf(lowering, count.span), span: count.span }] }, scope };
    }
    default:
      return { node: {}, scope };
  }
}

function lowerColumns(op: Extract<Op, { form: 'columns' }>, place: Place): Part {
  const { scope } = place;
  const patterns = (): readonly string[] => op.columns.flatMap((item) => (item.kind === 'name' || item.kind === 'star' ? [item.name] : []));
  for (const item of op.columns) {
    checkColumns(item, place);
    readSubqueries(item, place, 'optional');
  }
  switch (op.kind) {
    case 'extend':
    case 'serialize': {
      const made = op.columns.flatMap((item) => {
        const columns = madeBy(item, place);
        addColumns(columns, place);
        // Some functions make several columns of names we cannot tell.
        if (columns.length === 0) scope.isOpen = true;
        return columns;
      });
      return { node: { derives: derivedFields(made) }, scope };
    }
    case 'project-away':
      for (const pattern of patterns()) dropMatching(scope, pattern);
      return { node: {}, scope };
    case 'project-keep':
      return { node: {}, scope: keepMatching(scope, patterns()) };
    case 'project-rename': {
      const made = op.columns.flatMap((item) => madeBy(item, place));
      for (const item of op.columns) if (item.kind === 'assign' && item.value.kind === 'name') dropMatching(scope, item.value.name);
      addColumns(made, place);
      return { node: { derives: derivedFields(made) }, scope };
    }
    case 'project-reorder':
    case 'project-smart':
      return { node: {}, scope };
    default: {
      // project, distinct, print: exactly these columns.
      if (op.columns.some((item) => item.kind === 'star')) return { node: {}, scope };
      const made = op.columns.map((item) => madeBy(item, place));
      const after = scopeOf(new Map(made.flat().map(({ name, info }) => [name, info.of === name ? { type: info.type, derived: info.derived } : info])));
      // A column whose automatic name we cannot tell leaves the scope open.
      after.isOpen = made.some((columns) => columns.length === 0);
      return { node: { derives: derivedFields(made.flat()) }, scope: after };
    }
  }
}

function lowerSummarize(op: Extract<Op, { form: 'summarize' }>, place: Place): Part {
  for (const item of [...op.columns, ...op.by]) {
    checkColumns(item, place);
    readSubqueries(item, place, 'optional');
  }
  for (const item of op.by) {
    const value = item.kind === 'assign' ? item.value : item;
    if (value.kind === 'call' && /^bin(?:_at)?$|^floor$/.test(value.name) && value.args[1] !== undefined) bin(value.args[1], place);
  }
  const by = op.by.map((item) => madeBy(item, place));
  const columns = op.columns.map((item) => madeBy(item, place));
  const made = [...by, ...columns];
  const keepsAll = op.columns.some(takesAll);
  const after = keepsAll ? place.scope : scopeOf(new Map());
  for (const { name, info } of made.flat()) after.own.set(name, info.of === name ? { type: info.type, derived: info.derived } : info);
  if (made.some((list) => list.length === 0)) after.isOpen = true;
  if (after.own.size < made.flat().length) after.isNumbered = true;
  return { node: { derives: derivedFields(columns.flat()), groupBy: op.by.map((item) => groupField(item, place)) }, scope: after };
}

/** `arg_max(TimeGenerated, *)` keeps every column. */
function takesAll(item: Expr): boolean {
  const value = item.kind === 'assign' ? item.value : item;
  return value.kind === 'call' && value.name !== 'count' && value.args.some((arg) => arg.kind === 'star');
}

const KEEPS_LEFT: ReadonlySet<string> = new Set(['leftanti', 'anti', 'leftantisemi', 'leftsemi']);
const KEEPS_RIGHT: ReadonlySet<string> = new Set(['rightanti', 'rightantisemi', 'rightsemi']);
const ABSENT: ReadonlySet<string> = new Set(['leftanti', 'anti', 'leftantisemi']);

function lowerJoin(op: Extract<Op, { form: 'join' }>, place: Place): Part {
  const { scope, lowering, environment } = place;
  const kind = op.options.find(({ name }) => name === 'kind')?.value ?? (op.kind === 'lookup' ? 'leftouter' : 'innerunique');
  const right = sourceOf(op.right, lowering, environment);
  const bearing: Bearing = ABSENT.has(kind) ? 'absent' : kind === 'leftouter' || kind === 'fullouter' ? 'optional' : 'demanded';
  const branches = [branchOf(branchName(op.right, place), op.right.span, right.nodes, bearing)];
  const on: Parameter[] = op.on.length === 0 ? [] : [{ name: 'on', value: op.on.map(({ span }) => textOf(lowering, span)).join(', '), span: spanOf(op.on) }];
  const isAbsentBefore = kind === 'rightanti' || kind === 'rightantisemi';
  const node: Partial<Node> = { branches, parameters: on, ...(isAbsentBefore ? { isAbsentBefore } : null) };
  if (KEEPS_LEFT.has(kind)) return { node, scope };
  if (KEEPS_RIGHT.has(kind)) return { node, scope: right.scope };
  join(scope, right.scope, lowering.spendColumns);
  return { node, scope };
}

const spanOf = (list: readonly { readonly span: Span }[]): Span => ({ start: list[0]!.span.start, end: list.at(-1)!.span.end });

function branchName(expr: Expr, place: Place): string {
  if (expr.kind === 'name') return expr.name;
  if (expr.kind === 'group') return branchName(expr.of, place);
  if (expr.kind === 'query') return expr.pipeline.source === null ? 'sub-query' : branchName(expr.pipeline.source, place);
  return textOf(place.lowering, expr.span).replace(/\s+/g, ' ').slice(0, 60);
}

function lowerUnion(op: Extract<Op, { form: 'union' }>, place: Place, isFirst: boolean): Part {
  const { lowering, environment } = place;
  const sides: readonly (Lowered & { readonly expr: Expr })[] = op.tables.map((expr) => ({ expr, ...sourceOf(expr, lowering, environment) }));
  const after = unionOf([...(isFirst ? [] : [place.scope]), ...sides.map((side) => side.scope)], lowering.spendColumns);
  for (const { name, value } of op.options) if (name === 'withsource' || name === 'with_source') after.own.set(value, { type: 'string', derived: false });
  return { node: { branches: sides.map(({ expr, nodes }) => branchOf(branchName(expr, place), expr.span, nodes, 'alternative')) }, scope: after };
}
