import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { latestOf } from '../../src/state/threads/latest';

/** A helper's asker whose answers come when the test says so. */
function setup(wait = 0, overtaken = false, pause = 0) {
  const asked: number[] = [];
  const answers: { resolve: (value: string) => void; reject: (error: unknown) => void }[] = [];
  const delivered: [number, string][] = [];
  const failed: number[] = [];
  const latest = latestOf<number, string>({
    ask: (question) => {
      asked.push(question);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
    deliver: (question, answer) => delivered.push([question, answer]),
    fail: (question) => failed.push(question),
    wait: () => wait,
    pause,
    ...(overtaken ? { overtaken } : null),
  });
  return { latest, asked, answers, delivered, failed };
}
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('latest answer', () => {
  test('an answer to the newest question is delivered', async () => {
    const { latest, answers, delivered } = setup();
    latest.push(1);
    answers[0]!.resolve('a');
    await tick();
    expect(delivered).toEqual([[1, 'a']]);
  });

  test('while one is in flight only the newest of the rest is asked, and the old answer is dropped', async () => {
    const { latest, asked, answers, delivered } = setup();
    for (const question of [1, 2, 3, 4]) latest.push(question);
    expect(asked).toEqual([1]);
    answers[0]!.resolve('old');
    await tick();
    expect(asked).toEqual([1, 4]);
    expect(delivered).toEqual([]);
    answers[1]!.resolve('new');
    await tick();
    expect(delivered).toEqual([[4, 'new']]);
  });

  test('where overtaken answers are wanted they come in their order, but for those of a line that was cancelled', async () => {
    const { latest, answers, delivered, failed } = setup(0, true);
    for (const question of [1, 2, 3]) latest.push(question);
    answers[0]!.resolve('old');
    await tick();
    expect(delivered).toEqual([[1, 'old']]);
    latest.push(4);
    answers[1]!.reject(new Error('x'));
    await tick();
    latest.push(5);
    latest.cancel();
    answers[2]!.resolve('no more');
    await tick();
    expect(delivered).toEqual([[1, 'old']]);
    expect(failed).toEqual([]);
  });

  test('a failure is said for the newest question only, and the line goes on', async () => {
    const { latest, answers, delivered, failed } = setup();
    latest.push(1);
    latest.push(2);
    answers[0]!.reject(new Error('x'));
    await tick();
    expect(failed).toEqual([]);
    answers[1]!.reject(new Error('x'));
    await tick();
    expect(failed).toEqual([2]);
    latest.push(3);
    answers[2]!.resolve('c');
    await tick();
    expect(delivered).toEqual([[3, 'c']]);
  });

  test('after cancel nothing is delivered', async () => {
    const { latest, asked, answers, delivered } = setup();
    latest.push(1);
    latest.push(2);
    latest.cancel();
    answers[0]!.resolve('a');
    await tick();
    expect([asked, delivered]).toEqual([[1], []]);
  });

  describe('with a wait', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    test('a burst is asked once, and no later than the wait after its first question', async () => {
      const { latest, asked } = setup(100);
      for (let i = 0; i < 5; i++) {
        latest.push(i);
        vi.advanceTimersByTime(24);
      }
      expect(asked).toEqual([4]);
    });

    test('where a pause is waited for, a burst is asked after it, and one without a pause now and then all the same', () => {
      const { latest, asked } = setup(100, false, 300);
      for (let i = 0; i < 5; i++) {
        latest.push(i);
        vi.advanceTimersByTime(50);
      }
      expect(asked).toEqual([]);
      vi.advanceTimersByTime(50);
      expect(asked).toEqual([4]);
      latest.cancel();
      const other = setup(100, false, 300);
      for (let i = 0; i < 9; i++) {
        other.latest.push(i);
        vi.advanceTimersByTime(50);
      }
      expect(other.asked).toEqual([6]);
    });
  });
});
