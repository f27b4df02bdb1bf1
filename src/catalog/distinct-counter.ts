/** Something counted, by its number, and how many rules have it. */
export type Count = readonly [thing: number, rules: number];

/** Counts things so that a rule counts once for each. Rules come one after the other. */
interface DistinctCounter {
  add(thing: number, rule: number): void;
  /** In the order in which they were first met. It ends the counting: what is added after it counts for nothing. */
  counts(): Count[];
}

/** For whoever counts next, all zero: to make columns as long as a corpus has triples takes longer than to count most techniques. */
const idle: Int32Array[] = [];
const MOST_IDLE = 8;
const ENDED = new Int32Array(0);

export function distinctCounter(things: number): DistinctCounter {
  // Of each thing the rule it was met in last (+1), and in how many: side by side, for they are asked together.
  let columns = takeIdle(2 * things) ?? new Int32Array(2 * things);
  const seen: number[] = [];
  return {
    add(thing, rule) {
      const at = 2 * thing;
      if (columns[at] === rule + 1) return;
      if (columns[at] === 0) seen.push(thing);
      columns[at] = rule + 1;
      columns[at + 1]!++;
    },
    counts() {
      const counts = seen.map((thing): Count => [thing, columns[2 * thing + 1]!]);
      for (const thing of seen) columns[2 * thing] = columns[2 * thing + 1] = 0;
      if (idle.length < MOST_IDLE) idle.push(columns);
      columns = ENDED;
      seen.length = 0;
      return counts;
    },
  };
}

function takeIdle(length: number): Int32Array | undefined {
  const at = idle.findIndex((columns) => columns.length >= length);
  return at === -1 ? undefined : idle.splice(at, 1)[0];
}
