import { PrecacheController } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope & {
  /** Written in by the build: what it consists of. */
  readonly RULEWRIGHT_FILES: {
    readonly build: string;
    readonly files: readonly { readonly url: string; readonly revision: string | null; readonly integrity: string }[];
  };
};

/**
 * Keeps the whole application, a cache a build, so that it starts without a network. It never takes over by itself: a newer one waits until
 * a reader asks for it or every tab is closed, and the files of the build before stay for the tabs that still run it.
 */
const { build, files } = self.RULEWRIGHT_FILES;
const PREFIX = `rulewright-build ${self.registration.scope} `;
const OWN = PREFIX + build;
/** Holds the names of the builds that were active: this one's and the one before. */
const ACTIVE = `rulewright-active ${self.registration.scope}`;

const controller = new PrecacheController({ cacheName: OWN });
controller.addToCacheList([...files]);

const own = (): Promise<Cache> => caches.open(OWN);
const buildCaches = async (): Promise<readonly string[]> => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

async function activeBuilds(): Promise<readonly string[]> {
  const told = await (await caches.open(ACTIVE)).match('active');
  return told === undefined ? [] : ((await told.json()) as readonly string[]);
}

/** Most files of a build are those of the build before: what is here already is not fetched again. */
async function copyKept(): Promise<void> {
  const cache = await own();
  const before = await Promise.all((await buildCaches()).filter((name) => name !== OWN).map((name) => caches.open(name)));
  for (const key of controller.getURLsToCacheKeys().values()) {
    for (const other of before) {
      const kept = await other.match(key);
      if (kept === undefined) continue;
      await cache.put(key, kept);
      break;
    }
  }
}

self.addEventListener('install', (event) => {
  event.waitUntil(copyKept().then(() => controller.install(event)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(keepTwo().then(() => controller.activate(event)));
});

async function keepTwo(): Promise<void> {
  const kept = [OWN, ...(await activeBuilds()).filter((name) => name !== OWN)].slice(0, 2);
  await (await caches.open(ACTIVE)).put('active', new Response(JSON.stringify(kept)));
  for (const other of await buildCaches()) if (!kept.includes(other)) await caches.delete(other);
}

// A reader asked for the newer version, in one tab: no other is reloaded.
self.addEventListener('message', ({ data }) => {
  if (data === 'take') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  // "no-store" is asked where the server's own answer is wanted.
  if (request.method !== 'GET' || request.cache === 'no-store' || !request.url.startsWith(self.registration.scope)) return;
  event.respondWith(answerTo(request));
});

async function answerTo(request: Request): Promise<Response> {
  const { href } = addressOf(request);
  const key = controller.getCacheKeyForURL(href);
  if (key !== undefined) {
    const kept = await (await own()).match(key);
    if (kept !== undefined) return kept;
  } else {
    // A tab of the build before asks for what only that build had.
    for (const name of await activeBuilds()) {
      const kept = await (await caches.open(name)).match(href);
      if (kept !== undefined) return kept;
    }
  }
  return fetch(request);
}

/** The application is one page, whatever is asked after its address. */
function addressOf({ url, mode }: Request): URL {
  const address = new URL(url);
  address.hash = '';
  if (mode === 'navigate' && address.pathname === new URL(self.registration.scope).pathname) return new URL('index.html', self.registration.scope);
  if (mode === 'navigate') address.search = '';
  return address;
}
