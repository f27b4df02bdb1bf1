/** The least whole number of `low` to below `high` that fits, where all greater ones do too; `high` where none does. Asks a logarithm of them. */
export function lowerBound(low: number, high: number, fits: (at: number) => boolean): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The number of the last of rising offsets that is not above one, from number `low` on; that number where all are. A loop of its own, without a call for each
 * step: a search of the catalog asks it for every find.
 */
export function lastStart(starts: ArrayLike<number>, offset: number, low = 0): number {
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
