import type { EventValue } from '../../model';
import { parseJson } from './json-text';

/** Types that a typed header (`name:type`) may give; times, spans, decimals and identifiers stay text as they are written. */
export const COLUMN_TYPES: ReadonlySet<string> = new Set([
  'string',
  'long',
  'int',
  'real',
  'double',
  'datetime',
  'timespan',
  'bool',
  'dynamic',
  'guid',
  'decimal',
]);

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
      if (typeof cell !== 'string' || !/^[+-]?\d+$/.test(cell)) return cell;
      return Number.isSafeInteger(Number(cell)) ? Number(cell) : cell;
    case 'real':
    case 'double':
      return typeof cell === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(cell) ? Number(cell) : cell;
    default:
      return cell;
  }
}

function jsonOr(text: string): EventValue {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
