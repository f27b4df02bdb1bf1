import type { EventValue } from '../../model';
import { parseJson } from './json-text';

/** Types that a typed header (`name:type`) may give; times, spans, decimals and identifiers stay text as they are written. */
const COLUMN_TYPES: ReadonlySet<string> = new Set('string long int real double datetime timespan bool dynamic guid decimal'.split(' '));

/** Types of a search engine's mapping, which a header may give too; its cells may then hold lists in brackets. */
const MAPPING_TYPES: ReadonlySet<string> = new Set(
  (
    'keyword text wildcard constant_keyword integer short byte unsigned_long float half_float scaled_float boolean date date_nanos ip version ' +
    'integer_range long_range float_range double_range date_range ip_range geo_point geo_shape cartesian_point cartesian_shape flattened'
  ).split(' '),
);

/** How a header's cells are to be read: names alone, names with types, or with a mapping's types. */
export function headerKind(names: readonly string[]): 'plain' | 'typed' | 'mapped' {
  const types = names.map((name) => /:([a-z_]+)$/.exec(name)?.[1] ?? '');
  if (!types.every((type) => COLUMN_TYPES.has(type) || MAPPING_TYPES.has(type))) return 'plain';
  return types.some((type) => MAPPING_TYPES.has(type)) ? 'mapped' : 'typed';
}

/** A cell as its column's type has it. What does not fit the type is left as it came. */
export function typedValue(cell: EventValue, type: string): EventValue {
  switch (type) {
    case 'bool':
    case 'boolean':
    case 'sbyte':
      if (cell === 0 || cell === 1) return cell === 1;
      return typeof cell === 'string' && /^(?:true|false|0|1)$/i.test(cell) ? /^(?:true|1)$/i.test(cell) : cell;
    case 'dynamic':
    case 'object':
      return typeof cell === 'string' ? jsonOr(cell) : cell;
    case 'long':
    case 'int':
    case 'integer':
    case 'short':
    case 'byte':
    case 'unsigned_long':
      if (typeof cell !== 'string' || !/^[+-]?\d+$/.test(cell)) return cell;
      return Number.isSafeInteger(Number(cell)) ? Number(cell) : cell;
    case 'real':
    case 'double':
    case 'float':
    case 'half_float':
    case 'scaled_float':
      return typeof cell === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(cell) ? Number(cell) : cell;
    default:
      return cell;
  }
}

/** A cell of a table with a mapping's types: blanks around it say nothing, `[a, b]` has several values, a backslash keeps the comma after it. */
export function mappedValue(cell: string, type: string): EventValue {
  const text = cell.trim();
  if (text === '') return null;
  if (!text.startsWith('[') || !text.endsWith(']')) return typedValue(text.replace(/\\([,[\]])/g, '$1'), type);
  const members = [...text.slice(1, -1).matchAll(/(?:\\.|[^\\,])+/g)].map(([member]) => typedValue(member.trim().replace(/\\([,[\]])/g, '$1'), type));
  return members.length === 0 ? null : members.length === 1 ? members[0]! : members;
}

function jsonOr(text: string): EventValue {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
