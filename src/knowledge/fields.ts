import type { Taxonomy } from '../model';
import { FAMILIES, familyWriting } from './families';
import table from './fields.json';

/** The names of one rule's fields: as written to canonical, and back. */
export interface FieldNames {
  /** The canonical name of a field as the rule writes it; a field without a mapping keeps its name. */
  canonical(name: string): string;
  /** What the rule would call a canonical field; null where it has no such field. */
  local(canonical: string): string | null;
  /** Every name that a canonical field has in what the rule reads and not everywhere, the usual one first. */
  own(canonical: string): readonly string[];
  /** Those of them between which the event decides; none where one is as good as the other. */
  byEvent(canonical: string): readonly string[];
}

interface Row {
  readonly name: string;
  readonly basename?: string;
  readonly line?: string;
  readonly endOf?: string;
  readonly byEvent?: string;
}

/** One spelling of a field in one taxonomy; `scopes` null: everywhere; `isRead`: people write it, we do not. */
interface Spelling {
  readonly canonical: string;
  readonly local: string;
  readonly scopes: readonly string[] | null;
  readonly isRead: boolean;
}

/** One taxonomy's spellings, each list in the table's order. */
interface Names {
  readonly byLocal: ReadonlyMap<string, readonly Spelling[]>;
  /** By the local name in lower case, where all spellings of it mean one field: people's letters vary. */
  readonly byFolded: ReadonlyMap<string, readonly Spelling[]>;
  readonly byCanonical: ReadonlyMap<string, readonly Spelling[]>;
  /** By canonical name everything the taxonomy's events may call it, the usual name first. */
  readonly ofEvents: ReadonlyMap<string, readonly string[]>;
  /** The scopes this taxonomy tells apart; `*`: it tells all apart. */
  readonly scopes: ReadonlySet<string>;
}

const ROWS: readonly Row[] = table.fields;
/** A row's spellings in a taxonomy stand under the taxonomy's name. */
const writtenIn = (row: Row, taxonomy: Taxonomy): readonly string[] => (row as unknown as Readonly<Record<Taxonomy, readonly string[]>>)[taxonomy] ?? [];
const SCOPES: Readonly<Record<Taxonomy, readonly string[]>> = table.scopes;
const GROUPS: Readonly<Record<string, readonly string[]>> = table.groups;

function spellingOf(canonical: string, written: string): Spelling {
  const isRead = written.startsWith('<');
  const from = isRead ? 1 : 0;
  const at = written.lastIndexOf('@');
  if (at <= 0) return { canonical, local: written.slice(from), scopes: null, isRead };
  const scopes = written.slice(at + 1).split(',');
  return {
    canonical,
    isRead,
    local: written.slice(from, at),
    scopes: scopes.flatMap((scope) => (scope.startsWith('+') ? (GROUPS[scope.slice(1)] ?? []) : [scope])),
  };
}

function grouped(spellings: readonly Spelling[], keyOf: (spelling: Spelling) => string): Map<string, Spelling[]> {
  const groups = new Map<string, Spelling[]>();
  for (const spelling of spellings) {
    const key = keyOf(spelling);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [spelling]);
    else group.push(spelling);
  }
  return groups;
}

function namesOf(taxonomy: Taxonomy): Names {
  const spellings = ROWS.flatMap((row) => writtenIn(row, taxonomy).map((written) => spellingOf(row.name, written)));
  const folded = grouped(spellings, (spelling) => spelling.local.toLowerCase());
  return {
    byLocal: grouped(spellings, (spelling) => spelling.local),
    byFolded: new Map([...folded].filter(([, same]) => same.every((spelling) => spelling.canonical === same[0]!.canonical))),
    byCanonical: grouped(
      spellings.filter((spelling) => !spelling.isRead),
      (spelling) => spelling.canonical,
    ),
    ofEvents: new Map(
      [...grouped(spellings, (spelling) => spelling.canonical)].map(([canonical, own]) => [canonical, [...new Set(own.map(({ local }) => local))]]),
    ),
    scopes: new Set([...(SCOPES[taxonomy] ?? []), ...spellings.flatMap((spelling) => spelling.scopes ?? [])]),
  };
}

const NAMES: ReadonlyMap<Taxonomy, Names> = new Map(FAMILIES.map(({ taxonomy }) => [taxonomy, namesOf(taxonomy)]));
/** Of a taxonomy that is none of ours. */
const NO_NAMES: Names = { byLocal: new Map(), byFolded: new Map(), byCanonical: new Map(), ofEvents: new Map(), scopes: new Set() };
const CANONICAL: ReadonlySet<string> = new Set(ROWS.map((row) => row.name));
const BASENAMES: ReadonlyMap<string, string> = new Map(ROWS.flatMap((row) => (row.basename === undefined ? [] : [[row.name, row.basename] as const])));
const ENDS: ReadonlyMap<string, string> = new Map(ROWS.flatMap(({ name, endOf: path }) => (path === undefined ? [] : [[name, path] as const])));
const BY_EVENT: ReadonlyMap<string, readonly string[]> = new Map(
  ROWS.flatMap(({ name, byEvent }) => (byEvent === undefined ? [] : [[name, byEvent.split(' ')] as const])),
);
const PATHS: ReadonlyMap<string, string> = new Map([...BASENAMES].filter(([path, name]) => path !== name).map(([path, name]) => [name, path]));

/** `logs-aws.cloudtrail-*` reads aws and cloudtrail; a name is its own part too. */
const partsOf = (scope: string): readonly string[] => [scope, ...scope.split(/[^a-z0-9_]+/)];

