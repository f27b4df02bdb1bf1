import type { Parameter, Role, Stage } from '../../../model';
import { checkColumns } from '../lint/columns';
import type { Expr, Op } from '../tree';
import { OPERATORS } from '../vocabulary';
import { lowerColumns, lowerSeries, lowerSummarize } from './columns';
import { lowerJoin, lowerSearch, lowerUnion } from './combine';
import { derivedFields, groupField, madeBy } from './derive';
import { expandOperation, operationsOf, pluginOperation, scanOperation, TABLE_PLUGINS } from './operations';
import { operandOf } from './operand';
import { type Place, textOf, remarkAt } from './environment';
import { type Node, type Part, branchOf } from './node';
import { predicateOf } from './predicate';
import { columnsOf, openScope, scopeOf } from './scope';
import { readSubqueries } from './subquery';
import { noteTimes } from './time';
import { typeNamed } from './type';

const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ...['where', 'search', 'find'].map((kind) => [kind, 'filter'] as const),
  ...['print', 'range'].map((kind) => [kind, 'source'] as const),
  ...['extend', 'parse', 'parse-where', 'parse-kv', 'serialize', 'invoke', 'mv-apply'].map((kind) => [kind, 'derive'] as const),
  ...['summarize', 'make-series', 'distinct', 'count', 'top-nested', 'top-hitters', 'reduce'].map((kind) => [kind, 'aggregate'] as const),
  ...['join', 'lookup', 'union', 'partition', 'fork', 'facet'].map((kind) => [kind, 'combine'] as const),
  ['scan', 'sequence'],
]);

/** One operator as a stage, and the columns after it. */
export function lowerOperator(op: Op, place: Place, isFirst: boolean): { readonly node: Node; readonly scope: Part['scope'] } {
  // What it does speaks of the columns before it.
  const operations = operationsOf(op, place);
  const { scope, about, branches = [], isAbsentBefore, operate } = lowerPart(op, place, isFirst);
  if (scope !== place.scope) scope.former ??= place.scope;
  const role = op.form === 'unknown' ? 'unread' : (ROLES.get(op.kind) ?? 'shape');
  const stage: Stage = Object.assign(
    { kind: op.kind, role, span: op.span },
    operations.length === 0 ? null : { operations },
    about,
    parametersOf(op, about?.parameters),
  );
  const node: Node = {
    stage,
    branches: place.branches.length === 0 ? branches : [...branches, ...place.branches],
    ...(operate === undefined ? null : { operate }),
  };
  return { node: isAbsentBefore === undefined ? node : { ...node, isAbsentBefore }, scope };
}

function parametersOf({ options }: Op, own: readonly Parameter[] = []): { readonly parameters?: readonly Parameter[] } {
  return options.length + own.length === 0 ? {} : { parameters: [...options.map(({ name, value, span }) => ({ name, value, span })), ...own] };
}

function lowerPart(op: Op, place: Place, isFirst: boolean): Part {
  const { scope, lowering, environment } = place;
  switch (op.form) {
    case 'filter': {
      checkColumns(op.condition, place);
      noteTimes(op.condition, place);
      const predicate = predicateOf(op.condition, place);
      return { about: { predicate, operations: [{ kind: 'filter', span: op.span, predicate }] }, scope };
    }
    case 'columns':
      return lowerColumns(op, place);
    case 'summarize':
      return lowerSummarize(op, place);
    case 'series':
      return lowerSeries(op, place);
    case 'join':
      if (op.kind === 'join' && !op.options.some(({ name }) => name === 'kind'))
        remarkAt(lowering, 'kusto/default-join', op.word, 'A join without `kind` is `innerunique`: of left rows with the same key only one is kept.', {
          title: 'Write kind=innerunique',
          edits: [{ span: { start: op.word.end, end: op.word.end }, text: ' kind=innerunique' }],
        });
      return lowerJoin(op, place);
    case 'union':
      return lowerUnion(op, place, isFirst);
    case 'search':
      return lowerSearch(op, place, isFirst);
    case 'parse':
      checkColumns(op.of, place);
      for (const { name, type } of op.captures) scope.own.set(name, { type: typeNamed(type), derived: false });
      return { about: { derives: op.captures.map(({ name, span }) => ({ name, span, expression: op.of.span })) }, scope };
    case 'expand':
      return lowerExpand(op, place);
    case 'range':
      return { scope: scopeOf(new Map(op.column === null ? [] : [[op.column.name, { type: 'any', derived: true }]])) };
    case 'nested': {
      const made = op.levels.flatMap(({ of, by }) => {
        checkColumns(of, place);
        checkColumns(by.of, place);
        // A measure without a name is called after its group.
        return by.of.kind === 'assign' ? [...madeBy(of, place), ...madeBy(by.of, place)] : madeBy(of, place);
      });
      return { about: { derives: derivedFields(made), groupBy: op.levels.map(({ of }) => groupField(of, place)) }, scope: openScope() };
    }
    case 'call': {
      if (op.call.kind === 'call' && op.kind === 'evaluate' && TABLE_PLUGINS.has(op.call.name) && op.call.args[0] !== undefined)
        return lowerTablePlugin(op, op.call.args, place);
      readSubqueries(op.call, place, 'optional');
      const label = textOf(lowering, op.call.span).split('(', 1)[0]!.trim().slice(0, 60);
      if (op.schema !== null) {
        // `*` in a schema stands for the columns that are there.
        const named = columnsOf(op.schema.filter(({ name }) => name !== '*'));
        return { about: { label }, scope: named.size === op.schema.length ? scopeOf(named) : { ...scopeOf(named), isOpen: true } };
      }
      // What a plugin or function does to the columns cannot be known; those of before mostly stay.
      return { about: { label }, scope: { ...scope, isOpen: true } };
    }
    case 'subqueries': {
      const isPartition = op.kind === 'partition';
      const subs = op.subs.map((sub) => lowering.recursion.pipeline(sub, lowering, environment, scope));
      const branches = subs.map(({ nodes }, index) => branchOf(op.kind, op.subs[index]!.span, nodes, isPartition ? 'demanded' : 'alternative'));
      const [by] = op.columns;
      if (!isPartition || subs.length !== 1 || by === undefined) return { branches, scope: openScope() };
      return { branches, scope: subs[0]!.scope, operate: ([branch]) => [{ kind: 'partition', span: op.span, by: operandOf(by, place), branch: branch! }] };
    }
    case 'scan':
      return lowerScan(op, place);
    case 'as':
      return op.name === null ? { scope } : { about: { label: op.name.name }, scope };
    case 'plain':
      return lowerPlain(op, place);
    case 'unknown':
      // Tables that a graph is turned into.
      for (const [, name] of textOf(lowering, op.span).matchAll(/\bas\s+(\w+)/g)) environment.own.set(name!, { kind: 'parameter', name: name!, isTable: true });
      // A command that we do not model is kept as it is; anything else is an error.
      return OPERATORS.has(op.kind)
        ? { scope: openScope() }
        : { about: { predicate: { kind: 'unread', span: op.span, reason: 'syntax-error' } }, scope: openScope() };
    default:
      return op satisfies never;
  }
}

