import type { GivenFile, GivenFolder, GivenRules } from '../model';

/** The rules of files as an input or a drop without folders gives them: one zip archive, or files with their paths. */
export function rulesAmong(files: readonly GivenFile[]): GivenRules {
  const [first] = files;
  if (files.length === 1 && first !== undefined && first.name.toLowerCase().endsWith('.zip')) return { kind: 'zip', file: first };
  const top = first?.webkitRelativePath.split('/')[0] ?? '';
  const below = (file: GivenFile): string => (file.webkitRelativePath === '' ? file.name : file.webkitRelativePath.slice(top.length + 1));
  return { kind: 'files', name: top || (files.length === 1 ? first!.name : 'these files'), files: files.map((file) => ({ path: below(file), file })) };
}

/** What was dropped, to build a catalog of: a folder the browser can read again where it lets us, else all files below; null where no file was. Ask while the drop is handled. */
export async function rulesDropped(dropped: DataTransfer): Promise<GivenRules | null> {
  // All of it has to be asked for at once: after the first wait the list is empty.
  const items = [...dropped.items].filter(({ kind }) => kind === 'file');
  const handles = items.map((item: DataTransferItem & { getAsFileSystemHandle?(): Promise<GivenFolder | { readonly kind: 'file' } | null> }) =>
    (item.getAsFileSystemHandle?.() ?? Promise.resolve(null)).catch(() => null),
  );
  const entries = items.map((item) => item.webkitGetAsEntry());
  const plain = [...dropped.files];
  const [first] = await Promise.all(handles);
  if (items.length === 1 && first?.kind === 'directory') return { kind: 'folder', folder: first };
  if (!entries.some((entry) => entry?.isDirectory === true)) return plain.length === 0 ? null : rulesAmong(plain);
  const files: { readonly path: string; readonly file: File }[] = [];
  const [only] = entries;
  const isOne = entries.length === 1 && only?.isDirectory === true;
  for (const entry of entries) if (entry !== null) await gather(entry, isOne ? null : '', files);
  return { kind: 'files', name: isOne ? only.name : 'these files', files };
}

/** `path`: of the folder that holds the entry, with a slash at its end; null: the entry is the folder that was given. */
async function gather(entry: FileSystemEntry, path: string | null, files: { readonly path: string; readonly file: File }[]): Promise<void> {
  if (entry.isFile)
    files.push({ path: `${path ?? ''}${entry.name}`, file: await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail)) });
  if (!entry.isDirectory) return;
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const below = path === null ? '' : `${path}${entry.name}/`;
  // Entries come a hundred at a time, until none come.
  for (let some = await readSome(reader); some.length > 0; some = await readSome(reader)) for (const one of some) await gather(one, below, files);
}

const readSome = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> => new Promise((done, fail) => reader.readEntries(done, fail));
