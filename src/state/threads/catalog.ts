import { proxy } from 'comlink';
import type { CatalogApi } from '../../model';
import { catalogManifest } from '../build';
import { notify } from '../notices';
import { getState, setState } from '../store';
import { isWorkerLost, workerClient } from './worker-client';

/** Milliseconds without any progress after which opening the catalog counts as hung: a slow line still moves. */
const OPENING = 300_000;

let isTrusted = true;

const client = workerClient<CatalogApi>(
  () => new Worker(new URL('../../../workers/catalog.ts', import.meta.url), { type: 'module', name: 'catalog' }),
  (why) => {
    if (why === 'absent') fail('What reads the catalog could not be loaded: its script did not come. Try again, or reload the page.');
    else if (isTrusted && getState().catalog.kind === 'open') {
      isTrusted = false;
      notify('info', 'The catalog stopped answering and is opened again.');
      void openCatalog();
    } else fail('The catalog stopped answering; try again, or reload the page.');
  },
);

/** What the rules mean is read and made ready at the first question that needs it, a slice at a time: on a slow machine that takes longer than any answer. */
export const MAKING_READY = 180_000;

/** The corpus' thread: only canonical triples and searches go there. Rejects when the catalog cannot answer. */
export const askCatalog: typeof client.ask = (question, limit) => client.ask(question, limit);

const fail = (message: string): void => setState({ catalog: { kind: 'failed', failure: { reason: 'unreadable', message } } });

/** Opens the catalogs the reader chose, or tries again. Ends in `open` or `failed`; the editor goes on in either. */
export async function openCatalog(): Promise<void> {
  if (getState().catalog.kind === 'opening') return;
  setState({ catalog: { kind: 'opening', progress: null }, reach: new Map() });
  const { catalog: use } = getState().preferences;
  const onProgress = proxy((progress: Parameters<Parameters<CatalogApi['open']>[2]>[0]) => {
    if (getState().catalog.kind === 'opening') setState({ catalog: { kind: 'opening', progress } });
  });
  try {
    const opened = await client.ask(async (api): Promise<Awaited<ReturnType<CatalogApi['open']>>> => api.open(catalogManifest(), use, onProgress), OPENING);
    setState({ catalog: 'info' in opened ? { kind: 'open', info: opened.info, use: opened.use } : { kind: 'failed', failure: opened.failure } });
    if (!('info' in opened) || opened.use === use) return;
    if (opened.ownFailure === null) notify('info', 'Your own catalog is not in this browser any more: the bundled one is open.');
    else
      notify('error', `Your own catalog cannot be opened, so the bundled one is. ${opened.ownFailure.message}`, {
        action: { label: 'Catalogs', run: () => setState({ areCatalogsShown: true }) },
      });
  } catch (error) {
    if (!isWorkerLost(error)) fail('The catalog could not be read; try again, or reload the page.');
  }
}
