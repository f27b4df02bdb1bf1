import type { Taxonomy } from '../model';
import table from './fields.json';

interface Row {
  readonly name: string;
  readonly basename?: string;
  readonly sigma?: readonly string[];
  readonly ecs?: readonly string[];
  readonly cim?: readonly string[];
  readonly kusto?: readonly string[];
  readonly from: string;
}

/** One spelling of a field in one taxonomy; `scopes` null: everywhere. */
interface Spelling {
  readonly canonical: string;
  readonly local: string;
  readonly scopes: readonly string[] | null;
}

/** The names of one rule's fields: as written to canonical, and back. */
export interface FieldNames {
  canonical(name: string): string;
  /** Null: the field does not exist here. */
  local(canonical: string): string | null;
}

const ROWS: readonly Row[] = table.fields;
const TAXONOMIES = ['sigma', 'ecs', 'cim', 'kusto'] as const satisfies readonly Taxonomy[];

function spellingOf(canonical: string, written: string): Spelling {
  const [local, scopes] = written.split('@');
  return { canonical, local: local!, scopes: scopes === undefined ? null : scopes.split(',') };
}

interface Index {
  /** By the local name in lower case; scoped spellings first. */
  readonly byLocal: ReadonlyMap<string, readonly Spelling[]>;
  readonly byCanonical: ReadonlyMap<string, readonly Spelling[]>;
}

function indexOf(taxonomy: Taxonomy): Index {
  const byLocal = new Map<string, Spelling[]>();
  const byCanonical = new Map<string, Spelling[]>();
  for (const row of ROWS) {
    const spellings = (row[taxonomy] ?? []).map((written) => spellingOf(row.name, written));
    byCanonical.set(row.name, spellings);
    for (const spelling of spellings) {
      const key = spelling.local.toLowerCase();
      const known = byLocal.get(key) ?? [];
      if (spelling.scopes === null) known.push(spelling);
      else known.unshift(spelling);
      byLocal.set(key, known);
    }
  }
  return { byLocal, byCanonical };
}

const INDEX = Object.fromEntries(TAXONOMIES.map((taxonomy) => [taxonomy, indexOf(taxonomy)])) as unknown as Readonly<Record<Taxonomy, Index>>;
const BASENAMES: ReadonlyMap<string, string> = new Map(ROWS.flatMap((row) => (row.basename === undefined ? [] : [[row.name, row.basename] as const])));

const fits = (spelling: Spelling, scopes: readonly string[]): boolean => spelling.scopes === null || spelling.scopes.some((scope) => scopes.includes(scope));

/** The canonical name of a field as a rule writes it; a field without a mapping keeps its name. `scopes` in lower case. */
export function canonicalField(taxonomy: Taxonomy, scopes: readonly string[], name: string): string {
  return INDEX[taxonomy].byLocal.get(name.toLowerCase())?.find((spelling) => fits(spelling, scopes))?.canonical ?? name;
}

/** What a taxonomy calls a canonical field in these scopes; null where it has no such field. */
export function localField(taxonomy: Taxonomy, scopes: readonly string[], canonical: string): string | null {
  return INDEX[taxonomy].byCanonical.get(canonical)?.find((spelling) => fits(spelling, scopes))?.local ?? null;
}

/** The field that holds only the file name of this canonical path field: process_name for Image; null for all but process paths. */
export const basenameField = (canonical: string): string | null => BASENAMES.get(canonical) ?? null;

/** Both directions for one rule. */
export const fieldNames = (taxonomy: Taxonomy, scopes: readonly string[]): FieldNames => ({
  canonical: (name) => canonicalField(taxonomy, scopes, name),
  local: (canonical) => localField(taxonomy, scopes, canonical),
});

/** Fields a taxonomy knows, for completion: the commonest first. */
export const knownFields = (taxonomy: Taxonomy): readonly string[] => [
  ...new Set(ROWS.flatMap((row) => (row[taxonomy] ?? []).map((written) => written.split('@')[0]!))),
];
