import { notify } from './notices';

/** Browsers say this when a frame's measuring runs into the next one: nothing is wrong. Monaco rejects so what it gave up itself. */
const HARMLESS = /^ResizeObserver loop|^Canceled$|^Canceled: Canceled$/;

/** From now on what nothing else catches is told. */
export function startTelling(): void {
  addEventListener('error', ({ message, error }) => {
    // An error event of an element has no words; its own place tells.
    if (error !== undefined) tell(message);
  });
  addEventListener('unhandledrejection', ({ reason }) => tell(reason instanceof Error ? reason.message : String(reason)));
}

function tell(message: string): void {
  if (HARMLESS.test(message)) return;
  notify('error', `Something failed that should not: ${message.slice(0, 300)}. Your text is safe and stays in the editor.`, {
    action: { label: 'Reload', run: () => location.reload() },
  });
}
