import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { usageError } from './usage';

const PACKAGE = '@duckdb/node-api';

/** A database in memory. */
export interface Database {
  /** The rows of a query; whole numbers of 64 bits as bigints. Rejects with the database's own message. */
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}

/** What is used of the package, which need not be installed. */
interface DuckDB {
  readonly DuckDBInstance: {
    create(
      path: string,
      options: Readonly<Record<string, string>>,
    ): Promise<{
      connect(): Promise<{ runAndReadAll(sql: string): Promise<{ getRowsJS(): readonly (readonly unknown[])[] }> }>;
      closeSync(): void;
    }>;
  };
}

/** Opens an empty database where DuckDB is installed, here or where the command runs; else a usage error says how to install it. It fetches no extension. */
export async function openDatabase(): Promise<Database> {
  const { DuckDBInstance } = await duckdb();
  const spill = join(tmpdir(), `rulewright-duckdb-${process.pid}`);
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: spill,
  });
  const connection = await instance.connect();
  return {
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowsJS(),
    async close() {
      instance.closeSync();
      await rm(spill, { recursive: true, force: true });
    },
  };
}

/** Where the package is installed; null: nowhere that is looked at. */
export function duckdbPath(): string | null {
  try {
    return createRequire(import.meta.url).resolve(PACKAGE, { paths: [import.meta.dirname, process.cwd()] });
  } catch {
    return null;
  }
}

async function duckdb(): Promise<DuckDB> {
  const path = duckdbPath();
  if (path === null) throw usageError(`--over needs DuckDB, which is not installed. Install it here: npm install --no-save ${PACKAGE}`);
  return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as DuckDB;
}
