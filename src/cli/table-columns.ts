import { open } from 'node:fs/promises';
import type { ColumnKind } from '../model';
import { directoryLength, PARQUET_TAIL, parquetColumns } from '../run/events/parquet-columns';
import type { EventTable } from '../run/events/read';
import { reasonOf } from './files';
import { tableIn } from './given-files';
import { usageError } from './usage';

/** What each column of a table holds, by its name. */
type ColumnKinds = ReadonlyMap<string, ColumnKind>;

/**
 * The columns of the table that a file is or tells of: a Parquet file by its schema; a table or events by their header or values; a list of columns, as
 * databases describe a table (`column_name,column_type`), by its rows. Else a usage error.
 */
export async function columnsIn(path: string): Promise<ColumnKinds> {
  const columns = (await isParquet(path)) ? await columnsOfParquet(path) : listedIn(await tableIn(path));
  if (columns.size === 0) throw usageError(`${path} tells of no columns.`);
  return columns;
}

/** Whether a file is Parquet, by its first bytes; a usage error where it cannot be read. */
export async function isParquet(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return buffer.toString('latin1') === 'PAR1';
    } finally {
      await file.close();
    }
  } catch (error) {
    throw usageError(`${path} ${reasonOf(error)}.`);
  }
}

async function columnsOfParquet(path: string): Promise<ColumnKinds> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const endOf = async (length: number): Promise<ArrayBuffer> => {
      const bytes = new ArrayBuffer(Math.min(length, size));
      await file.read(new Uint8Array(bytes), 0, bytes.byteLength, size - bytes.byteLength);
      return bytes;
    };
    return await parquetColumns(await endOf(directoryLength(new DataView(await endOf(PARQUET_TAIL)))));
  } catch (error) {
    // The library throws for files that are damaged.
    throw usageError(`${path} cannot be read as Parquet: ${error instanceof Error ? error.message : String(error)}.`);
  } finally {
    await file.close();
  }
}

const NAMES: ReadonlySet<string> = new Set(['column_name', 'col_name', 'name']);
const TYPES: ReadonlySet<string> = new Set(['column_type', 'data_type', 'type']);

function listedIn(table: EventTable | null): ColumnKinds {
  const columns = table?.columns ?? [];
  const [name, type] = [columns.findIndex((one) => NAMES.has(one.name)), columns.findIndex((one) => TYPES.has(one.name))];
  if (name < 0 || type < 0) return new Map(columns.map((one) => [one.name, kindOfType(one.type)]));
  return new Map(table!.rows.map((row) => [String(row[name] ?? ''), kindOfType(String(row[type] ?? ''))]));
}

/** What a column of a type holds, as DuckDB, ClickHouse, Spark, a typed header or a search engine's mapping names types. */
function kindOfType(type: string): ColumnKind {
  const bare = type.toLowerCase().replace(/^(?:(?:nullable|lowcardinality)\()+/, '');
  if (/\[\d*\]$|^(?:array|list|map|struct|tuple|row|nested|json|variant|dynamic|object)\b/.test(bare)) return 'several';
  if (/^(?:(?:var|bp)?char|string|text|keyword|wildcard|constant_keyword|fixedstring)\b/.test(bare)) return 'text';
  return /^(?:u?(?:tiny|small|big|huge)?int(?:eger)?\d*|byte|short|u?long|unsigned_long|real|(?:half_|scaled_)?float\d*|double|decimal\d*|numeric)\b/.test(bare)
    ? 'number'
    : 'other';
}
