/** A number and its noun: "1 error", "2 errors", "1,204 rules". */
export const counted = (count: number, noun: string, plural = `${noun}s`): string => `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
