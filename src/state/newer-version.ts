import { notify } from './notices';

/** Milliseconds between two questions whether the server has a newer build. */
const BETWEEN = 3_600_000;

/** Once the page is there: keeps the application for use without a network, and offers a newer version when one is ready. Never reloads by itself. */
export function startOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const register = (): void =>
    void navigator.serviceWorker.register('./sw.js', { scope: './', updateViaCache: 'none' }).then(follow, () => {
      // A browser that refuses, or a server without it: the application works as long as there is a network.
    });
  if (document.readyState === 'complete') register();
  else addEventListener('load', register);
}

/** `registration`: none where the browser was told to let no worker in, and says nothing of it. */
function follow(registration: ServiceWorkerRegistration | undefined): void {
  if (registration === undefined) return;
  if (registration.waiting !== null && navigator.serviceWorker.controller !== null) offer();
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed' && navigator.serviceWorker.controller !== null) offer();
    });
  });
  let asked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - asked < BETWEEN) return;
    asked = Date.now();
    registration.update().catch(() => {
      // Without a network there is nothing newer.
    });
  });
}

const offer = (): void =>
  void notify('info', 'A newer Rulewright is ready. This tab goes on with its own until you reload; your drafts are saved.', {
    sticky: true,
    action: { label: 'Reload now', run: () => void takeNewer() },
  });

/** Reloads this tab, with the newer version where one waits; other tabs go on with theirs. */
export async function takeNewer(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const { waiting } = registration ?? {};
  if (!waiting) return location.reload();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage('take');
}
