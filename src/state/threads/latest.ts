/** A line of questions of which only the newest matters. */
interface Latest<Q> {
  /** Puts a question; it replaces one that still waits. */
  push(question: Q): void;
  /** Forgets what waits, and the answer that is on its way. */
  cancel(): void;
}

interface Options<Q, A> {
  readonly ask: (question: Q) => Promise<A>;
  /** Called only when no newer question has been put since. */
  readonly deliver: (question: Q, answer: A) => void;
  /** Like `deliver`, for a question that failed. */
  readonly fail: (question: Q, error: unknown) => void;
  /** Milliseconds from the first waiting question to asking, so that a burst is asked once; 0, and none given, asks at once. */
  readonly wait?: (question: Q) => number;
}

/** One question in flight at most, one waiting at most; answers to older questions are dropped. */
export function latestOf<Q, A>({ ask, deliver, fail, wait = () => 0 }: Options<Q, A>): Latest<Q> {
  let waiting: { readonly question: Q } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isBusy = false;
  // Grows with every push and cancel: an answer is fresh while it has not grown since its question was put.
  let newest = 0;

  const next = async (): Promise<void> => {
    timer = null;
    if (isBusy || waiting === null) return;
    const { question } = waiting;
    const mine = newest;
    waiting = null;
    isBusy = true;
    let settle: (() => void) | null = null;
    try {
      const answer = await ask(question);
      settle = () => deliver(question, answer);
    } catch (error) {
      settle = () => fail(question, error);
    }
    isBusy = false;
    if (mine === newest) settle();
    schedule();
  };

  const schedule = (): void => {
    if (isBusy || waiting === null || timer !== null) return;
    const delay = wait(waiting.question);
    if (delay === 0) void next();
    else timer = setTimeout(() => void next(), delay);
  };

  return {
    push(question) {
      newest++;
      waiting = { question };
      schedule();
    },
    cancel() {
      newest++;
      waiting = null;
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
