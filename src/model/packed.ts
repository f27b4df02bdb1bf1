/** Plain data as numbers and texts, for handing it to another thread. */
export interface Packed<T> {
  readonly codes: Int32Array<ArrayBuffer>;
  readonly texts: readonly string[];
  /** Numbers that are no whole numbers of 28 bits. */
  readonly numbers: readonly number[];
  /** The keys of objects, each list once. */
  readonly shapes: readonly (readonly string[])[];
  /** What it is of; never there. */
  readonly of?: T;
}
