import { folderOf, keyOf, programFolder, PROCESSES } from '../knowledge/usual-values';

const REGISTRY = /targetobject|registry/i;
const PATHS = /image|file|path|module|directory|executable/i;
/** Fields of paths in whose names the word only says what a text is part of. */
const NO_PATHS = /[_.]name$|extension|^OriginalFileName$/i;
const IMAGES: ReadonlySet<string> = new Set(PROCESSES.map(({ path }) => path));

const PROGRAM = /\.(?:exe|com|scr|pif)$/i;
const LIBRARY = /\.(?:dll|sys|cpl|ocx)$/i;
const TEMP = 'C:\\Users\\alice\\AppData\\Local\\Temp';

/** What a text may be from where its path begins, the likeliest first; a folder that ends it holds something. Of a text that holds no path: what it was. */
export function wholePaths(text: string, canonical: string, isUnix: boolean): readonly string[] {
  if (REGISTRY.test(canonical)) return keysBefore(text);
  if (!PATHS.test(canonical) || NO_PATHS.test(canonical)) return [insertedFolders(text)];
  return isUnix ? unixPaths(text, IMAGES.has(canonical)) : windowsPaths(text, IMAGES.has(canonical));
}

/** The end of a path. */
export const nameIn = (path: string): string => path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);

const firstOf = (path: string): string => path.replace(/^\\/, '').split('\\')[0]!;

function keysBefore(text: string): readonly string[] {
  if (/^\\?(?:HK|REGISTRY)|^\\\\/i.test(text)) return [];
  const key = text.replace(/^\\/, '');
  return [`${keyOf(firstOf(text)) ?? 'HKLM\\Software'}\\${key}`, `HKLM\\${key}`];
}

export function unixPaths(text: string, isImage: boolean): readonly string[] {
  const named = text.endsWith('/') ? `${text}example` : text;
  return isImage && /^\/?[^/]+$/.test(named) ? [`/usr/bin/${nameIn(named)}`, named] : [named];
}

export function windowsPaths(text: string, isImage: boolean): readonly string[] {
  const begun = text
    .replace(/^a:\\/i, 'C:\\')
    .replace(/^:(?=\w)/, 'C:\\Users\\alice\\Downloads\\example.exe:')
    .replace(/\\(?=\.\w+$)/, '\\example');
  const named = /[\\/]$/.test(begun) ? [`${begun}${isImage ? 'example.exe' : 'example'}`, begun] : [begun];
  const isBare = !/[\\/:]/.test(text) && /\.\w+$/.test(text);
  if (!isBare && !/^\\(?!\\)/.test(text)) return named;
  const folders = isBare || text.lastIndexOf('\\') === 0 ? foldersOfFile(nameIn(text)) : [folderOf(firstOf(text)) ?? 'C:\\Users\\alice\\AppData\\Local'];
  return named.flatMap((one) => [...folders, 'C:'].map((folder) => `${folder}\\${one.replace(/^\\/, '')}`));
}

function foldersOfFile(name: string): readonly string[] {
  if (PROGRAM.test(name)) return [programFolder(name) ?? `C:\\Program Files\\${name.replace(PROGRAM, '')}`, TEMP];
  if (LIBRARY.test(name)) return ['C:\\Windows\\System32', TEMP];
  return ['C:\\Users\\alice\\Documents', 'C:\\Windows\\Temp'];
}

/** A text with the paths in it whose first folder is known from where they begin. */
const insertedFolders = (text: string): string =>
  text
    .replace(/(^|[\s"'=(])a:\\/g, '$1C:\\')
    .replace(/(^|[\s"'=(])\\([^\\\s"']+)(?=\\)/g, (whole, before: string, first: string) =>
      folderOf(first) === null ? whole : `${before}${folderOf(first)}\\${first}`,
    );
