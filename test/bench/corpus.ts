import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where clones of the rule repositories stand: one folder a source. */
export const CORPUS = process.env['CORPUS'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus');

export interface RuleFile {
  readonly path: string;
  readonly text: string;
}

/** All files of a source with one of these endings, by path; [] where the corpus is not at hand. */
export function readCorpus(source: string, ...endings: readonly string[]): readonly RuleFile[] {
  const folder = join(CORPUS, source);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}
