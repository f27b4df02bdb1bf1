import { sqlName, sqlText } from '../convert/sql/dialect';
import { duckdb } from '../convert/targets/sql';

/** More parts than this make too many ways to write a dotted name. */
export const MOST_PARTS = 6;

/** Where a dotted name may lie: a key of the event, and keys within its object. */
interface Place {
  readonly head: string;
  readonly keys: readonly string[];
}

/** The ways a dotted name may be written, keys that stand flat before those that are nested, as events are read. */
function placesOf(name: string): readonly Place[] {
  const parts = name.split('.');
  const splits = (from: number): readonly (readonly string[])[] =>
    from === parts.length
      ? [[]]
      : parts
          .map((_, at) => parts.length - at)
          .filter((to) => to > from)
          .flatMap((to) => splits(to).map((rest) => [parts.slice(from, to).join('.'), ...rest]));
  return splits(0).map(([head, ...keys]) => ({ head: head!, keys }));
}

/** The keys of an event that a field may lie in. */
export const headsOf = (name: string): readonly string[] => [...new Set(placesOf(name).map(({ head }) => head))];

const pathOf = (keys: readonly string[]): string => sqlText(`$${keys.map((key) => `."${key.replace(/[\\"]/g, '\\$&')}"`).join('')}`, duckdb);

/** The field's value as a text, out of columns of JSON: a number without a fraction is one, written `5.0` too. */
export function valueOf(name: string): string {
  const values = placesOf(name).map(({ head, keys }) => {
    const text = `${sqlName(head, duckdb)} ->> ${pathOf(keys)}`;
    return `CASE json_type(${sqlName(head, duckdb)}, ${pathOf(keys)}) WHEN 'DOUBLE' THEN regexp_replace(${text}, '\\.0+$', '') ELSE ${text} END`;
  });
  return values.length === 1 ? values[0]! : `coalesce(${values.map((value) => `(${value})`).join(', ')})`;
}

/** Whether the field holds a list or an object, or lies in a list. */
export function isSeveralOf(name: string): string {
  const within = placesOf(name).flatMap(({ head, keys }) => keys.map((_, at) => `json_type(${sqlName(head, duckdb)}, ${pathOf(keys.slice(0, at))}) = 'ARRAY'`));
  const own = placesOf(name).map(({ head, keys }) => `json_type(${sqlName(head, duckdb)}, ${pathOf(keys)}) IN ('ARRAY', 'OBJECT')`);
  return [...new Set([...within, ...own])].join(' OR ');
}
