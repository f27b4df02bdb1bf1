import type { RuleKind, SourceName, Vendor } from '../model';
import table from './sources.json';

/** A place rules come from, and how its folder is read; see the table's `about`. */
export interface RuleSource {
  readonly name: SourceName;
  readonly label: string;
  readonly repository: string;
  readonly license: string;
  readonly publisher: string;
  readonly vendor: Vendor | null;
  readonly format: string | null;
  readonly reads: readonly { readonly files: RegExp; readonly kind: RuleKind | null; readonly status: string | null }[];
  readonly macros: string | null;
  readonly lists: string | null;
  readonly own: boolean;
  readonly expected: string;
}

interface Row extends Omit<RuleSource, 'reads' | 'macros' | 'lists' | 'own'> {
  readonly reads: readonly { readonly files: string; readonly kind?: RuleKind; readonly status?: string }[];
  readonly macros?: string;
  readonly lists?: string;
  readonly own?: boolean;
}

/** In the order they are always shown; of two that have the same rule, the first is its own place and the other a copy. */
export const SOURCES: readonly RuleSource[] = (table.sources as readonly Row[]).map(({ reads, macros = null, lists = null, own = false, ...row }) => ({
  ...row,
  macros,
  lists,
  own,
  reads: reads.map(({ files, kind = null, status = null }) => ({ files: new RegExp(files), kind, status })),
}));

export const SOURCE_NAMES: readonly SourceName[] = SOURCES.map(({ name }) => name);

const BY_NAME: ReadonlyMap<SourceName, RuleSource> = new Map(SOURCES.map((source) => [source.name, source]));

/** The source of a name; undefined for none of ours. */
export const sourceOf = (name: SourceName): RuleSource | undefined => BY_NAME.get(name);

/** Where rules come from as people call it, beside their vendor. */
export const sourceLabel = (name: SourceName): string => sourceOf(name)?.label ?? name;

/** The reader's own rules: from no public repository. */
export const isOwnSource = (name: SourceName): boolean => sourceOf(name)?.own === true;
