import { extname } from 'node:path';
import { readMacrosConf } from '../formats/macros-conf';
import { macroMap } from '../knowledge/macros';
import type { Macro } from '../model';
import { parseLenientYaml } from '../syntax/yaml-repair';
import { filesAt, readText } from './files';
import { usageError } from './usage';

const ENDINGS: ReadonlySet<string> = new Set(['.yml', '.yaml', '.conf']);

/** SPL macros of a folder: YAML files with name, arguments and definition, one macro a file, and Splunk's own macros.conf. A file that is neither is passed over. */
export async function macrosIn(folder: string): Promise<readonly Macro[]> {
  const macros: Macro[] = [];
  for (const { path, problem } of await filesAt([folder], (name) => ENDINGS.has(extname(name)))) {
    if (problem !== null && path === folder) throw usageError(`The macros' folder ${folder} ${problem}.`);
    const read = problem === null ? await readText(path) : { problem };
    if (read.problem === undefined) for (const macro of path.endsWith('.conf') ? readMacrosConf(read.text).macros : macroOf(read.text)) macros.push(macro);
  }
  return macros;
}

/** The macros an analysis may expand: those of a folder, none where none is named. */
export const macrosNamed = async (folder: string | undefined): Promise<ReadonlyMap<string, Macro> | null> =>
  folder === undefined ? null : macroMap(await macrosIn(folder));

function macroOf(text: string): Macro[] {
  let read: unknown;
  try {
    const [first, ...more] = parseLenientYaml(text).documents;
    read = first === undefined || more.length > 0 || first.document.errors.length > 0 ? undefined : first.document.toJS({ maxAliasCount: 10 });
  } catch {
    return [];
  }
  if (typeof read !== 'object' || read === null || !('name' in read) || !('definition' in read)) return [];
  const { name, definition } = read;
  if (typeof name !== 'string' || (typeof definition !== 'string' && typeof definition !== 'number')) return [];
  const given = 'arguments' in read && Array.isArray(read.arguments) ? read.arguments.map(String) : [];
  return [{ name: name.replace(/\(\d+\)$/, ''), arguments: given, definition: String(definition) }];
}
