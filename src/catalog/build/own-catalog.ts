import { isMacroFile, macrosInFile } from '../../formats/macro-file';
import { readMacrosConf } from '../../formats/macros-conf';
import { ATTACK_RELEASE, TECHNIQUES } from '../../knowledge/attack';
import { MACROS, macroMap } from '../../knowledge/macros';
import { SOURCES } from '../../knowledge/sources';
import type { BuildProgress, BuildReport, Context, Macro } from '../../model';
import type { CatalogRule } from '../store/encode';
import { writeCatalog } from '../store/write';
import { rulesInFile } from './file-rules';
import { fileText, mayHoldRules, tooLarge } from './file-text';

/** A file of the reader's: its path below the folder they chose, and how to read it. `bytes` rejects where that is not possible any more. */
export interface OwnFile {
  readonly path: string;
  readonly size: number;
  readonly bytes: () => Promise<Uint8Array>;
}

/** A catalog of the reader's being built, some files at a time. */
export interface Building {
  readonly progress: () => BuildProgress;
  /** Reads files for so many milliseconds, one at least where there are any left. */
  readonly readOn: (milliseconds: number) => Promise<void>;
  /** The catalog's files by name, and what is told of it; takes some seconds for thousands of rules. */
  readonly finish: () => { readonly files: ReadonlyMap<string, Uint8Array>; readonly report: BuildReport };
}

/** The source that stands for whatever a reader has. */
const OWN = SOURCES.find(({ own }) => own)!;

/** How many files are read, and bytes of them in all. */
const MOST_FILES = 50_000;
const MOST_BYTES = 512 * 1024 * 1024;

/** Why these files are too many or too large to be read here; null where they are not. */
export function tooMany(files: readonly OwnFile[]): string | null {
  const held = files.filter(({ path }) => mayHoldRules(path));
  if (held.length > MOST_FILES) return `It has ${counted(held.length)} files that may hold rules; this page reads ${counted(MOST_FILES)}. ${ELSE}`;
  const bytes = held.reduce((sum, { size }) => sum + size, 0);
  if (bytes > MOST_BYTES)
    return `Its files that may hold rules are ${counted(bytes / 2 ** 20)} MB; this page reads ${counted(MOST_BYTES / 2 ** 20)} MB. ${ELSE}`;
  return null;
}

const ELSE = 'Choose a folder inside it, or build the catalog with the command line.';
const counted = (count: number): string => Math.round(count).toLocaleString('en');

/**
 * Builds a catalog of the reader's own rules, as the command line does of a folder: every file whose name may be a rule's is read by what it is, a folder
 * `macros` gives search macros. `macros`: the reader's own, as a `macros.conf`. The same files give the same catalog, whatever order they come in.
 */
export function startBuilding(from: string, given: readonly OwnFile[], macros: string, languages: Context['languages']): Building {
  const all = [...given].sort((a, b) => (a.path < b.path ? -1 : 1));
  const files = all.filter(({ path }) => mayHoldRules(path));
  const rules: CatalogRule[] = [];
  const other = new Map<string, string[]>();
  const unread: { readonly path: string; readonly why: string }[] = [];
  let context: Context | null = null;
  let read = 0;

  const pass = (path: string, what: string): void => {
    const known = other.get(what);
    if (known === undefined) other.set(what, [path]);
    else known.push(path);
  };
  for (const { path } of all) if (!mayHoldRules(path)) pass(path, 'with other endings');

  const readFile = async (file: OwnFile): Promise<void> => {
    const { path } = file;
    const text = await textOf(file);
    if (text.problem !== undefined) {
      if (text.kind === undefined) unread.push({ path, why: `It ${text.problem}.` });
      else pass(path, text.kind);
      return;
    }
    const reading = OWN.reads.find((one) => one.files.test(path));
    if (reading === undefined) return;
    try {
      const found = rulesInFile(text.text, { source: OWN, reading, inside: path, path, withText: true }, context!);
      if (found.other !== null) pass(path, found.other);
      else if (found.rules.length === 0) unread.push({ path, why: 'Nothing in it could be read as a rule.' });
      for (const { rule } of found.rules) rules.push(rule);
    } catch (error) {
      unread.push({ path, why: `The analysis failed, which is a defect of this program: ${error instanceof Error ? error.message : String(error)}` });
    }
  };

  return {
    progress: () => ({
      files: files.length,
      read,
      rules: rules.length,
      passedOver: [...other.values()].reduce((sum, paths) => sum + paths.length, 0),
      unread: unread.length,
      last: files[read - 1]?.path ?? '',
    }),
    async readOn(milliseconds) {
      const end = Date.now() + milliseconds;
      context ??= { languages, macros: macroMap([...MACROS, ...readMacrosConf(macros).macros, ...(await macrosAmong(all))]) };
      do {
        const file = files[read];
        if (file === undefined) return;
        await readFile(file);
        read++;
      } while (Date.now() < end);
    },
    finish: () => ({
      files: writeCatalog({
        rules,
        sources: [{ name: OWN.name, repository: OWN.repository, commit: '', license: OWN.license }],
        attack: { release: ATTACK_RELEASE, techniques: TECHNIQUES },
      }),
      report: {
        from,
        files: all.length,
        rules: rules.length,
        passedOver: [...other].map(([what, paths]) => ({ what, paths })).sort((a, b) => b.paths.length - a.paths.length || (a.what < b.what ? -1 : 1)),
        unread,
      },
    }),
  };
}

const textOf = async (file: OwnFile): Promise<ReturnType<typeof fileText>> => {
  const large = tooLarge(file.path, file.size);
  if (large !== null) return large;
  try {
    return fileText(file.path, await file.bytes());
  } catch (error) {
    return { problem: `cannot be read (${error instanceof Error ? error.message : String(error)})` };
  }
};

/** The search macros of the source's folder of them. */
async function macrosAmong(files: readonly OwnFile[]): Promise<readonly Macro[]> {
  const macros: Macro[] = [];
  for (const file of OWN.macros === null ? [] : files) {
    if (!file.path.startsWith(`${OWN.macros}/`) || !isMacroFile(file.path)) continue;
    const text = await textOf(file);
    if (text.problem === undefined) for (const macro of macrosInFile(text.text, file.path)) macros.push(macro);
  }
  return macros;
}
