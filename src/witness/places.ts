import type { Event, EventValue, Operand, Predicate, Test } from '../model';
import type { Row } from '../run/dialect';
import { innerOperands } from '../syntax/walk';

/** Where a value of an event stands: its field, and the way within it. */
export interface Place {
  readonly field: string;
  readonly path: readonly (string | number)[];
}

export const isSamePlace = (a: Place, b: Place): boolean =>
  a.field === b.field && a.path.length === b.path.length && a.path.every((step, at) => step === b.path[at]);

/** The value at a place; undefined: there is none. */
export function valueAt(row: Readonly<Record<string, EventValue>> | Row, { field, path }: Place): EventValue | undefined {
  let value = (Object.hasOwn(row, field) ? row[field] : undefined) as EventValue | undefined;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, EventValue>>)[step];
  }
  return value;
}

/** Whether an operand looks at all fields of an event whose names fit. */
export const isWild = (operand: Operand): boolean => (operand.kind === 'field' ? operand.wild !== undefined : innerOperands(operand).some(isWild));

/** Puts a value in its place, what leads there made anew; undefined takes it away. */
export function put(row: Record<string, EventValue>, { field, path }: Place, value: EventValue | undefined): void {
  const within = (inner: EventValue | undefined, at: number): EventValue | undefined => {
    if (at === path.length) return value;
    const step = path[at]!;
    if (typeof step === 'number') {
      const list = Array.isArray(inner) ? [...(inner as readonly EventValue[])] : [];
      const made = within(list[step], at + 1) ?? null;
      // Elements before it are of its kind: languages leave out of a list what is nothing.
      while (list.length < step) list.push(typeof made === 'object' ? null : 'example');
      list[step] = made;
      return list;
    }
    const bag: Record<string, EventValue> = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...(inner as Event) } : {};
    const made = within(bag[step], at + 1);
    if (made === undefined) delete bag[step];
    else bag[step] = made;
    return bag;
  };
  const made = within(row[field], 0);
  if (made === undefined) delete row[field];
  else row[field] = made;
}

/** The place a comparison is about and the others it looks at; `anywhere`: the field of a text that may stand in any. */
export function placesOf(test: Test, anywhere: string): { readonly place: Place; readonly others: readonly Place[] } {
  const nowhere: Place = { field: anywhere, path: [] };
  if (test.left === null) return { place: nowhere, others: [] };
  const [place = nowhere, ...rest] = [test.left, ...test.values].flatMap(placesIn);
  const others: Place[] = [];
  for (const one of rest) if (![place, ...others].some((other) => isSamePlace(one, other))) others.push(one);
  return { place, others };
}

const PLACES = new WeakMap<Operand, readonly Place[]>();

/** The places an operand looks at, those that decide before the conditions they hang on. */
export function placesIn(operand: Operand): readonly Place[] {
  let places = PLACES.get(operand);
  if (places === undefined) PLACES.set(operand, (places = placesWithin(operand)));
  return places;
}

function placesWithin(operand: Operand): readonly Place[] {
  if (operand.kind === 'field') return [{ field: operand.wild === undefined ? operand.name : nameFitting(operand.name, operand.wild), path: [] }];
  if (operand.kind === 'condition') return placesInPredicate(operand.of);
  const inner = innerOperands(operand);
  if (operand.kind !== 'call') return inner.flatMap(placesIn);
  const path = pathOf(operand);
  if (path !== null) return [path];
  return [...inner.filter((arg) => !isCondition(arg)), ...inner.filter(isCondition)].flatMap(placesIn);
}

const isCondition = ({ kind }: Operand): boolean => kind === 'condition';

function placesInPredicate(predicate: Predicate): readonly Place[] {
  if (predicate.kind === 'all' || predicate.kind === 'any') return predicate.of.flatMap(placesInPredicate);
  if (predicate.kind === 'not') return placesInPredicate(predicate.of);
  return predicate.kind === 'test' ? [...(predicate.left === null ? [] : [predicate.left]), ...predicate.values].flatMap(placesIn) : [];
}

/** Functions that make a list or an object of a text: what is within it is no place of the event. */
const MAKES: ReadonlySet<string> = new Set(
  'split parse_url parse_urlquery parse_path parse_command_line parse_csv parse_user_agent parse_version extract_all extractall set_difference'.split(' '),
);

/** Functions that give one element of a list or object. */
export const INDEXES: ReadonlySet<string> = new Set(['[]', 'mvindex']);

/** The place that steps into a field lead to, through functions that hand on a form of it; null where they are no such way. */
export function pathOf(operand: Operand): Place | null {
  if (operand.kind !== 'call' || !INDEXES.has(operand.fn) || operand.args.length > 2) return null;
  const [of, key] = operand.args;
  if (of === undefined || key?.kind !== 'literal') return null;
  const step = key.type === 'number' ? Number(key.text) : key.text;
  if (typeof step === 'number' && !(Number.isInteger(step) && step >= 0 && step < 100)) return null;
  const inner = handedOn(of);
  return inner === null ? null : { ...inner, path: [...inner.path, step] };
}

function handedOn(operand: Operand): Place | null {
  if (operand.kind === 'field') return placesIn(operand)[0]!;
  if (operand.kind !== 'call' || MAKES.has(operand.fn)) return null;
  if (INDEXES.has(operand.fn)) return pathOf(operand);
  for (const arg of operand.args) {
    const inner = handedOn(arg);
    if (inner !== null) return inner;
  }
  return null;
}

/** The conditions on which a value hangs. */
export function conditionsIn(operand: Operand): readonly Predicate[] {
  if (operand.kind === 'condition') return [operand.of];
  return operand.kind === 'call' ? operand.args.flatMap(conditionsIn) : [];
}

/** A name that a name with stars fits. */
const nameFitting = (name: string, wild: readonly number[]): string => [...name].map((char, at) => (wild.includes(at) ? 'example' : char)).join('');
