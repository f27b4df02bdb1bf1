import { familyWriting } from '../knowledge/families';
import { unlikeIn } from '../knowledge/unlike-fields';
import { endOf, isNamedField, type FieldNames } from '../knowledge/fields';
import type { FieldRef, Span, Taxonomy } from '../model';
import type { Columns, ListedColumns, Refuse } from './manner';

/** What a field is called in the target. */
export interface NamedField {
  readonly name: string;
  /** The target has only the path: the file name is what comes after this sign in it. */
  readonly separator?: string;
  /** Why the name may be wrong. */
  readonly doubt?: string;
  /** The target's events are known, and no name of theirs: most likely none of them has the field. */
  readonly isForeign?: true;
  /** The target's field holds numbers in another form: the text of one in it, null for any other; and why others may not fit. */
  readonly numbers?: { readonly digits: (text: string) => string | null; readonly doubt: string };
}

/** Whose names are made whose. */
export interface Naming {
  readonly from: Taxonomy;
  readonly to: Taxonomy;
  readonly toName: string;
  readonly namesAt: (place: Span) => FieldNames;
  /** Null: which table is read is not known, and names depend on it. */
  readonly local: FieldNames | null;
  readonly own: ReadonlyMap<string, string>;
  readonly isWindows: boolean;
  /** What stands between folders of a path. */
  readonly separator: string;
}

/** The field's name in the target's family; one that has no counterpart keeps its name, with the doubt said. */
export function namedField(field: FieldRef, naming: Naming): NamedField {
  const { from, to, own, local } = naming;
  const written = field.of ?? field.name;
  const chosen = own.get(written);
  if (chosen !== undefined) return { name: chosen };
  if (from === to) return { name: written };
  const canonical = naming.namesAt(field.span).canonical(written);
  const names = local?.own(canonical) ?? [];
  const path = endOf(canonical);
  const [ownPath] = path === null || local === null ? [] : local.own(path);
  // A name that fields have everywhere gives way to the path that these events have.
  if (names.length === 0 && ownPath !== undefined) return pathNamed(path!, naming);
  const found = names.includes(written) ? written : (local?.local(canonical) ?? null);
  if (found !== null) {
    const several = local!.byEvent(canonical);
    if (several.length > 0 && !several.includes(written)) return { name: found, doubt: severalNames(written, several) };
    const unlike = unlikeIn(canonical, from, to);
    if (unlike === null) return { name: found };
    const doubt = `\`${found}\` may hold other texts than \`${written}\`: ${unlike.why}`;
    return unlike.digits === null ? { name: found, doubt } : { name: found, numbers: { digits: unlike.digits, doubt } };
  }
  if (path !== null && local?.local(path) != null) return pathNamed(path, naming);
  // Fields of Windows events keep their names under a prefix, and come out of it again.
  const wraps = familyWriting(to)?.wraps;
  if (wraps?.taxonomy === from && naming.isWindows && !written.includes('.')) return { name: wraps.prefix + written };
  const unwraps = familyWriting(from)?.wraps;
  if (unwraps?.taxonomy === to && written.startsWith(unwraps.prefix)) return { name: written.slice(unwraps.prefix.length) };
  const doubt =
    local === null
      ? `Which table holds these events is not known, so \`${written}\` keeps its name`
      : `No name of ${naming.toName} is known for \`${written}\`${isNamedField(canonical) && canonical !== written ? ` (${canonical})` : ''}: it keeps its own`;
  return { name: written, doubt, ...(local === null ? null : { isForeign: true as const }) };
}

/** The path for the name at its end. */
function pathNamed(path: string, { local, separator }: Naming): NamedField {
  const several = local!.byEvent(path);
  const name = local!.local(path)!;
  return { name, separator, ...(several.length > 0 ? { doubt: severalNames(name, several) } : null) };
}

const severalNames = (written: string, names: readonly string[]): string =>
  `Which event it is decides what \`${written}\` is called: ${names.map((name) => `\`${name}\``).join(' or ')}`;

/** The same names where the table's columns are known: that it has no such column is said, and what cannot be compared as it is. */
export function inTable(names: (field: FieldRef) => NamedField, columns: Columns, refuse: Refuse): (field: FieldRef) => NamedField {
  if (columns === undefined) return names;
  return (field) => {
    const named = names(field);
    const kind = columns(named.name);
    if (kind === 'several') refuse(field.span, `\`${named.name}\` holds several values at once in the table`);
    if (kind === null) return { ...named, doubt: `The table has no column \`${named.name}\`: it counts as a field that is not there` };
    return kind === 'other' ? { ...named, doubt: `\`${named.name}\` holds neither texts nor numbers: it is compared as the database writes it` } : named;
  };
}

/** The same names where all columns of what is read are known: that there is none of a name is said, in the target's words. */
export function amongColumns(names: (field: FieldRef) => NamedField, columns: ListedColumns | null): (field: FieldRef) => NamedField {
  if (columns === null) return names;
  const told = new Set<string>();
  return (field) => {
    const named = names(field);
    if (told.has(named.name)) return named;
    if (named.doubt !== undefined || !columns.has(named.name)) told.add(named.name);
    return named.doubt !== undefined || columns.has(named.name) ? named : { ...named, doubt: columns.why(named.name) };
  };
}
