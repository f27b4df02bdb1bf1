/** Middle, 95th percentile, largest and sum of some milliseconds. */
export interface Times {
  readonly median: number;
  readonly p95: number;
  readonly max: number;
  readonly total: number;
}

export function timesOf(milliseconds: readonly number[]): Times {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0, total: sorted.reduce((sum, time) => sum + time, 0) };
}

/** Milliseconds of each call over the inputs, after a warm-up over the first few. */
export function timeEach<T>(inputs: readonly T[], call: (input: T) => unknown): readonly number[] {
  for (const input of inputs.slice(0, 200)) call(input);
  return inputs.map((input) => timeOnce(() => call(input)));
}

export function timeOnce(call: () => unknown): number {
  const start = performance.now();
  call();
  return performance.now() - start;
}

export const shown = (name: string, { median, p95, max, total }: Times): string =>
  `${name.padEnd(44)} median ${median.toFixed(3)} ms · p95 ${p95.toFixed(3)} · max ${max.toFixed(2)} · total ${total.toFixed(0)}`;
