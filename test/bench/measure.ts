/** Middle, 95th and 99th percentile, largest and sum of some milliseconds. */
export interface Times {
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly total: number;
}

/** One measured figure beside what it is held against in the same run. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  /** What else was measured, with its value. */
  readonly beside: string;
  /** How the two stand, in words. */
  readonly ratio: string;
  /** '' where none is set. */
  readonly goal: string;
}

/** What one part of the program was measured to do. */
export interface Bench {
  readonly title: string;
  readonly figures: readonly Figure[];
}

export function timesOf(milliseconds: readonly number[]): Times {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? 0, total: sorted.reduce((sum, time) => sum + time, 0) };
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

/** Each input's best of some rounds, in milliseconds: what else the machine does counts for nobody. */
export function bestOf<T>(inputs: readonly T[], call: (input: T) => unknown, rounds: number): readonly number[] {
  const all = Array.from({ length: rounds }, () => timeEach(inputs, call));
  return inputs.map((_, index) => Math.min(...all.map((round) => round[index]!)));
}

export const ms = (value: number): string => `${value < 1 ? value.toFixed(3) : value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
export const count = (value: number): string => Math.round(value).toLocaleString('en');
export const spread = ({ median, p95, max }: Times): string => `median ${ms(median)}, p95 ${ms(p95)}, longest ${ms(max)}`;
export const times = (ratio: number): string => `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)} times`;

let unit = 0;

/** Milliseconds in which this process parses a megabyte of JSON: what figures are held against that have nothing else beside them. */
export function megabyte(): number {
  if (unit > 0) return unit;
  const text = JSON.stringify(
    Array.from({ length: 8_000 }, (_, id) => ({ id, name: `event ${id}`, path: `C:\\Windows\\System32\\tool-${id % 97}.exe`, list: [id, true, null] })),
  );
  const whole = text.slice(0, -1) + text.slice(0).replace(/^\[/, ',').slice(0, -1) + ']';
  return (unit = Math.min(...Array.from({ length: 15 }, () => timeOnce(() => JSON.parse(whole)))) / (whole.length / 1e6));
}

/** A time with a megabyte of JSON beside it. */
export const besideJson = (what: string, milliseconds: number, value = ms(milliseconds), goal = ''): Figure => ({
  what,
  value,
  beside: `a megabyte of JSON parsed ${ms(megabyte())}`,
  ratio: times(milliseconds / megabyte()),
  goal,
});

/** Why there is no figure. */
export const unmeasured = (what: string, why: string): Figure => ({ what, value: 'not measured', beside: why, ratio: '', goal: '' });
