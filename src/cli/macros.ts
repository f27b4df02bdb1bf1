import { isMacroFile, macrosInFile } from '../formats/macro-file';
import { macroMap } from '../knowledge/macros';
import type { Macro } from '../model';
import { filesAt, readText } from './files';
import { usageError } from './usage';

/** SPL macros of a folder, see `macrosInFile`. A file that has none is passed over. */
export async function macrosIn(folder: string): Promise<readonly Macro[]> {
  const macros: Macro[] = [];
  for (const { path, problem } of await filesAt([folder], isMacroFile)) {
    if (problem !== null && path === folder) throw usageError(`The macros' folder ${folder} ${problem}.`);
    const read = problem === null ? await readText(path) : { problem };
    if (read.problem === undefined) for (const macro of macrosInFile(read.text, path)) macros.push(macro);
  }
  return macros;
}

/** The macros an analysis may expand: those of a folder, none where none is named. */
export const macrosNamed = async (folder: string | undefined): Promise<ReadonlyMap<string, Macro> | null> =>
  folder === undefined ? null : macroMap(await macrosIn(folder));
