/** Shorter names are close to everything, longer ones no one's slip: of them only letters' case is looked over. */
const [SHORTEST, LONGEST] = [3, 40];

/**
 * The known name closest to a written one, letters' case aside: at most so many slips away, each a letter more, less, other, or two swapped.
 * The first of those that are equally close; undefined when none is.
 */
export function nearest(written: string, known: Iterable<string>, slips = 1): string | undefined {
  const wanted = written.toLowerCase();
  let best: string | undefined;
  let allowed = written.length < SHORTEST || written.length > LONGEST ? 0 : slips;
  for (const candidate of known) {
    if (Math.abs(candidate.length - wanted.length) > allowed) continue;
    const folded = candidate.toLowerCase();
    while (allowed >= 0 && isWithin(wanted, folded, allowed)) {
      best = candidate;
      allowed--;
    }
    if (allowed < 0) break;
  }
  return best;
}

/** Whether so many slips lead from one text to the other. */
function isWithin(a: string, b: string, slips: number): boolean {
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const [restA, restB] = [a.slice(from), b.slice(from)];
  if (restA === restB) return true;
  if (slips === 0) return false;
  const after = (skipA: number, skipB: number): boolean => isWithin(restA.slice(skipA), restB.slice(skipB), slips - 1);
  return after(1, 1) || after(1, 0) || after(0, 1) || (restA[0] === restB[1] && restA[1] === restB[0] && after(2, 2));
}
