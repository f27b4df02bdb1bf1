import { randomFrom } from '../support/random-edits';

/** A source of numbers, and what is drawn with it. */
export interface Random {
  /** 0 to 1. */
  (): number;
  upTo(limit: number): number;
  of<T>(list: readonly T[]): T;
}

export function randomOf(seed: number): Random {
  const next = randomFrom(seed);
  const upTo = (limit: number): number => Math.floor(next() * limit);
  return Object.assign(next, { upTo, of: <T>(list: readonly T[]): T => list[upTo(list.length)]! });
}

/** One thing that must hold for any input. `check` gives what is broken, in words; what it throws is broken too. */
export interface Target<Input = string> {
  readonly name: string;
  input(random: Random): Input;
  check(input: Input, random: Random): readonly string[] | Promise<readonly string[]>;
  /** The input as a text that a case can be made of. */
  shown(input: Input): string;
}

/** A target whose input's type nobody else needs to know. */
export interface AnyTarget {
  readonly name: string;
  /** One input, drawn with the seed. */
  run(seed: number): Promise<Run>;
}

interface Run {
  readonly broken: readonly string[];
  /** Milliseconds the check took; where these were many at first, the processor's own, the least of several. */
  readonly ms: number;
  readonly shown: () => string;
}

/** Longer than anyone waits for a key; shorter ones are not measured again. */
export const SLOW = 200;

const wall = (): number => performance.now();
/** Dear to ask, so it is asked only of what a busy machine may have made slow. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

export const targetOf = <Input>(target: Target<Input>): AnyTarget => ({
  name: target.name,
  async run(seed) {
    const random = randomOf(seed);
    const input = target.input(random);
    const asked = random.upTo(2 ** 31);
    let broken: readonly string[] = [];
    let ms = Infinity;
    for (let again = 0; ms > SLOW && again < 4; again++) {
      const clock = again === 0 ? wall : cpu;
      const start = clock();
      try {
        broken = await target.check(input, randomOf(asked));
      } catch (error) {
        broken = [`throws ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' ') : String(error)}`];
      }
      ms = Math.min(ms, clock() - start);
    }
    return { broken, ms, shown: () => target.shown(input) };
  },
});
