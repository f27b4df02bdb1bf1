import type { SchemaTree } from 'hyparquet';
import type { ColumnKind } from '../../model';

/** Bytes at a Parquet file's end that say how long the directory before them is. */
export const PARQUET_TAIL = 8;

/** How many bytes of a Parquet file's end hold its directory; `tail`: its last eight. */
export const directoryLength = (tail: DataView): number => tail.getUint32(0, true) + PARQUET_TAIL;

/** What each column holds by the schema in a Parquet file's directory. Rejects where that is damaged, as the library does. */
export async function parquetColumns(directory: ArrayBuffer): Promise<ReadonlyMap<string, ColumnKind>> {
  const { parquetMetadata, parquetSchema } = await import('hyparquet');
  return new Map(parquetSchema(parquetMetadata(directory)).children.flatMap(columnsBelow));
}

/** A column, and what lies in it where it is a structure: nothing of that is a single value by its name. */
function columnsBelow({ element, children, path }: SchemaTree): readonly (readonly [string, ColumnKind])[] {
  const name = path.join('.');
  if (children.length > 0 || element.repetition_type === 'REPEATED')
    return [[name, 'several'], ...children.flatMap(columnsBelow).map(([inner]): readonly [string, ColumnKind] => [inner, 'several'])];
  const { type, converted_type: converted } = element;
  const said = element.logical_type?.type ?? converted;
  if (type === 'BYTE_ARRAY') return [[name, said === 'UTF8' || said === 'STRING' ? 'text' : 'other']];
  const isNumber =
    type === 'FLOAT' ||
    type === 'DOUBLE' ||
    ((type === 'INT32' || type === 'INT64') && (said === undefined || /^(?:U?INT|DECIMAL)/.test(said))) ||
    said === 'DECIMAL';
  return [[name, isNumber ? 'number' : 'other']];
}
