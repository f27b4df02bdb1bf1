import type { Taxonomy } from '../model';
import table from './usual-values.json';

/** The canonical fields that tell of one process. */
interface Process {
  readonly path: string;
  readonly name: string;
  readonly line?: string;
  readonly args?: string;
  /** The name its file was built with. */
  readonly original?: string;
}

interface Row {
  readonly ends: string;
  readonly values: readonly (string | number | boolean)[];
  readonly unix?: readonly string[];
  readonly families?: string;
}

interface Folder {
  readonly folder: string;
  readonly names: string;
}

/** The canonical fields that tell of one file. */
interface File {
  readonly path: string;
  readonly name: string;
  readonly extension: string;
}

export const PROCESSES: readonly Process[] = table.processes;
export const FILES: readonly File[] = table.files;

const KINDS = new Map(table.kinds.map((kind) => [kind.category, kind]));

/** The type and the action that events of a category usually have; null for one that we do not know. */
export const kindOf = (category: string): { readonly type: string; readonly action: string } | null => KINDS.get(category) ?? null;

const ROWS = (table.fields as readonly Row[]).map((row) => ({ ...row, words: row.ends.split(' ') }));

const foldersByName = (rows: readonly Folder[]): ReadonlyMap<string, string> =>
  new Map(rows.flatMap(({ folder, names }) => names.split(' ').map((name) => [name.replaceAll('_', ' ').toLowerCase(), folder] as const)));
const FOLDERS = foldersByName(table.folders);
const KEYS = foldersByName(table.keys);
const PROGRAMS = new Map(table.programs.flatMap(({ folder, names }) => names.split(' ').map((name) => [name, folder] as const)));

const COMMANDS = new Map(table.commands.flatMap(({ with: option, names }) => names.split(' ').map((name) => [name, option] as const)));

/** A program's name in small letters, without its ending. */
const stemOf = (program: string): string => program.toLowerCase().replace(/\.(?:exe|com)$/, '');

/** The option with which a program is told what to run; null for one that we do not know to have such. */
export const commandOption = (program: string): string | null => COMMANDS.get(stemOf(program)) ?? null;

/** What a field usually holds, the likeliest first, told by its name; nothing where it tells nothing. */
export function usuallyIn(field: string, taxonomy: Taxonomy, isUnix: boolean): readonly (string | number | boolean)[] {
  const name = field
    .toLowerCase()
    .replace(/_[sdtgb]$/, '')
    .replace(/[^a-z0-9]/g, '');
  const row = ROWS.find(
    ({ words, families }) =>
      (families === undefined || families === taxonomy) && words.some((word) => (word.startsWith('=') ? name === word.slice(1) : name.endsWith(word))),
  );
  return row === undefined ? [] : isUnix ? (row.unix ?? row.values) : row.values;
}

/** The folder that a path's first folder usually stands in; null for one that we do not know. */
export const folderOf = (first: string): string | null => FOLDERS.get(first.toLowerCase()) ?? null;

/** The registry key that a key usually stands in; null for one that we do not know. */
export const keyOf = (first: string): string | null => KEYS.get(first.toLowerCase()) ?? null;

/** The folder a program is usually installed in; null for one that we do not know. */
export const programFolder = (program: string): string | null => PROGRAMS.get(stemOf(program)) ?? null;
