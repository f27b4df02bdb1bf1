/** The least whole number of `low` to below `high` that fits, where all greater ones do too; `high` where none does. Asks a logarithm of them. */
export function lowerBound(low: number, high: number, fits: (at: number) => boolean): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The number of the last of rising offsets that is not above one, from number `low` on; that number where all are. */
export const lastStart = (starts: ArrayLike<number>, offset: number, low = 0): number => lowerBound(low + 1, starts.length, (at) => starts[at]! > offset) - 1;
