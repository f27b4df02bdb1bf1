/** A file that was given: alone, in a folder, in a zip. `path`: its place there, with slashes. */
export interface GivenFile {
  readonly path: string;
  readonly bytes: () => Promise<Uint8Array>;
  readonly size: number;
}

/** Files that belong together, and what their folder or archive is called; '' for files given by themselves. */
export interface Given {
  readonly folder: string;
  readonly files: readonly GivenFile[];
  /** Why some of it could not be had, in words for the reader. */
  readonly problems: readonly string[];
}

/** Files of a folder or zip that are looked at; a repository has a few thousand. */
const MOST_FILES = 20_000;
/** Bytes of a zip that is opened, and of all that it holds that is looked at. */
const LARGEST_ZIP = 134_217_728;
/** What no repository means as a rule. */
const PASSED_OVER = /(?:^|\/)(?:\.git|node_modules|__MACOSX)\/|(?:^|\/)\.[^/]*$/;

/** What was let go over the page: files, folders with all that is in them, zips. Must be called before the drop's event ends. */
export function filesOfDrop(transfer: DataTransfer): Promise<readonly Given[]> {
  const entries = [...transfer.items].map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
  return Promise.all(
    entries.map(async ({ entry, file }): Promise<Given> => {
      if (entry?.isDirectory) return inFolder(entry as FileSystemDirectoryEntry);
      return file === null ? { folder: '', files: [], problems: ['Something that was dropped is no file.'] } : givenOf(file);
    }),
  );
}

/** Files as a file field gives them; those of a chosen folder stand together. */
export async function filesOfField(files: readonly File[]): Promise<readonly Given[]> {
  const [first] = files;
  const folder = first?.webkitRelativePath.split('/')[0] ?? '';
  if (folder === '') return Promise.all(files.map(givenOf));
  const inside = files.map((file) => fileAt(file, file.webkitRelativePath.slice(folder.length + 1)));
  return [{ folder, files: inside.filter(({ path }) => !PASSED_OVER.test(path)), problems: [] }];
}

const fileAt = (file: File, path: string): GivenFile => ({ path, size: file.size, bytes: async () => new Uint8Array(await file.arrayBuffer()) });

async function givenOf(file: File): Promise<Given> {
  if (!/\.zip$/i.test(file.name)) return { folder: '', files: [fileAt(file, file.name)], problems: [] };
  const folder = file.name.replace(/\.zip$/i, '');
  if (file.size > LARGEST_ZIP) return { folder, files: [], problems: [`“${file.name}” is larger than 128 MB, so it was not opened.`] };
  const none = (why: string): Given => ({ folder, files: [], problems: [`“${file.name}” could not be opened: ${why}`] });
  const unpacker = await import('fflate').catch(() => null);
  if (unpacker === null) return none('the part that reads zips could not be loaded. Reload the page and give it again.');
  try {
    return inZip(unpacker, new Uint8Array(await file.arrayBuffer()), folder);
  } catch {
    return none('it is damaged, or no zip.');
  }
}

/** The files of a zip. What would be too much when it is unpacked stays packed, and is said. */
export function inZip({ unzipSync }: typeof import('fflate'), packed: Uint8Array, folder: string): Given {
  let size = 0;
  let left = 0;
  const found = unzipSync(packed, {
    filter({ name, originalSize }) {
      if (name.endsWith('/') || PASSED_OVER.test(name)) return false;
      size += originalSize;
      const isTaken = size <= LARGEST_ZIP;
      if (!isTaken) left++;
      return isTaken;
    },
  });
  const files = Object.entries(found).map(([path, bytes]) => ({ path, size: bytes.length, bytes: () => Promise.resolve(bytes) }));
  return { folder, files, problems: left === 0 ? [] : [`“${folder}” holds more than 128 MB: ${left.toLocaleString('en')} of its files were left out.`] };
}

async function inFolder(root: FileSystemDirectoryEntry): Promise<Given> {
  const files: GivenFile[] = [];
  const problems: string[] = [];
  const walk = async (folder: FileSystemDirectoryEntry): Promise<void> => {
    for (const entry of await entriesIn(folder)) {
      const path = entry.fullPath.slice(root.fullPath.length + 1);
      if (PASSED_OVER.test(entry.isDirectory ? `${path}/` : path) || files.length >= MOST_FILES) continue;
      if (entry.isDirectory) await walk(entry as FileSystemDirectoryEntry);
      else files.push(fileAt(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)), path));
    }
  };
  await walk(root).catch(() => problems.push(`A part of “${root.name}” could not be read.`));
  if (files.length >= MOST_FILES) problems.push(`“${root.name}” holds more than ${MOST_FILES.toLocaleString('en')} files: the others were left out.`);
  return { folder: root.name, files, problems };
}

/** All entries of a folder: browsers give them a hundred at a time. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    found.push(...some);
  }
}
