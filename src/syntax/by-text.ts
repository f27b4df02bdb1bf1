/** The order of two texts by their UTF-16 codes: the same wherever it runs. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
