import type { Equality, FieldRef, Operation, Parameter, Span } from '../../../model';
import { unread } from '../../../syntax/predicates';
import type { Expr, Op } from '../tree';
import { type Lowering, type Place, remarkAt, textOf } from './environment';
import { isSide } from './field';
import { joinKindOf } from './operations';
import { type Operate, type Bearing, type Part, branchOf } from './node';
import { predicateOf } from './predicate';
import { join, openScope, unionOf } from './scope';
import { noteTimes } from './time';

const KEEPS_LEFT: ReadonlySet<string> = new Set(['leftanti', 'anti', 'leftantisemi', 'leftsemi']);
const KEEPS_RIGHT: ReadonlySet<string> = new Set(['rightanti', 'rightantisemi', 'rightsemi']);

/** What a kind of join asks of the right side's rows. */
function bearingOf(kind: string): Bearing {
  if (kind === 'leftanti' || kind === 'anti' || kind === 'leftantisemi') return 'absent';
  return kind === 'leftouter' || kind === 'fullouter' ? 'optional' : 'demanded';
}

/** `join` and `lookup`: the right side is a branch. */
export function lowerJoin(op: Extract<Op, { form: 'join' }>, place: Place): Part {
  const { scope, lowering, environment } = place;
  const kind = op.options.find(({ name }) => name === 'kind')?.value ?? (op.kind === 'lookup' ? 'leftouter' : 'innerunique');
  const right = lowering.recursion.source(op.right, lowering, environment);
  const branches = op.right.kind === 'error' ? [] : [branchOf(nameOf(op.right, place), op.right.span, right.nodes, bearingOf(kind))];
  const on: readonly Parameter[] =
    op.on.length === 0 ? [] : [{ name: 'on', value: op.on.map(({ span }) => textOf(lowering, span)).join(', '), span: spanOf(op.on) }];
  const about = { parameters: on };
  remarkOnJoin(op, kind, lowering);
  const operate = joinOperation(op, kind);
  if (KEEPS_LEFT.has(kind)) return { about, branches, scope, operate };
  if (KEEPS_RIGHT.has(kind)) return { about, branches, scope: right.scope, operate, ...(kind === 'rightsemi' ? null : { isAbsentBefore: true as const }) };
  join(scope, right.scope, lowering.spendColumns);
  return { about, branches, scope, operate };
}

/** A kind that there is not; keys that do not say which side they are of. */
function remarkOnJoin({ kind: word, options, on }: Extract<Op, { form: 'join' }>, kind: string, lowering: Lowering): void {
  const option = options.find(({ name }) => name === 'kind');
  if (option !== undefined && joinKindOf(kind) === null)
    remarkAt(
      lowering,
      'kusto/join',
      option.span,
      `\`${word}\` has no kind \`${kind}\`; kinds are ${word === 'lookup' ? '`leftouter` and `inner`' : '`inner`, `innerunique`, `leftouter`, `rightouter`, `fullouter`, `leftsemi`, `leftanti`, `rightsemi` and `rightanti`'}.`,
    );
  for (const key of on)
    if (key.kind === 'compare' && key.op === '==' && key.left.kind === 'name' && key.right.kind === 'name')
      remarkAt(
        lowering,
        'kusto/join',
        key.span,
        `Keys say which side they are of: \`$left.${key.left.name} == $right.${key.right.name}\`; of one name on both sides the name alone will do.`,
      );
}

function joinOperation(op: Extract<Op, { form: 'join' }>, kind: string): Operate {
  const { span, options } = op;
  const how = joinKindOf(kind);
  const on = op.on.map(equalitiesOf);
  return ([side]) => {
    if (side === undefined) return [unread(span, 'syntax-error')];
    if (how === null || on.length === 0 || on.includes(null))
      return [unread(span, 'unmodelled', how === null ? `${op.kind} kind=${kind}` : `${op.kind} condition`)];
    // The right side's keys of a lookup are not columns of the answer.
    const given = [...options.filter(({ name }) => name !== 'kind'), ...(op.kind === 'lookup' ? [{ name: 'lookup', value: 'true' }] : [])];
    return [
      {
        kind: 'join',
        span,
        how,
        with: side,
        on: on.flatMap((keys) => keys ?? []),
        ...(given.length === 0 ? null : { options: given.map(({ name, value }) => ({ name, value })) }),
      },
    ];
  };
}

