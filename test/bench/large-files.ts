import { mkdtempSync, openSync, closeSync, readdirSync, readFileSync, writeSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { CORPUS } from './corpus';
import { type Bench, count, type Figure, ms, unmeasured } from './measure';
import { realLines } from './real-events';
import { attempt, built, DIST, inChromium } from './served';

const SIZE = 200_000_000;
const CHUNK = 65_536;
/** Milliseconds that a file may take here. */
const PATIENCE = 240_000;

/** Tasks of the page's own thread that took longer than 50 ms are told by the browser; the longest is kept. As text: a compiled function would call what only this process has. */
const WATCH = `
  globalThis.longest = 0;
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longest = Math.max(longest, duration); }).observe({ type: 'longtask', buffered: true });
`;

/** The same block again and again until the file is large; `head` once before it. */
function fileOf(path: string, head: Uint8Array, block: Uint8Array): void {
  const file = openSync(path, 'w');
  writeSync(file, head);
  for (let size = 0; size < SIZE; size += block.length) writeSync(file, block);
  closeSync(file);
}

/** Recorded events as one file of each form, 200 MB each; chunks of EVTX stand for themselves, so that they can be repeated. */
function filesIn(folder: string): readonly string[] {
  const lines = realLines();
  const ndjson = join(folder, 'events.ndjson');
  if (lines.length > 0) fileOf(ndjson, new Uint8Array(), Buffer.from(`${lines.join('\n')}\n`));
  const recorded = join(CORPUS, '..', 'expected', 'run', 'evtx', 'files');
  const names = existsSync(recorded) ? readdirSync(recorded, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.evtx')) : [];
  const largest = names.map((name) => readFileSync(join(recorded, name))).sort((a, b) => b.length - a.length)[0];
  const evtx = join(folder, 'events.evtx');
  const chunks =
    largest === undefined
      ? []
      : Array.from({ length: Math.floor((largest.length - 4096) / CHUNK) }, (_, at) => largest.subarray(4096 + at * CHUNK, 4096 + (at + 1) * CHUNK));
  const used = chunks.filter((chunk) => chunk.toString('latin1', 0, 7) === 'ElfChnk');
  if (largest !== undefined) fileOf(evtx, largest.subarray(0, 4096), Buffer.concat(used));
  return [...(lines.length > 0 ? [ndjson] : []), ...(largest === undefined ? [] : [evtx])];
}

const longest = (page: Page): Promise<number> => page.evaluate('longest');

/** A file among all rules of the catalog: it is read to its end, and once more until it is cancelled. */
async function fires(page: Page, address: string, file: string, kind: string): Promise<readonly Figure[]> {
  await page.goto(`${address}#/fires`);
  const input = page.locator('input[type=file]').first();
  const cancel = page.getByRole('button', { name: /^Cancel/ });
  await input.waitFor({ state: 'attached' });
  await page.evaluate('longest = 0');
  await input.setInputFiles(file);
  await page.getByText(/[\d.]+ of [\d.]+ MB, [\d,]+ events/).waitFor({ timeout: PATIENCE });
  await cancel.waitFor();
  const from = Date.now();
  await cancel.click();
  const told = await page.getByText(/Cancelled at/).textContent({ timeout: PATIENCE });
  return [
    {
      what: `200 MB of ${kind} among all rules, cancelled at ${/[\d,]+ events/.exec(told ?? '')?.[0] ?? 'some'}`,
      value: `${ms(Date.now() - from)} from the key to the end`,
      beside: `the page's longest task ${ms(await longest(page))}`,
      ratio: '',
      goal: 'no task over 200 ms',
    },
  ];
}

/** A file as samples of one rule. */
async function samples(page: Page, address: string, file: string, kind: string): Promise<readonly Figure[]> {
  await page.goto(address);
  await page.getByRole('tab', { name: /^Samples/ }).click();
  const input = page.locator('[role=tabpanel] input[type=file]');
  // The example that is open has events of its own.
  await page.getByRole('button', { name: 'More about these samples' }).click();
  await page.getByRole('menuitem', { name: /^Close these events/ }).click();
  await input.waitFor({ state: 'attached' });
  await page.evaluate('longest = 0');
  const from = Date.now();
  await input.setInputFiles(file);
  const all = page.getByRole('button', { name: /^All [\d,]{4,}/ });
  await all.waitFor({ timeout: PATIENCE });
  await page.getByText(/samples match/).waitFor({ timeout: PATIENCE });
  const events = Number(/[\d,]+/.exec((await all.textContent()) ?? '')?.[0].replaceAll(',', '') ?? 0);
  return [
    {
      what: `200 MB of ${kind} as samples: ${count(events)} events`,
      value: `${((Date.now() - from) / 1000).toFixed(1)} s`,
      beside: `the page's longest task ${ms(await longest(page))}`,
      ratio: '',
      goal: 'no task over 200 ms',
    },
  ];
}

/** Large files in a real Chromium, over the built application: whether the page stays awake, and whether cancelling is heard. */
export async function bench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'large-files-'));
  const files = filesIn(folder);
  if (files.length === 0) return { title: 'Large files', figures: [unmeasured('all of it', 'no events at hand')] };
  await built();
  try {
    return await inChromium(
      DIST,
      async (browser, address) => {
        const figures: Figure[] = [];
        for (const file of files)
          for (const part of [fires, samples]) {
            const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
            const page = await context.newPage();
            await page.addInitScript(WATCH);
            const kind = file.endsWith('.evtx') ? 'EVTX' : 'NDJSON';
            figures.push(...(await attempt(`200 MB of ${kind}`, 60, () => part(page, address, file, kind))));
            await context.close();
          }
        return figures;
      },
      ': large files',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
