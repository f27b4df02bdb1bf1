import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { posix, sep } from 'node:path';
import { FORMATS } from '../formats/registry';

/** A file to read, or one line about a place that cannot be read. `path` as the user named it, with slashes. */
export interface Found {
  readonly path: string;
  readonly problem: string | null;
  /** The user named the file itself. */
  readonly isNamed: boolean;
  /** Its name says that it holds nothing that is looked for. */
  readonly isOther: boolean;
}

/** Endings of files that may hold rules: those of every format, and two that any text may have. */
const ENDINGS: ReadonlySet<string> = new Set(['.txt', '.xml', ...[...FORMATS.values()].flatMap(({ extensions }) => extensions)]);

/** Folders that never hold rules of the one who names the folder above. */
const PASSED_OVER: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** A file larger than this is no rule. */
const LARGEST = 8 * 1024 * 1024;

const mayHoldRules = (path: string): boolean => ENDINGS.has(posix.extname(path).toLowerCase());

/** The files at or below some paths that may hold what is looked for, in path order, each once; a file named outright is taken whatever its name. */
export const filesAt = async (paths: readonly string[], mayHold: (name: string) => boolean = mayHoldRules): Promise<readonly Found[]> =>
  (await allFilesAt(paths, mayHold)).filter(({ isOther }) => !isOther);

/** The same with all other files, each marked. */
export async function allFilesAt(paths: readonly string[], mayHold: (name: string) => boolean = mayHoldRules): Promise<readonly Found[]> {
  const found = new Map<string, Found>();
  const entered = new Set<string>();
  for (const path of paths) for (const one of await filesBelow(slashed(path), mayHold, entered)) found.set(one.path, one);
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const slashed = (path: string): string => {
  const plain = sep === '/' ? path : path.replaceAll(sep, '/');
  return plain.length > 1 && plain.endsWith('/') ? plain.replace(/\/+$/, '') : plain;
};

/** `entered`: the real paths of the folders met so far; each is read once, whatever links lead to it. */
async function filesBelow(path: string, mayHold: (name: string) => boolean, entered: Set<string>): Promise<Found[]> {
  try {
    const about = await stat(path);
    if (about.isFile()) return [foundAt(path, { isNamed: true })];
    if (!about.isDirectory()) return [foundAt(path, { isNamed: true, problem: 'is neither a file nor a folder' })];
    const real = await realpath(path);
    if (entered.has(real)) return [];
    entered.add(real);
    const names = (await readdir(path, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
    const inside: Found[] = [];
    for (const entry of names) {
      const below = path === '/' ? `/${entry.name}` : `${path}/${entry.name}`;
      if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(below)))) {
        if (!PASSED_OVER.has(entry.name)) for (const one of await filesBelow(below, mayHold, entered)) inside.push(one);
      } else if (entry.isFile() || entry.isSymbolicLink()) inside.push(foundAt(below, { isOther: !mayHold(entry.name) }));
    }
    return inside;
  } catch (error) {
    return [foundAt(path, { isNamed: true, problem: reasonOf(error) })];
  }
}

const foundAt = (path: string, about: Partial<Found>): Found => ({ path, problem: null, isNamed: false, isOther: false, ...about });

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (about) => about.isDirectory(),
    () => false,
  );

/** A file's text, or why there is none. */
type Read =
  | { readonly text: string; readonly note: string | null; readonly problem?: never }
  /** `kind`: what such a file is among others, where it is no fault. */
  | { readonly problem: string; readonly kind?: string };

/**
 * Reads a text file. A byte order mark is dropped, and offsets count from behind it; bytes that are not UTF-8 are read as Windows-1252, with a note.
 */
export async function readText(path: string): Promise<Read> {
  try {
    const { size } = await stat(path);
    const isData = DATA.has(posix.extname(slashed(path)).toLowerCase());
    const marked = (problem: string, kind: string): Read => (isData ? { problem, kind } : { problem });
    if (size > LARGEST)
      return marked(`is ${Math.round(size / 1024 / 1024)} MB long; files over ${LARGEST / 1024 / 1024} MB are not read`, 'too large for a rule');
    return textOf(await readFile(path)) ?? marked('is not a text file', 'no text');
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

/** Endings under which rules are the exception: data that cannot be read is no fault there. */
const DATA: ReadonlySet<string> = new Set(['.json', '.ndjson', '.xml', '.txt', '.conf']);

/** Null: no text. */
function textOf(bytes: Uint8Array): Read | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), note: null };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), note: null };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), note: null };
  } catch {
    if (bytes.subarray(0, 4096).includes(0)) return null;
    return { text: new TextDecoder('windows-1252').decode(bytes), note: 'The file is not UTF-8; it was read as Windows-1252.' };
  }
}

/** An error of the file system in plain words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return PLAIN[code] ?? `cannot be read (${error instanceof Error ? error.message : String(error)})`;
}

const PLAIN: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
  ELOOP: 'is a link that leads back to itself',
  EISDIR: 'is a folder',
  ENOTDIR: 'does not exist',
  ENAMETOOLONG: 'has too long a name',
};
