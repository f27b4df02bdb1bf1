import { gunzipSync, unzlibSync } from 'fflate';
import { bytesOfBase64, textOfUtf8 } from '../../syntax/encoding';
import { refused, type RunFunction } from '../dialect';
import { isBag, isList, type Value } from '../value';
import { bagOf, dynamicOf, kustoJson, kustoText, kustoTyped } from './kusto-values';

type Entry = readonly [string, RunFunction];

const text = (name: string, call: (...texts: readonly string[]) => Value): Entry => [name, { call: (args) => call(...args.map(kustoText)) }];

/** The arguments of a command line as Windows cuts it: the program first, then words with quotes and backslashes before them. */
function commandLine(line: string): Value {
  if (line.trim() === '') throw refused('`parse_command_line` of nothing');
  if (line.includes('""')) throw refused('`parse_command_line` of two quotes side by side');
  const program = /^"([^"]*)"?|^[^ \t]*/.exec(line)!;
  const found = [program[1] ?? program[0]];
  let at = program[0].length;
  while (at < line.length) {
    while (line[at] === ' ' || line[at] === '\t') at++;
    if (at >= line.length) break;
    let word = '';
    let isQuoted = false;
    for (; at < line.length && (isQuoted || (line[at] !== ' ' && line[at] !== '\t')); at++) {
      let slashes = 0;
      while (line[at + slashes] === '\\') slashes++;
      if (line[at + slashes] !== '"') {
        word += slashes > 0 ? '\\'.repeat(slashes) : line[at]!;
        at += Math.max(0, slashes - 1);
        continue;
      }
      // Backslashes before a quote count by twos; an odd one makes the quote a letter.
      word += '\\'.repeat(slashes >> 1);
      if (slashes % 2 === 1) word += '"';
      else isQuoted = !isQuoted;
      at += slashes;
    }
    found.push(word);
  }
  return found;
}

/** The values of the first record of a CSV text. */
function csvRecord(source: string): Value {
  if (source === '') throw refused('`parse_csv` of nothing');
  const values: string[] = [];
  let at = 0;
  for (;;) {
    let value = '';
    if (source[at] === '"') {
      for (at++; at < source.length; at++) {
        if (source[at] !== '"') value += source[at]!;
        else if (source[at + 1] === '"') value += source[at++]!;
        else break;
      }
      at++;
      if (at < source.length && !',\r\n'.includes(source[at]!)) throw refused('`parse_csv` of a quote inside a value');
    } else {
      const rest = /[^,\r\n]*/y;
      rest.lastIndex = at;
      value = rest.exec(source)![0];
      at += value.length;
    }
    values.push(value);
    if (source[at] !== ',') return values;
    at++;
  }
}

/** The parts of a path of Windows, of Unix or with a scheme. */
function pathParts(path: string): Value {
  const scheme = /^([a-z][\w+.-]*):\/\//i.exec(path)?.[1] ?? '';
  const rest = scheme === '' ? path : path.slice(scheme.length + 3);
  const last = Math.max(rest.lastIndexOf('/'), rest.lastIndexOf('\\'));
  const [folder, file] = [last < 0 ? '' : rest.slice(0, last), rest.slice(last + 1)];
  const root = /^[a-z]:/i.exec(rest)?.[0] ?? '';
  if (rest.startsWith('\\\\?\\') || folder === root || (last < 0 && root !== '')) throw refused('`parse_path` of a file right under a root, or a long path');
  const stream = file.indexOf(':');
  const name = stream < 0 ? file : file.slice(0, stream);
  return bagOf([
    ['Scheme', scheme],
    ['RootPath', root],
    ['DirectoryPath', folder],
    ['DirectoryName', folder.slice(Math.max(folder.lastIndexOf('/'), folder.lastIndexOf('\\')) + 1)],
    ['Filename', name],
    ['Extension', name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : ''],
    ['AlternateDataStreamName', stream < 0 ? '' : file.slice(stream + 1)],
  ]);
}

/** A compressed text; an empty one for what is none. */
const unpacked =
  (unpack: (bytes: Uint8Array) => Uint8Array) =>
  (source: string): Value => {
    const bytes = bytesOfBase64(source);
    if (bytes === null) return '';
    try {
      return textOfUtf8(Array.from(unpack(Uint8Array.from(bytes, (char) => char.charCodeAt(0))), (byte) => String.fromCharCode(byte)).join('')) ?? '';
    } catch {
      return '';
    }
  };

function notRead(type: string): never {
  throw refused(`a list or a bag as \`${type}\``);
}

/** The value at a path such as `$.a['b'][0]` of a JSON text, as text or of the type named. */
function extractJson([path, source, type = '']: readonly Value[]): Value {
  if (typeof path !== 'string' || typeof source !== 'string' || typeof type !== 'string') throw refused('`extract_json` of what is no text');
  const steps = [...path.matchAll(/\.([A-Za-z_]\w*)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/g)];
  if (path !== `$${steps.map(([step]) => step).join('')}`) throw refused(`the path \`${path}\``);
  let value: Value = dynamicOf(source) ?? null;
  for (const [, name, index, quoted, double] of steps) {
    const key = name ?? quoted ?? double;
    value = key === undefined ? (isList(value) ? (value[Number(index)] ?? null) : null) : isBag(value) && Object.hasOwn(value, key) ? value[key]! : null;
  }
  if (type !== '' && type !== 'string') return isList(value) || isBag(value) ? notRead(type) : kustoTyped(value, type);
  if (typeof value === 'boolean' || typeof value === 'number') throw refused('`extract_json` of a truth value or a fraction');
  return isList(value) || isBag(value) ? kustoJson(value) : kustoText(value);
}

/** The paths of a dynamic value; of a list those of its members stand under its first place. */
function paths(value: Value, before: string, found: Set<string>): ReadonlySet<string> {
  if (isList(value)) {
    if (value.length > 0) found.add(`${before}[0]`);
    for (const one of value) paths(one, `${before}[0]`, found);
  } else if (isBag(value))
    for (const [name, inner] of Object.entries(value)) {
      found.add(`${before}['${name}']`);
      paths(inner, `${before}['${name}']`, found);
    }
  return found;
}

/** Functions of Kusto that take texts and dynamic values apart. */
export const KUSTO_PARSING: readonly Entry[] = [
  text('parse_command_line', (line, type) => {
    if (type !== 'windows') throw refused(`a command line of \`${type}\``);
    return commandLine(line!);
  }),
  text('parse_csv', (source) => csvRecord(source!)),
  text('parse_path', (path) => pathParts(path!)),
  text('zlib_decompress_from_base64_string', (source) => unpacked(unzlibSync)(source!)),
  text('gzip_decompress_from_base64_string', (source) => unpacked(gunzipSync)(source!)),
  ['extract_json', { call: extractJson }],
  ['treepath', { call: ([value]) => (isBag(value) || isList(value) ? [...paths(value, '', new Set())] : null) }],
];