/** The scopes of a rule that its taxonomy tells apart, first written first; null when it tells none of them apart. */
function knownScopes({ scopes: known }: Names, scopes: readonly string[]): readonly string[] | null {
  const found = scopes.flatMap(partsOf).filter((part) => known.has(part));
  return found.length > 0 || (known.has('*') && scopes.length > 0) ? found : null;
}

/** The spelling that holds in these scopes: that of the rule's first scope, else one that holds everywhere; the first of all, where nothing is known of the scopes. */
function fitting(spellings: readonly Spelling[], scopes: readonly string[] | null): Spelling | undefined {
  if (scopes === null) return spellings.find((spelling) => spelling.scopes === null) ?? spellings[0];
  for (const scope of scopes) {
    const spelling = spellings.find((candidate) => candidate.scopes?.includes(scope) === true);
    if (spelling !== undefined) return spelling;
  }
  return spellings.find((spelling) => spelling.scopes === null);
}

/** Both directions for the fields of one rule; `scopes` in lower case, what the query reads first. */
export function fieldNames(taxonomy: Taxonomy, scopes: readonly string[]): FieldNames {
  const names = NAMES.get(taxonomy) ?? NO_NAMES;
  const { wraps = null, copies = [] } = familyWriting(taxonomy) ?? {};
  let known: readonly string[] | null | undefined;
  const scopesOf = (): readonly string[] | null => (known === undefined ? (known = knownScopes(names, scopes)) : known);
  return {
    canonical(name) {
      const spellings = names.byLocal.get(name) ?? (CANONICAL.has(name) ? undefined : names.byFolded.get(name.toLowerCase()));
      if (spellings !== undefined) {
        if (spellings.length === 1 && spellings[0]!.scopes === null) return spellings[0]!.canonical;
        return fitting(spellings, scopesOf())?.canonical ?? name;
      }
      if (wraps !== null && name.startsWith(wraps.prefix)) return canonicalField(wraps.taxonomy, [], name.slice(wraps.prefix.length));
      const copy = copies.find((ending) => name.endsWith(ending));
      return copy === undefined ? name : this.canonical(name.slice(0, -copy.length));
    },
    local(canonical) {
      const spellings = names.byCanonical.get(canonical);
      return spellings === undefined ? null : (fitting(spellings, scopesOf())?.local ?? null);
    },
    own(canonical) {
      const found = scopesOf() ?? [];
      const spellings = names.byCanonical.get(canonical) ?? [];
      return spellings.filter(({ scopes: own }) => own?.some((scope) => found.includes(scope)) === true).map(({ local }) => local);
    },
    byEvent(canonical) {
      const own = BY_EVENT.get(canonical)?.some((scope) => scopesOf()?.includes(scope) === true) === true ? this.own(canonical) : [];
      return own.length > 1 ? own : [];
    },
  };
}

/** The canonical name of a field as a rule writes it; a field without a mapping keeps its name. */
export const canonicalField = (taxonomy: Taxonomy, scopes: readonly string[], name: string): string => fieldNames(taxonomy, scopes).canonical(name);

/** What a taxonomy calls a canonical field in these scopes; null where it has no such field. */
export const localField = (taxonomy: Taxonomy, scopes: readonly string[], canonical: string): string | null => fieldNames(taxonomy, scopes).local(canonical);

/** Whether a canonical name is a row of the table of fields. */
export const isNamedField = (canonical: string): boolean => CANONICAL.has(canonical);

/** The field that holds only the file name of this canonical path field: process_name for Image, and for itself; null for all but process paths. */
export const basenameField = (canonical: string): string | null => BASENAMES.get(canonical) ?? null;

/** The path whose file name this canonical field holds: Image for process_name; null for every other field. */
export const pathField = (canonical: string): string | null => PATHS.get(canonical) ?? null;

const FILE_NAMES: ReadonlyMap<string, string> = new Map([...[...ENDS].flatMap(([name, path]) => [[path, name] as const, [name, name] as const]), ...BASENAMES]);

/** The canonical field that holds only the name of the file at the end of this path, a process's or another's, and for itself; null for every other field. */
export const fileNameField = (canonical: string): string | null => FILE_NAMES.get(canonical) ?? null;

const LINES: ReadonlyMap<string, string> = new Map(ROWS.flatMap((row) => (row.line === undefined ? [] : [[row.name, row.line] as const])));
const ARGUMENTS: ReadonlyMap<string, string> = new Map([...LINES].map(([args, line]) => [line, args]));

/** The canonical field with the command line whose arguments this one holds: CommandLine for process.args; null for every other field. */
export const lineField = (canonical: string): string | null => LINES.get(canonical) ?? null;

/** The canonical field with the arguments of this command line; null for every other field. */
export const argumentsField = (canonical: string): string | null => ARGUMENTS.get(canonical) ?? null;

/** The path at whose end this canonical field's text stands, for whoever has the path alone; null where none is known. */
export const endOf = (canonical: string): string | null => ENDS.get(canonical) ?? pathField(canonical);

/** The usual names of the fields a taxonomy knows, for completion: in the table's order, processes first. */
export const knownFields = (taxonomy: Taxonomy): readonly string[] => [
  ...new Set(ROWS.flatMap((row) => writtenIn(row, taxonomy).map((written) => spellingOf(row.name, written).local))),
];

/** Everything a taxonomy's events may call a canonical field, whatever they are about, the usual name first. */
export const localFields = (taxonomy: Taxonomy, canonical: string): readonly string[] => NAMES.get(taxonomy)?.ofEvents.get(canonical) ?? [];
