import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesOfFiles } from './rules-of-files';

const FOLDER = join(import.meta.dirname, '..', '..', 'public', 'catalog');

/** The rules of the bundled catalog. */
export const bundledRules = (): ReturnType<typeof rulesOfFiles> => rulesOfFiles((name) => new Uint8Array(readFileSync(join(FOLDER, name))));
