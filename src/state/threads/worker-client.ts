import { type Remote, wrap } from 'comlink';

/** A worker that is replaced when it dies or hangs. */
interface WorkerClient<Api> {
  /** Rejects with `WorkerLost` when the worker dies, or has not answered after `limit` milliseconds; the next question goes to a new one. */
  ask<T>(question: (api: Remote<Api>) => Promise<T>, limit?: number): Promise<T>;
}

/** The worker went away with this question unanswered. */
interface WorkerLost extends Error {
  readonly name: 'WorkerLost';
  /** `absent`: its script could not be fetched, or not be read. */
  readonly why: 'died' | 'hung' | 'absent';
}

export const isWorkerLost = (error: unknown): error is WorkerLost => error instanceof Error && error.name === 'WorkerLost';

/** Loading its script may take a new worker this much longer, on a slow line. */
const STARTING = 30_000;
/** A page that was asleep finds its timers run out at once: the worker gets this long to answer after all. */
const GRACE = 1_000;

/** `onLost` hears of every worker that was given up. */
export function workerClient<Api>(spawn: () => Worker, onLost: (why: WorkerLost['why']) => void): WorkerClient<Api> {
  interface Running {
    readonly worker: Worker;
    readonly api: Remote<Api>;
    readonly pending: Set<(lost: WorkerLost) => void>;
    hasAnswered: boolean;
  }
  let running: Running | null = null;

  const lose = (lost: Running, why: WorkerLost['why']): void => {
    if (running !== lost) return;
    running = null;
    lost.worker.terminate();
    const error: WorkerLost = Object.assign(new Error(`The worker ${why}.`), { name: 'WorkerLost' as const, why });
    for (const reject of lost.pending) reject(error);
    onLost(why);
  };

  const start = (): Running => {
    const worker = spawn();
    const started: Running = { worker, api: wrap<Api>(worker), pending: new Set(), hasAnswered: false };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      // A script that did not come gives an event without words.
      lose(started, started.hasAnswered || event instanceof ErrorEvent ? 'died' : 'absent');
    });
    return started;
  };

  return {
    ask<T>(question: (api: Remote<Api>) => Promise<T>, limit = 10_000): Promise<T> {
      const current = (running ??= start());
      return new Promise<T>((resolve, reject) => {
        let timer = setTimeout(
          () => {
            timer = setTimeout(() => lose(current, 'hung'), GRACE);
          },
          current.hasAnswered ? limit : limit + STARTING,
        );
        const settle = (): void => {
          clearTimeout(timer);
          current.pending.delete(onLoss);
        };
        const onLoss = (lost: WorkerLost): void => {
          settle();
          reject(lost);
        };
        current.pending.add(onLoss);
        question(current.api).then(
          (answer) => {
            current.hasAnswered = true;
            settle();
            resolve(answer);
          },
          (error: unknown) => {
            settle();
            reject(error);
          },
        );
      });
    },
  };
}
