import type { FieldRef, Predicate, Span } from '../../../model';
import { placeOf } from '../../../syntax/predicates';
import { trailOf, type Trail } from '../../../syntax/trail';

/** What a command made a column of. */
export interface Column {
  /** Computed: comparisons on it are thresholds, unless `of` names the field it is a form of. */
  readonly derived?: true;
  /** The events' field that was copied, renamed or wrapped. */
  readonly of?: string;
  /** The condition that a column of true and false holds. */
  readonly condition?: Predicate;
}

/** The columns that rows have at a place of a pipeline. */
export interface Columns {
  readonly made: Trail<Column>;
  /** One of them was made of a condition. */
  readonly hasConditions: boolean;
  /** Names whose `name.part`s a command made: the target of `uri_parts`. */
  readonly prefixes: readonly string[];
  /** The only columns left, stars in them, and the command that chose them; null: those of the source, and more. */
  readonly only: { readonly names: readonly string[]; readonly by: string } | null;
  /** Columns taken away, and the command that did. */
  readonly gone: Trail<string>;
}

export const NO_COLUMNS: Columns = { made: trailOf(), hasConditions: false, prefixes: [], only: null, gone: trailOf() };

/** A field as the commands before left it. */
export function fieldRef({ made, prefixes }: Columns, name: string, span: Span): FieldRef {
  const column = made.get(name);
  const isPart = column === undefined && prefixes.some((prefix) => name.startsWith(`${prefix}.`));
  return {
    kind: 'field',
    name,
    span: placeOf(span),
    ...(column?.derived === true || isPart ? { derived: true as const } : null),
    ...(column?.of === undefined ? null : { of: column.of }),
  };
}

const fits = (pattern: string, name: string): boolean => {
  if (!pattern.includes('*')) return pattern === name || name.startsWith(`${pattern}.`);
  const [first = '', ...rest] = pattern.split('*');
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const [index, piece] of rest.entries()) {
    if (index === rest.length - 1) return name.length - piece.length >= at && name.endsWith(piece);
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
};

/** The command that took a column away; null where it may be there. */
export function takenBy({ only, gone, made, prefixes }: Columns, name: string): string | null {
  if (made.has(name) || prefixes.some((prefix) => name.startsWith(`${prefix}.`))) return null;
  const dropped = gone.get(name);
  if (dropped !== undefined) return dropped;
  return only !== null && !only.names.some((pattern) => fits(pattern, name)) ? only.by : null;
}

/** With further columns, which are there whatever was chosen before. */
export function withMade(columns: Columns, added: Iterable<readonly [string, Column]>): Columns {
  const entries = [...added];
  const names = entries.map(([name]) => name);
  const made = columns.made.with(entries);
  const gone = names.some((name) => columns.gone.has(name)) ? columns.gone.with(names.map((name) => [name, undefined])) : columns.gone;
  const only = columns.only === null ? null : { ...columns.only, names: [...columns.only.names, ...names] };
  const hasConditions = columns.hasConditions || entries.some(([, { condition }]) => condition !== undefined);
  return { ...columns, made, hasConditions, gone, only };
}

/** After columns that are not known (an enrichment, a join) came to those there were. */
export const withUnknown = (columns: Columns): Columns => ({ ...columns, only: null });

/** Only these are left. What was made of them stays what it is. */
export function withOnly(columns: Columns, names: readonly string[], by: string): Columns {
  const made = trailOf([...columns.made.entries()].filter(([name]) => names.some((pattern) => fits(pattern, name))));
  return { ...columns, made, only: { names, by }, gone: trailOf() };
}

export function without(columns: Columns, names: readonly string[], by: string): Columns {
  const made = columns.made.with(names.map((name) => [name, undefined]));
  const gone = columns.gone.with(names.flatMap((name) => (name.includes('*') ? [] : [[name, by] as const])));
  return { ...columns, made, gone };
}

/** A column under another name is the column. */
export function renamed(columns: Columns, pairs: readonly { readonly from: string; readonly to: string }[]): Columns {
  const named = pairs.filter(({ from, to }) => !from.includes('*') && from !== to);
  const made = columns.made.with(named.flatMap(({ from, to }) => [[from, undefined] as const, [to, columns.made.get(from) ?? { of: from }] as const]));
  const gone = columns.gone.with(named.flatMap(({ from, to }) => [[from, 'rename'] as const, [to, undefined] as const]));
  const only =
    columns.only === null
      ? null
      : { ...columns.only, names: [...columns.only.names.filter((name) => !pairs.some(({ from }) => from === name)), ...pairs.map(({ to }) => to)] };
  return { ...columns, made, gone, only };
}
