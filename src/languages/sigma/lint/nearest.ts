/** Words that are looked at. */
const MOST = 500;

/** The known word closest to a written one, by at most two changed, missing, extra or swapped letters; undefined when none is close. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  if (written.length > 40) return undefined;
  const allowed = written.length < 5 ? 1 : 2;
  let best: string | undefined;
  let least = allowed + 1;
  let seen = 0;
  for (const word of known) {
    if (++seen > MOST) break;
    if (Math.abs(word.length - written.length) >= least) continue;
    const distance = distanceOf(written, word);
    if (distance < least) {
      least = distance;
      best = word;
    }
  }
  return best;
}

function distanceOf(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      next.push(cost);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