/** A plugin that looks rows up in a table, which is a branch. */
function lowerTablePlugin(op: Extract<Op, { form: 'call' }>, [table, ...rest]: readonly Expr[], place: Place): Part {
  const { lowering, environment, scope } = place;
  const { nodes } = lowering.recursion.source(table!, lowering, environment);
  const label = textOf(lowering, op.call.span).split('(', 1)[0]!.trim();
  return {
    about: { label },
    branches: [branchOf(textOf(lowering, table!.span).slice(0, 60), table!.span, nodes, 'optional')],
    scope: { ...scope, isOpen: true },
    operate: ([branch]) => [pluginOperation(op, rest, place, branch)],
  };
}

function lowerExpand(op: Extract<Op, { form: 'expand' }>, place: Place): Part {
  // What it expands are the columns before it.
  const expanded = op.sub === null ? null : expandOperation(op, place);
  const { scope, lowering, environment } = place;
  const made = op.columns.flatMap((item) => madeBy(item, place));
  for (const item of op.columns) checkColumns(item, place);
  for (const { name, info } of made)
    scope.own.set(name, { type: 'any', derived: info.derived, ...(info.of === undefined || info.of === name ? null : { of: info.of }), member: true });
  for (const { name, value } of op.options) if (name === 'with_itemindex') scope.own.set(value, { type: 'long', derived: true });
  const about = { derives: derivedFields(made) };
  if (op.sub === null || expanded === null) return { about, scope };
  const sub = lowering.recursion.pipeline(op.sub, lowering, environment, scope);
  for (const [name, info] of sub.scope.own) scope.own.set(name, info);
  scope.isOpen ||= sub.scope.isOpen;
  return {
    about,
    branches: [branchOf('on', op.sub.span, sub.nodes, 'demanded')],
    scope,
    operate: ([branch]) => [expanded.kind === 'expand' ? { ...expanded, branch: branch! } : expanded],
  };
}

/** Every step is a branch with its condition; columns of other steps (`s1.Timestamp`) are columns like any other. */
function lowerScan(op: Extract<Op, { form: 'scan' }>, place: Place): Part {
  for (const { name, type } of op.declared) place.scope.own.set(name, { type: typeNamed(type), derived: true });
  const steps = op.steps.map(({ name, condition }) => {
    const there: Place = { ...place, scope: openScope(), branches: [] };
    const predicate = predicateOf(condition, there);
    const stage: Stage = { kind: 'step', role: 'filter', span: condition.span, label: name.name, predicate };
    return { predicate, branch: branchOf(name.name, condition.span, [{ stage, branches: there.branches }], 'demanded') };
  });
  const scan = scanOperation(
    op,
    steps.map(({ predicate }) => predicate),
    { ...place, scope: openScope() },
  );
  return { branches: steps.map(({ branch }) => branch), scope: place.scope, operate: () => [scan] };
}

/** Operators whose answer has columns of its own. */
const RESHAPING: ReadonlySet<string> = new Set(['getschema', 'consume', 'reduce', 'top-hitters', 'sample-distinct']);

function lowerPlain(op: Extract<Op, { form: 'plain' }>, place: Place): Part {
  const { scope, lowering } = place;
  for (const arg of [...op.args, ...(op.keys ?? []).map(({ of }) => of)]) {
    checkColumns(arg, place);
    readSubqueries(arg, place, 'optional');
  }
  if (op.kind === 'count') return { scope: scopeOf(new Map([['Count', { type: 'long', derived: true }]])) };
  if (RESHAPING.has(op.kind)) return { scope: openScope() };
  const [rows] = op.args;
  if (rows === undefined || (op.kind !== 'take' && op.kind !== 'sample' && op.kind !== 'top')) return { scope };
  return { about: { parameters: [{ name: 'rows', value: textOf(lowering, rows.span), span: rows.span }] }, scope };
}
