import { randomFrom, randomlyEdited } from './random-edits';

/** How many damaged texts conformance tries for a vendor’s languages; `npm run fuzz` tries as many as it is given time for. */
export const ROUNDS = 100_000;

/**
 * Random edits of the texts, one after the other, each given to `analyse`, which must not throw: those that take out of proportion long,
 * which is more than ten milliseconds and one for each thousand units. What takes longer is measured again, as often as it takes
 * to tell a slow text from a busy machine.
 */
export function slowEdits<T extends { readonly text: string }>(
  inputs: readonly T[],
  seed: number,
  analyse: (text: string, input: T, round: number) => void,
): readonly string[] {
  const random = randomFrom(seed);
  const slow: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const input = inputs[round % inputs.length]!;
    const text = randomlyEdited(input.text, random);
    const timeOf = (): number => {
      const start = performance.now();
      analyse(text, input, round);
      return performance.now() - start;
    };
    const most = 10 + text.length / 1_000;
    let time = timeOf();
    for (let again = 0; time > most && again < 40; again++) time = timeOf();
    if (time > most) slow.push(text);
  }
  return slow;
}
