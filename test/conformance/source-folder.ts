import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
/** Folders of copies, the newer first: what the bundled catalog is built from. */
export const FOLDERS = [join(ROOT, '..', 'shared', 'corpus-2026'), join(ROOT, '..', 'shared', 'corpus')];
const { named } = JSON.parse(readFileSync(join(ROOT, '.ci', 'catalog-sources.json'), 'utf8')) as {
  readonly named: Readonly<Record<string, string>>;
};

/** The folder the bundled catalog's rules of a source were read from; '' where there is none. */
export const sourceFolder = (source: string): string => FOLDERS.map((base) => resolve(base, named[source] ?? source)).find((path) => existsSync(path)) ?? '';
