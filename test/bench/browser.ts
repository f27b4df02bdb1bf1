import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { type Bench, count, type Figure, ms, spread, times as ratioOf, timesOf, unmeasured } from './measure';
import { BUNDLED, pageFigures } from './pages';
import { realLines } from './real-events';
import { attempt, built, DIST, firstPaint, inChromium, pagesOf } from './served';
import { LINES_5000, TEN_KILOBYTES, typing } from './typing';

/** Events that all rules are run over. */
const FIRES = 60_000;

/** Scripts the entry page needs before anything is loaded lazily: the entry and its static imports. */
function scriptBeforeEditor(): number {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const waiting = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]!);
  const seen = new Set<string>();
  let bytes = 0;
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const code = readFileSync(join(DIST, file), 'utf8');
    bytes += gzipSync(code, { level: 9 }).length;
    for (const match of code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) waiting.push(`assets/${match[1]}`);
  }
  return bytes;
}

/** What a reader sees first of each part. */
const SEEN = { editor: '.monaco-editor .view-line span span', panel: '[role=tabpanel] tbody tr', guide: '.guide tbody tr' } as const;

async function firstPaints(page: Page, address: string): Promise<{ readonly editor: number; readonly panel: number; readonly guide: number }> {
  // As text: a compiled function would call what only this process has.
  await page.addInitScript(`
    globalThis.times = {};
    new MutationObserver(() => {
      for (const [what, selector] of Object.entries(${JSON.stringify(SEEN)}))
        if (times[what] === undefined && document.querySelector(selector)) times[what] = performance.now();
    }).observe(document, { childList: true, subtree: true });
  `);
  await page.goto(address);
  for (const selector of Object.values(SEEN)) await page.locator(selector).first().waitFor({ timeout: 30_000, state: 'attached' });
  return await page.evaluate(() => (globalThis as unknown as { times: { editor: number; panel: number; guide: number } }).times);
}

/** Events per second that the page itself says it judged, all rules of the catalog over recorded events again and again. */
async function firesRate(page: Page, address: string): Promise<Figure> {
  const what = 'what fires here, in the worker';
  const lines = realLines();
  if (lines.length === 0) return unmeasured(what, 'no events at hand');
  const folder = mkdtempSync(join(tmpdir(), 'fires-'));
  const file = join(folder, 'events.ndjson');
  writeFileSync(file, Array.from({ length: Math.ceil(FIRES / lines.length) }, () => lines.join('\n')).join('\n'));
  await page.goto(`${address}#/fires`);
  const start = Date.now();
  await page.locator('input[type=file]').setInputFiles(file);
  const text = await page.getByText(/Judging took [\d.,]+ s/).textContent({ timeout: 50_000 });
  rmSync(folder, { recursive: true });
  const seconds = Number(/Judging took ([\d.]+) s/.exec(text ?? '')?.[1]);
  const judged = Number(/([\d,]+) events of/.exec(text ?? '')?.[1]?.replaceAll(',', '') ?? Math.ceil(FIRES / lines.length) * lines.length);
  const parse = await page.evaluate((given) => {
    const from = performance.now();
    for (const line of given) JSON.parse(line);
    return performance.now() - from;
  }, lines);
  const rate = judged / seconds;
  return {
    what: `${what}: all rules over ${count(judged)} events`,
    value: `${count(rate)} events/s, ${((Date.now() - start) / 1000).toFixed(1)} s with all reading and making ready`,
    beside: `JSON.parse of the same ${count((lines.length / parse) * 1000)} events/s`,
    ratio: ratioOf(lines.length / (parse / 1000) / rate) + ' its time',
    goal: '30,000 events/s',
  };
}

/** What a person waits for, in a real Chromium, over the built application. */
export async function bench(): Promise<Bench> {
  await built();
  return inChromium(DIST, async (browser, address) => {
    const open = async (): Promise<Page> =>
      (await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] })).newPage();
    const blank = await firstPaint(await open(), address);
    return [
      { what: 'script before the editor', value: `${(scriptBeforeEditor() / 1000).toFixed(0)} KB gzip`, beside: '', ratio: '', goal: 'at most 120 KB' },
      ...(await attempt('first paints', 30, async () => painted(await open(), address, blank))),
      ...(await attempt('keystroke to panels, a rule of 10 KB', 40, async () =>
        typed(await open(), address, 'a rule of 10 KB', TEN_KILOBYTES, 'p95 under 16 ms'),
      )),
      ...(await attempt('keystroke to panels, a rule of 5,000 lines', 50, async () =>
        typed(await open(), address, 'a rule of 5,000 lines', LINES_5000, 'p95 under 100 ms'),
      )),
      ...(await attempt('the pages over the bundled catalog', 80, async () =>
        pageFigures('the bundled catalog', await pagesOf(browser, address, BUNDLED), blank),
      )),
      ...(await attempt('what fires here', 50, async () => [await firesRate(await open(), address)])),
    ];
  });
}

async function painted(page: Page, address: string, blank: number): Promise<readonly Figure[]> {
  const cold = await firstPaints(page, address);
  const warm = await firstPaints(page, address);
  const paint = (what: keyof typeof cold, name: string): Figure => ({
    what: name,
    value: `${ms(cold[what])}, ${ms(warm[what])} on reload`,
    beside: `the page's first paint ${ms(blank)}`,
    ratio: ratioOf(cold[what] / blank),
    goal: '',
  });
  return [paint('editor', 'first paint of the editor'), paint('panel', 'first panel'), paint('guide', 'first guide')];
}

async function typed(page: Page, address: string, name: string, text: string, goal: string): Promise<readonly Figure[]> {
  await page.goto(address);
  const { panels, thread, tasks, frame } = await typing(page, text);
  const took = timesOf(panels);
  return [
    {
      what: `keystroke to panels, ${name}`,
      value: spread(took),
      beside: `a frame ${ms(frame)}; the thread's part median ${ms(timesOf(thread).median)}; ${tasks.length} tasks over 50 ms${tasks.length > 0 ? `, longest ${Math.max(...tasks).toFixed(0)} ms` : ''}`,
      ratio: ratioOf(took.median / frame),
      goal,
    },
  ];
}
