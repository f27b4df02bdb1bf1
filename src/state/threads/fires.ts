import { proxy } from 'comlink';
import type { FiresApi, FiresProgress, OpenProgress } from '../../model';
import { catalogManifest } from '../build';
import { NO_FIRES, type FiresState } from '../fires-state';
import { setTab } from '../settings';
import { getState, setState } from '../store';
import { readSamples } from './samples';
import { isWorkerLost, workerClient } from './worker-client';

/** Reading large logs takes as long as it takes. */
const READING = 3_600_000;
const OPENING = 300_000;

const client = workerClient<FiresApi>(
  () => new Worker(new URL('../../../workers/fires.ts', import.meta.url), { type: 'module', name: 'fires' }),
  () => {
    opened = null;
    change({ ...NO_FIRES, trouble: 'The logs had to be let go: judging them stopped working. Open them again; nothing else is lost.' });
  },
);

const change = (part: Partial<FiresState>): void => setState(({ fires }) => ({ fires: { ...fires, ...part } }));

/** The catalog whose rules are ready; another one is read anew. */
let opened: string | null = null;

async function openRules(): Promise<boolean> {
  const { catalog } = getState();
  const use = catalog.kind === 'open' ? catalog.use : 'bundled';
  if (opened === use) return true;
  change({ job: { kind: 'rules', progress: null } });
  const onProgress = proxy((progress: OpenProgress) => change({ job: { kind: 'rules', progress } }));
  const failure = await client.ask((api) => api.open(catalogManifest(), use, onProgress), OPENING);
  if (failure === null) opened = use;
  else change({ job: null, trouble: failure.message });
  return failure === null;
}

/** Runs every rule of the catalog over these files, beside those read before. Nothing of them leaves this browser. */
export async function readLogs(files: readonly File[]): Promise<void> {
  if (files.length === 0 || getState().fires.job !== null) return;
  change({ trouble: null });
  try {
    if (!(await openRules())) return;
    change({ logs: [...getState().fires.logs, ...files.map(({ name, size }) => ({ name, size }))], job: { kind: 'events', progress: null } });
    const onProgress = proxy((progress: FiresProgress) => {
      if (getState().fires.job?.kind === 'events') change({ job: { kind: 'events', progress }, answer: progress.answer });
    });
    const answer = await client.ask((api) => api.run(files, onProgress), READING);
    change({ job: null, answer });
    await refresh();
  } catch (error) {
    if (!isWorkerLost(error)) change({ job: null, trouble: 'These files could not be read.' });
  }
}

/** Stops reading; what was found stays. */
export const stopReading = (): void => void client.ask((api) => api.stop()).catch(() => undefined);

export function forgetLogs(): void {
  void client.ask((api) => api.forget()).catch(() => undefined);
  change(NO_FIRES);
}

/** Chooses a rule: its events are shown, and why it fires on the first. */
export async function chooseRule(rule: number | null): Promise<void> {
  if (getState().fires.rule === rule) return;
  change({ rule, events: null, number: null, opened: null });
  await refresh();
}

/** Opens one of the chosen rule's events. */
export async function chooseEvent(number: number): Promise<void> {
  const { rule } = getState().fires;
  if (rule === null) return;
  change({ number });
  const found = await client.ask((api) => api.event(rule, number)).catch(() => null);
  const now = getState().fires;
  if (now.rule === rule && now.number === number) change({ opened: found });
}

/** The chosen rule's events become the samples, so that the draft made of it is judged by them. */
export async function sampleHits(rule: number): Promise<void> {
  const events = await client.ask((api) => api.hits(rule)).catch(() => []);
  if (events.length === 0) return;
  setTab('samples');
  await readSamples([new File([events.map((event) => JSON.stringify(event)).join('\n')], 'hits.ndjson')]);
}

async function refresh(): Promise<void> {
  const { rule, number } = getState().fires;
  if (rule === null) return;
  const events = await client.ask((api) => api.events(rule)).catch(() => null);
  if (getState().fires.rule !== rule) return;
  change({ events });
  const first = events?.events[0];
  if (number === null && first !== undefined) await chooseEvent(first.number);
}
