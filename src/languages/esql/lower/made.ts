import type { Assignment, Node } from '../tree';
import { withMade, type Column, type Columns } from './columns';
import { lower, type Lowering } from './condition';
import { nameOf } from './names';

/** Where a text is read a second time, what it brings is known already. */
export const silently = (work: Lowering): Lowering => ({ ...work, found: { tokens: [], diagnostics: [], taken: [] } });

/** Functions that hand on a form of their argument which says the same. */
const SAME: ReadonlySet<string> = new Set(
  'to_lower to_upper to_string to_str trim ltrim rtrim coalesce mv_dedupe mv_sort mv_first mv_last to_ip values'.split(' '),
);

/** The field that an expression is a form of; null where it computes something. */
function innerOf(node: Node): string | null {
  if (node.kind === 'field') return node.name;
  if (node.kind === 'cast') return innerOf(node.of);
  return node.kind === 'call' && SAME.has(node.name.text.toLowerCase()) && node.of[0] !== undefined ? innerOf(node.of[0]) : null;
}

const isTruth = ({ kind }: Node): boolean =>
  kind === 'and' || kind === 'or' || kind === 'not' || kind === 'compare' || kind === 'match' || kind === 'null-test';
const CONDITIONS: ReadonlySet<string> = new Set(['starts_with', 'ends_with', 'contains', 'cidr_match', 'match', 'match_phrase', 'kql', 'qstr', 'mv_contains']);

/** What an expression makes of the columns before it. `x = to_lower(x)` still is the source's field, so that comparisons on it are no thresholds. */
export function madeOf(work: Lowering, name: string, value: Node): Column | null {
  const inner = innerOf(value);
  const column = inner === null ? undefined : work.columns.made.get(inner);
  if (inner === name && column === undefined) return null;
  const of = inner === null ? undefined : column === undefined ? inner : column.of;
  const holds = isTruth(value) || (value.kind === 'call' && CONDITIONS.has(value.name.text.toLowerCase()));
  return {
    derived: true,
    ...(of === undefined ? null : { of }),
    ...(holds ? { condition: lower(silently(work), value) } : null),
  };
}

/** The columns with one that `name = expression` makes. */
export function withAssigned(work: Lowering, item: Assignment): Columns {
  const target = nameOf(work.text, item);
  const made = madeOf({ ...work, isOfEvents: true }, target, item.value);
  return made === null ? work.columns : withMade(work.columns, [[target, made]]);
}
