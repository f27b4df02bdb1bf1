import type { Taxonomy } from '../model';
import type { FieldName } from './asked-literals';
import { refused, type Row } from './dialect';
import { identityOf, saidOf } from './event-identity';
import { remembered, type Reader } from './fields';
import { joinsTo, readerThrough } from './names';

/** A field as events have it, and all names it may have there; null: the event may have it under a name that we do not know. */
export interface EventField {
  readonly read: Reader;
  /** Whether an event leaves open what it has there: reading it is refused then; absent: none does. */
  readonly isUnsaid?: (row: Row) => boolean;
  readonly names: readonly FieldName[] | null;
}

/** The fields that rules read of events; `byIndex`: as `pathReaderOf` reads. */
export interface EventFields {
  /** Under the rule's own name. */
  plain(name: string, byIndex: boolean): EventField;
  /** As events of the other family call it; canonical as `fieldNames` has it. */
  joined(name: string, canonical: string, byIndex: boolean): EventField;
}

/** Each field is made once for all rules that ask for it: one event is asked for few fields by many rules. */
export function eventFieldsOf(names: Taxonomy | null): EventFields {
  const made = new Map<string, EventField>();
  const once = (key: string, make: () => EventField): EventField => {
    let field = made.get(key);
    if (field === undefined) made.set(key, (field = make()));
    return field;
  };
  return {
    plain: (name, byIndex) =>
      once(`${byIndex} ${name}`, () => ({ read: remembered(readerThrough(name, [], () => undefined, byIndex)), names: [{ name, isFileName: false }] })),
    joined: (name, canonical, byIndex) => once(`${byIndex} ${name} as ${canonical}`, () => joinedField(name, canonical, names!, byIndex)),
  };
}

/**
 * A field as events of another family have it. One that has no name there, and whose value the event's identity does not tell, is not known: the event may
 * well have it under a name that we do not know.
 */
function joinedField(name: string, canonical: string, names: Taxonomy, byIndex: boolean): EventField {
  const { all, isKnown } = joinsTo(name, canonical, names);
  const through = readerThrough(name, all, () => undefined, byIndex);
  const read = remembered((row) => through(row) ?? saidOf(identityOf(row), name));
  if (isKnown) return { read, names: [{ name, isFileName: false }, ...all.map(({ event, part }) => ({ name: event, isFileName: part !== undefined }))] };
  // Made once: it is thrown for every event without the field.
  const unsaid = refused(`the event does not say \`${name}\``);
  return {
    read(row) {
      const value = read(row);
      if (value === undefined) throw unsaid;
      return value;
    },
    isUnsaid: (row) => read(row) === undefined,
    names: null,
  };
}
