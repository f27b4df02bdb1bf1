/** Distinct things in order, and the place of each: what a column of places points into. */
export interface Table<T> {
  readonly entries: readonly T[];
  placeOf(item: T): number;
}

/** Distinct texts by their UTF-16 codes, so that comparing places compares texts. */
export function tableOfTexts(texts: Iterable<string>): Table<string> {
  const entries = [...new Set(texts)].sort();
  const places = new Map(entries.map((text, place) => [text, place]));
  return { entries, placeOf: (text) => places.get(text)! };
}

/** Distinct tuples of numbers, ordered by their first number, then the second, and so on. */
export function tableOfTuples<T extends readonly number[]>(tuples: Iterable<T>): Table<T> {
  const distinct = new Map<string, T>();
  for (const tuple of tuples) distinct.set(tuple.join(), tuple);
  const entries = [...distinct.values()].sort(compareTuples);
  const places = new Map(entries.map((tuple, place) => [tuple.join(), place]));
  return { entries, placeOf: (tuple) => places.get(tuple.join())! };
}

function compareTuples(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, place) => number !== b[place]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}
