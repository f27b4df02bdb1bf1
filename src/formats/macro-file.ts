import type { Macro } from '../model';
import { jsonOf } from '../syntax/yaml';
import { parseLenientYaml } from '../syntax/yaml-repair';
import { readMacrosConf } from './macros-conf';

/** Whether a file's name says that it may hold search macros. */
export const isMacroFile = (path: string): boolean => /\.(?:ya?ml|conf)$/.test(path);

/** The SPL macros of a file: a YAML file with name, arguments and definition, one macro a file, or Splunk's own macros.conf. Total; a text that is neither has none. */
export const macrosInFile = (text: string, path: string): readonly Macro[] => (path.endsWith('.conf') ? readMacrosConf(text).macros : macroOf(text));

function macroOf(text: string): Macro[] {
  const [first, ...more] = parseLenientYaml(text).documents;
  const json = first === undefined || more.length > 0 || first.document.errors.length > 0 ? null : jsonOf(first);
  const read: unknown = json === null ? null : JSON.parse(json);
  if (typeof read !== 'object' || read === null || !('name' in read) || !('definition' in read)) return [];
  const { name, definition } = read;
  if (typeof name !== 'string' || (typeof definition !== 'string' && typeof definition !== 'number')) return [];
  const given = 'arguments' in read && Array.isArray(read.arguments) ? read.arguments.map(String) : [];
  return [{ name: name.replace(/\(\d+\)$/, ''), arguments: given, definition: String(definition) }];
}
