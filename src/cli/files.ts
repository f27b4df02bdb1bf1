import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { posix, sep } from 'node:path';

/** A file to read, or one line about a place that cannot be read. `path` as the user named it, with slashes. */
export interface Found {
  readonly path: string;
  readonly problem: string | null;
}

/** Endings of files that may hold rules. */
const ENDINGS: ReadonlySet<string> = new Set(['.yml', '.yaml', '.toml', '.md', '.spl', '.kql', '.eql', '.esql', '.txt']);

/** Folders that never hold rules of the one who names the folder above. */
const PASSED_OVER: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** A file larger than this is no rule. */
const LARGEST = 8 * 1024 * 1024;

const mayHoldRules = (path: string): boolean => ENDINGS.has(posix.extname(path).toLowerCase());

/** The files at or below some paths that may hold what is looked for, in path order, each once; a file named outright is taken whatever its name. */
export async function filesAt(paths: readonly string[], mayHold: (name: string) => boolean = mayHoldRules): Promise<readonly Found[]> {
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
    if (about.isFile()) return [{ path, problem: null }];
    if (!about.isDirectory()) return [{ path, problem: 'is neither a file nor a folder' }];
    const real = await realpath(path);
    if (entered.has(real)) return [];
    entered.add(real);
    const names = (await readdir(path, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
    const inside: Found[] = [];
    for (const entry of names) {
      const below = path === '/' ? `/${entry.name}` : `${path}/${entry.name}`;
      if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(below)))) {
        if (!PASSED_OVER.has(entry.name)) for (const one of await filesBelow(below, mayHold, entered)) inside.push(one);
      } else if (mayHold(entry.name) && (entry.isFile() || entry.isSymbolicLink())) inside.push({ path: below, problem: null });
    }
    return inside;
  } catch (error) {
    return [{ path, problem: reasonOf(error) }];
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (about) => about.isDirectory(),
    () => false,
  );

/** A file's text, or why there is none. */
type Read = { readonly text: string; readonly note: string | null; readonly problem?: never } | { readonly problem: string };

/**
 * Reads a text file. A byte order mark is dropped, and offsets count from behind it; bytes that are not UTF-8 are read as Windows-1252, with a note.
 */
export async function readText(path: string): Promise<Read> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST) return { problem: `is ${Math.round(size / 1024 / 1024)} MB long; files over ${LARGEST / 1024 / 1024} MB are not read` };
    return textOf(await readFile(path));
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

function textOf(bytes: Uint8Array): Read {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), note: null };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), note: null };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), note: null };
  } catch {
    if (bytes.subarray(0, 4096).includes(0)) return { problem: 'is not a text file' };
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
