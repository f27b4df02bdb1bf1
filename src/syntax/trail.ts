/** A map that is never changed: `with` gives another that has a few entries more, or less, at the cost of those. Undefined stands for no entry. */
export interface Trail<V> {
  get(name: string): V | undefined;
  has(name: string): boolean;
  entries(): Iterable<readonly [string, V]>;
  with(changes: Iterable<readonly [string, V | undefined]>): Trail<V>;
}

type Layer<V> = ReadonlyMap<string, V | undefined>;

/** A map of these entries, to go on from. */
export const trailOf = <V>(entries: Iterable<readonly [string, V]> = []): Trail<V> => trailOver([new Map(entries)]);

/** Layers are each larger than the next, so that there are few, and an entry is copied as often as there are layers. The last one wins. */
function trailOver<V>(layers: readonly Layer<V>[]): Trail<V> {
  const get = (name: string): V | undefined => layers.findLast((layer) => layer.has(name))?.get(name);
  return {
    get,
    has: (name) => get(name) !== undefined,
    *entries() {
      const all = new Map(layers.flatMap((layer) => [...layer]));
      for (const [name, value] of all) if (value !== undefined) yield [name, value];
    },
    with(changes) {
      const below = [...layers];
      let top: Layer<V> = new Map(changes);
      while (below.length > 0 && below.at(-1)!.size <= top.size) top = new Map([...below.pop()!, ...top]);
      return trailOver([...below, top]);
    },
  };
}
