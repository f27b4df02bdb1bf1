import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { fileText, type FileText, isPassedOver, mayHoldRules, tooLarge } from '../catalog/build/file-text';

/** A file to read, or one line about a place that cannot be read. `path` as the user named it, with slashes. */
export interface Found {
  readonly path: string;
  readonly problem: string | null;
  /** The user named the file itself. */
  readonly isNamed: boolean;
  /** Its name says that it holds nothing that is looked for. */
  readonly isOther: boolean;
}

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
        if (!isPassedOver(entry.name)) for (const one of await filesBelow(below, mayHold, entered)) inside.push(one);
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

/** Reads a text file, see `fileText`. */
export async function readText(path: string): Promise<FileText> {
  try {
    const { size } = await stat(path);
    return tooLarge(slashed(path), size) ?? fileText(slashed(path), await readFile(path));
  } catch (error) {
    return { problem: reasonOf(error) };
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
