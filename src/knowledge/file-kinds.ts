import table from './file-kinds.json';

/** How one edits a kind of document; see the table's `about`. */
export interface FileKind {
  readonly id: string;
  readonly extensions: readonly string[];
  readonly quotes: readonly string[];
  readonly line?: string;
  readonly block?: readonly string[];
  /** A regex: the line after one that matches is indented. */
  readonly indentsAfter?: string;
  readonly folds?: boolean;
}

export const FILE_KINDS: readonly FileKind[] = table.kinds;

/** The kind of a format, by its usual file ending; that of a query without a container when there is none. */
export const fileKindOf = (extension: string | undefined): FileKind =>
  FILE_KINDS.find(({ extensions }) => extension !== undefined && extensions.includes(extension)) ?? FILE_KINDS.at(-1)!;
