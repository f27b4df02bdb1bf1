import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const { folders, named } = JSON.parse(readFileSync(join(ROOT, '.ci', 'catalog-sources.json'), 'utf8')) as {
  readonly folders: readonly string[];
  readonly named: Readonly<Record<string, string>>;
};

/** The folder the bundled catalog's rules of a source were read from; '' where there is none. */
export const sourceFolder = (source: string): string =>
  folders.map((base) => resolve(ROOT, base, named[source] ?? source)).find((path) => existsSync(path)) ?? '';
