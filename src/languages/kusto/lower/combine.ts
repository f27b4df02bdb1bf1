import type { Parameter, Span } from '../../../model';
import type { Expr, Op } from '../tree';
import { type Place, textOf } from './environment';
import { type Bearing, type Part, branchOf } from './node';
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
  if (KEEPS_LEFT.has(kind)) return { about, branches, scope };
  if (KEEPS_RIGHT.has(kind)) return { about, branches, scope: right.scope, ...(kind === 'rightsemi' ? null : { isAbsentBefore: true as const }) };
  join(scope, right.scope, lowering.spendColumns);
  return { about, branches, scope };
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
  return { branches: sides.map(({ nodes }, index) => branchOf(nameOf(op.tables[index]!, place), op.tables[index]!.span, nodes, 'alternative')), scope: after };
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
  const there: Place = { ...place, scope };
  noteTimes(op.condition, there);
  const branches = sides.map(({ nodes }, index) => branchOf(nameOf(op.tables[index]!, place), op.tables[index]!.span, nodes, 'alternative'));
  return { about: { predicate: predicateOf(op.condition, there) }, branches, scope: op.columns.length > 0 ? openScope() : scope };
}
