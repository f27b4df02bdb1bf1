/** Where results go: waits when the reader is slow, ends quietly when it has gone. */
interface Output {
  /** Resolves false when nobody reads any more: whoever writes should stop. */
  line(text: string): Promise<boolean>;
  /** Resolves when all lines are handed over. */
  end(): Promise<void>;
}

const CHUNK = 1 << 16;

/** Lines onto a stream, in chunks. */
export function outputTo(stream: NodeJS.WriteStream): Output {
  let pending = '';
  let isGone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    isGone = true;
  });
  const flush = (): Promise<void> => {
    const chunk = pending;
    pending = '';
    if (chunk === '' || isGone) return Promise.resolve();
    return new Promise((resolve) => {
      // A stream that broke does not always call back: its error ends the wait too.
      const done = (): void => {
        stream.off('error', done);
        resolve();
      };
      stream.once('error', done);
      stream.write(chunk, done);
    });
  };
  return {
    async line(text) {
      pending += `${text}\n`;
      if (pending.length >= CHUNK) await flush();
      return !isGone;
    },
    end: flush,
  };
}

/** Tells on stderr how far long work is: at most once a second, and not at all when it is quick. */
export function progressOf(what: string): (done: number, total: number) => void {
  let next = Date.now() + 2000;
  return (done, total) => {
    if (Date.now() < next) return;
    next = Date.now() + 1000;
    process.stderr.write(`${what} ${done} of ${total}\n`);
  };
}
