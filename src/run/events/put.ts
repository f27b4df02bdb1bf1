import type { EventValue } from '../../model';

/** An event while it is being read. */
export type Draft = Record<string, EventValue>;

/** Sets a field whatever its name is, `__proto__` too; a name that is there already becomes a list of all its values. */
export function put(draft: Draft, name: string, value: EventValue): void {
  const had = Object.hasOwn(draft, name) ? draft[name]! : undefined;
  if (had === undefined) set(draft, name, Array.isArray(value) ? [...(value as readonly EventValue[])] : value);
  // The list is the draft's own: it grows in place, since one name can come thousands of times.
  else if (Array.isArray(had)) for (const one of listed(value)) (had as EventValue[]).push(one);
  else set(draft, name, [had, ...listed(value)]);
}

/** Sets a field and forgets what it held. */
export function set(draft: Draft, name: string, value: EventValue): void {
  if (name === '__proto__') Object.defineProperty(draft, name, { value, enumerable: true, configurable: true, writable: true });
  else draft[name] = value;
}

const listed = (value: EventValue): readonly EventValue[] => (Array.isArray(value) ? (value as readonly EventValue[]) : [value]);