/** `Column`, `$left.a == $right.b`, several of these with `and`; null for any other condition. */
function equalitiesOf(expr: Expr): readonly Equality[] | null {
  switch (expr.kind) {
    case 'group':
      return equalitiesOf(expr.of);
    case 'name': {
      const column: FieldRef = { kind: 'field', name: expr.name, span: expr.span };
      return [{ left: column, right: column }];
    }
    case 'chain': {
      const parts = expr.op === 'and' ? expr.of.map(equalitiesOf) : [null];
      return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
    }
    case 'compare': {
      if (expr.op !== '==') return null;
      const sides = [expr.left, expr.right].map(sideOf);
      const left = sides.find((side) => side?.side === '$left');
      const right = sides.find((side) => side?.side === '$right');
      return left === undefined || right === undefined || left === null || right === null ? null : [{ left: left.column, right: right.column }];
    }
    default:
      return null;
  }
}

/** `$left.a`, `$right.b.c`. */
function sideOf(expr: Expr): { readonly side: string; readonly column: FieldRef } | null {
  if (expr.kind === 'group') return sideOf(expr.of);
  if (expr.kind !== 'path' || expr.base.kind !== 'name' || !isSide(expr.base)) return null;
  const names = expr.steps.flatMap((step) => ('name' in step ? [step.name] : []));
  return names.length < expr.steps.length ? null : { side: expr.base.name, column: { kind: 'field', name: names.join('.'), span: expr.span } };
}

const spanOf = (list: readonly { readonly span: Span }[]): Span => ({ start: list[0]!.span.start, end: list.at(-1)!.span.end });

/** What a branch is called: its first source. */
function nameOf(expr: Expr, place: Place): string {
  if (expr.kind === 'name') return expr.name;
  if (expr.kind === 'group') return nameOf(expr.of, place);
  if (expr.kind === 'query') return expr.pipeline.source === null ? 'sub-query' : nameOf(expr.pipeline.source, place);
  return textOf(place.lowering, expr.span).replace(/\s+/g, ' ').slice(0, 60);
}

/** `union`: every side is a branch; what was piped into it is one more side. */
export function lowerUnion(op: Extract<Op, { form: 'union' }>, place: Place, isFirst: boolean): Part {
  const { lowering, environment } = place;
  const sides = op.tables.map((expr) => lowering.recursion.source(expr, lowering, environment));
  const scopes = sides.map(({ scope }) => scope);
  const after = unionOf(isFirst ? scopes : [place.scope, ...scopes], lowering.spendColumns);
  for (const { name, value } of op.options) if (name === 'withsource' || name === 'with_source') after.own.set(value, { type: 'string', derived: false });
  const source = op.options.find(({ name }) => name.startsWith('with'))?.value;
  const isCommon = op.options.some(({ name, value }) => name === 'kind' && value === 'inner');
  return {
    branches: sides.map(({ nodes }, index) => branchOf(nameOf(op.tables[index]!, place), op.tables[index]!.span, nodes, 'alternative')),
    scope: after,
    operate: (branches) => [
      {
        kind: 'union',
        span: op.span,
        branches: branches.slice(0, sides.length),
        ...(isFirst ? { fresh: true as const } : null),
        ...(source === undefined ? null : { source }),
        ...(isCommon ? { common: true as const } : null),
      },
    ],
  };
}

/** `search` and `find`, over tables of their own or over what is piped in. */
export function lowerSearch(op: Extract<Op, { form: 'search' }>, place: Place, isFirst: boolean): Part {
  const { lowering, environment } = place;
  const sides = op.tables.map((table) => lowering.recursion.source(table, lowering, environment));
  const own =
    sides.length === 0
      ? openScope()
      : unionOf(
          sides.map(({ scope }) => scope),
          lowering.spendColumns,
        );
  const scope = isFirst ? own : place.scope;
  const there: Place = { ...place, scope, search: op.options.some(({ name, value }) => name === 'kind' && value === 'case_sensitive') ? 'exact' : 'fold' };
  noteTimes(op.condition, there);
  const branches = sides.map(({ nodes }, index) => branchOf(nameOf(op.tables[index]!, place), op.tables[index]!.span, nodes, 'alternative'));
  const predicate = predicateOf(op.condition, there);
  return {
    about: { predicate },
    branches,
    scope: op.columns.length > 0 ? openScope() : scope,
    operate: (shown) => {
      const read: readonly Operation[] =
        sides.length === 0 ? [] : [{ kind: 'union', span: op.span, branches: shown.slice(0, sides.length), ...(isFirst ? { fresh: true as const } : null) }];
      const filter: Operation = { kind: 'filter', span: op.span, predicate };
      // `find` answers with columns of its own.
      return op.kind === 'find' ? [...read, filter, unread({ start: op.word.start, end: op.span.end }, 'unmodelled', 'columns of find')] : [...read, filter];
    },
  };
}
