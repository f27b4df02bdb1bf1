import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { writeLarge } from './large-catalog';
import { timesOf } from './measure';
import { BUNDLED, pageLines, type PageTimes, pageTimes } from './pages';

// npm run bench:browser: what a person waits for, in a real Chromium, over the built application.
const ROOT = join(import.meta.dirname, '..', '..');
const DIST = join(ROOT, 'dist');
const KEYSTROKES = 120;
const LARGE = 100_000;

/** A Sigma rule of about ten kilobytes with one value that is typed into. */
const RULE = (() => {
  const values = Array.from({ length: 190 }, (_, i) => `            - 'C:\\Users\\Public\\tool-number-${i}.exe'`).join('\n');
  return `title: Ten kilobytes\nstatus: experimental\ntags:\n    - attack.discovery\n    - attack.t1049\nlogsource:\n    category: process_creation\n    product: windows\ndetection:\n    selection:\n        Image|endswith:\n${values}\n    condition: selection and typed\n    typed:\n        CommandLine|contains: 'typed`;
})();

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

const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;

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

/** Milliseconds from a key going down to the indicators showing the text it makes, key by key; and the main thread's longest tasks meanwhile. */
async function typing(page: Page): Promise<{ readonly panels: readonly number[]; readonly tasks: readonly number[] }> {
  await page.getByRole('button', { name: 'New draft' }).click();
  await page.getByRole('menuitem', { name: /Sigma$/ }).click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), RULE);
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+V');
  await page.getByRole('tab', { name: /^Indicators/ }).click();
  await page.getByRole('tabpanel').getByText('tool-number-0').first().waitFor();
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.waitForTimeout(1500);
  await page.evaluate(() => {
    const state = { down: 0, panels: [] as number[], tasks: [] as number[] };
    (globalThis as unknown as { typing: typeof state }).typing = state;
    document.addEventListener('keydown', () => (state.down = performance.now()), { capture: true });
    const panel = document.querySelector('.lowerpanels')!;
    new MutationObserver(() => {
      if (state.down === 0) return;
      state.panels.push(performance.now() - state.down);
      state.down = 0;
    }).observe(panel, { childList: true, subtree: true, characterData: true });
    new PerformanceObserver((list) => state.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] });
  });
  for (let i = 0; i < KEYSTROKES; i++) await page.keyboard.type('abcdefgh'[i % 8]!, { delay: 90 });
  await page.waitForTimeout(1000);
  return await page.evaluate(() => (globalThis as unknown as { typing: { panels: number[]; tasks: number[] } }).typing);
}

await build({ root: ROOT, logLevel: 'warn' });
const server = await preview({ root: ROOT, preview: { host: '127.0.0.1', port: 4187, strictPort: true } });
const address = 'http://127.0.0.1:4187/';
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  console.log(`script before Monaco    ${(scriptBeforeEditor() / 1024).toFixed(0)} KB gzip (goal: at most 150)`);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const cold = await firstPaints(page, address);
  const warm = await firstPaints(page, address);
  console.log(`first editor paint      ${milliseconds(cold.editor)} cold, ${milliseconds(warm.editor)} on reload`);
  console.log(`first panel             ${milliseconds(cold.panel)} cold, ${milliseconds(warm.panel)} on reload`);
  console.log(`first guide             ${milliseconds(cold.guide)} cold, ${milliseconds(warm.guide)} on reload`);
  const { panels, tasks } = await typing(page);
  const times = timesOf(panels);
  console.log(
    `keystroke to panels     p50 ${times.median.toFixed(1)} ms · p95 ${times.p95.toFixed(1)} ms · ${panels.length} of ${KEYSTROKES} keys, ${(RULE.length / 1024).toFixed(1)} KB rule (goal: p95 under 50)`,
  );
  console.log(`tasks over 50 ms        ${tasks.length}${tasks.length > 0 ? `, longest ${Math.max(...tasks).toFixed(0)} ms` : ''}`);
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = (await session.send('Performance.enable').then(() => session.send('Performance.getMetrics'))) as {
    metrics: { name: string; value: number }[];
  };
  console.log(
    `memory of the page      ${((metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6).toFixed(1)} MB of script heap, workers apart`,
  );
  await context.close();
  for (const line of pageLines('the bundled catalog', await pagesOf(address, BUNDLED))) console.log(line);
  await server.close();
  // The same application over ten times the rules.
  const folder = mkdtempSync(join(tmpdir(), 'large-catalog-'));
  try {
    cpSync(DIST, folder, { recursive: true });
    await writeLarge(BUNDLED, LARGE, join(folder, 'catalog'));
    const large = await preview({ root: ROOT, build: { outDir: folder }, preview: { host: '127.0.0.1', port: 4188, strictPort: true } });
    for (const line of pageLines(`${LARGE.toLocaleString('en')} rules`, await pagesOf('http://127.0.0.1:4188/', join(folder, 'catalog')))) console.log(line);
    await large.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} finally {
  await browser.close();
  await server.close();
}

async function pagesOf(from: string, catalog: string): Promise<PageTimes> {
  const fresh = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const times = await pageTimes(await fresh.newPage(), from, catalog);
  await fresh.close();
  return times;
}
