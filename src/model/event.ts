/** A value of an event as it came; whole numbers beyond 2^53, which a number cannot hold, are kept as text. */
export type EventValue = null | boolean | number | string | readonly EventValue[] | { readonly [name: string]: EventValue };

/** One event to be judged. Names are the event's own: nested objects stay nested and a name with dots stays one name. */
export interface Event {
  readonly [name: string]: EventValue;
}

/** A file as browsers have it: its bytes are read where it is judged. */
export interface EventFile {
  readonly name: string;
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}
