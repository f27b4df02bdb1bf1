import type { Row } from './dialect';
import type { Value } from './value';

/** The event a row still is. */
export const EVENT: unique symbol = Symbol('event');

/** A row while a pipeline runs. */
export type Draft = Record<string, Value> & { [EVENT]?: number };

export const draftOf = (row: Row): Draft => Object.assign(Object.create(null) as Draft, row);

/** A row made of another is the same event still. */
export function keepEvent(draft: Draft, row: Row): void {
  const event = (row as Draft)[EVENT];
  if (event !== undefined) draft[EVENT] = event;
}
