/** Something counted, by its number, and how many rules have it. */
export type Count = readonly [thing: number, rules: number];

/** Counts things so that a rule counts once for each. Rules come one after the other. */
interface DistinctCounter {
  add(thing: number, rule: number): void;
  /** In the order in which they were first met. */
  counts(): Count[];
}

export function distinctCounter(things: number): DistinctCounter {
  const counts = new Int32Array(things);
  const last = new Int32Array(things).fill(-1);
  const seen: number[] = [];
  return {
    add(thing, rule) {
      if (last[thing] === rule) return;
      if (last[thing] === -1) seen.push(thing);
      last[thing] = rule;
      counts[thing]!++;
    },
    counts: () => seen.map((thing) => [thing, counts[thing]!]),
  };
}
