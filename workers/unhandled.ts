/** A failure that nothing caught ends the thread, so that the page hears of it and starts another: nobody waits for an answer that no longer comes. */
export function endWhenUnhandled(): void {
  if (!('addEventListener' in globalThis)) return;
  addEventListener('unhandledrejection', ({ reason }) => {
    setTimeout(() => {
      throw reason;
    });
  });
}
