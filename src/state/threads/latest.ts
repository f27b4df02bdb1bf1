/** A line of questions of which only the newest matters. */
interface Latest<Q> {
  /** Puts a question; it replaces one that still waits. */
  push(question: Q): void;
  /** Forgets what waits, and the answer that is on its way. */
  cancel(): void;
}

interface Options<Q, A> {
  readonly ask: (question: Q) => Promise<A>;
  /** Called only when no newer question has been put since, but for `overtaken`. */
  readonly deliver: (question: Q, answer: A) => void;
  /** Answers to questions that newer ones overtook are delivered too, in their order: where answering takes longer than the next question, all would be dropped. */
  readonly overtaken?: true;
  /** Like `deliver`, for a question that failed; never for one that was overtaken. */
  readonly fail: (question: Q, error: unknown) => void;
  /** Milliseconds from the first waiting question to asking, so that a burst is asked once; 0, and none given, asks at once. */
  readonly wait?: (question: Q) => number;
  /** The wait counts from the newest question, until so many milliseconds have gone by since the first: while someone types on, the machine is left to what shows each key. */
  readonly pause?: number;
}

/** One question in flight at most, one waiting at most; answers to older questions are dropped. */
export function latestOf<Q, A>({ ask, deliver, fail, overtaken, wait = () => 0, pause = 0 }: Options<Q, A>): Latest<Q> {
  let waiting: { readonly question: Q; readonly since: number } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isBusy = false;
  // Grow with every push and cancel, and every cancel: an answer is fresh, or wanted still, while they have not grown since its question was put.
  let newest = 0;
  let cancelled = 0;

  const next = async (): Promise<void> => {
    timer = null;
    if (isBusy || waiting === null) return;
    const { question } = waiting;
    const [mine, before] = [newest, cancelled];
    waiting = null;
    isBusy = true;
    let settle: (() => void) | null = null;
    let isWanted = false;
    try {
      const answer = await ask(question);
      settle = () => deliver(question, answer);
      isWanted = overtaken === true;
    } catch (error) {
      settle = () => fail(question, error);
    }
    isBusy = false;
    if (mine === newest || (isWanted && before === cancelled)) settle();
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
      const now = performance.now();
      waiting = { question, since: waiting?.since ?? now };
      if (timer !== null && now - waiting.since < pause) {
        clearTimeout(timer);
        timer = null;
      }
      schedule();
    },
    cancel() {
      newest++;
      cancelled++;
      waiting = null;
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
