import { parse } from 'yaml';
import type { Macro } from '../model';
import { filesAt, readText } from './files';
import { usageError } from './usage';

/** SPL macros from a folder of YAML files with name, arguments and definition, one a file. A file that is none is passed over. */
export async function macrosIn(folder: string): Promise<ReadonlyMap<string, Macro>> {
  const files = await filesAt([folder]);
  const [first] = files;
  if (first?.problem !== undefined && first.problem !== null && files.length === 1) throw usageError(`The macros' folder ${folder} ${first.problem}.`);
  const macros = new Map<string, Macro>();
  for (const { path, problem } of files) {
    const read = problem === null ? await readText(path) : { problem };
    const macro = read.problem === undefined ? macroOf(read.text) : null;
    if (macro !== null) macros.set(macro.name, macro);
  }
  return macros;
}

function macroOf(text: string): Macro | null {
  let read: unknown;
  try {
    read = parse(text, { logLevel: 'silent', maxAliasCount: 10 });
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null || !('name' in read) || !('definition' in read)) return null;
  const { name, definition } = read;
  if (typeof name !== 'string' || (typeof definition !== 'string' && typeof definition !== 'number')) return null;
  const given = 'arguments' in read && Array.isArray(read.arguments) ? read.arguments.map(String) : [];
  return { name: given.length > 0 && !name.includes('(') ? `${name}(${given.length})` : name, arguments: given, definition: String(definition) };
}
