import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { CHROMIUM } from '../../e2e/chromium';
import { type Bench, type Figure, unmeasured } from './measure';
import { type PageTimes, pageTimes } from './pages';

const ROOT = join(import.meta.dirname, '..', '..');
export const DIST = join(ROOT, 'dist');
/** The first port that is free from here on. */
const PORT = 4187;

/** Builds the application, serves what a folder holds of it, and measures it in a real Chromium. */
export async function inChromium(outDir: string, measure: (browser: Browser, address: string) => Promise<readonly Figure[]>, name = ''): Promise<Bench> {
  const server = await preview({ root: ROOT, logLevel: 'silent', build: { outDir }, preview: { host: '127.0.0.1', port: PORT, strictPort: false } });
  const browser = await chromium.launch(CHROMIUM);
  try {
    return { title: `In Chromium ${browser.version().split('.')[0]}${name}`, figures: await measure(browser, server.resolvedUrls!.local[0]!) };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Builds the application, where whoever runs several benches has not. */
export async function built(): Promise<void> {
  if (process.env['BUILT'] === undefined) await build({ root: ROOT, logLevel: 'silent' });
}

/** A part of the figures; where it fails, or takes longer than so many seconds, why, so that the others are told all the same. */
export async function attempt(what: string, seconds: number, part: () => Promise<readonly Figure[]>): Promise<readonly Figure[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`it took more than ${seconds} seconds`)), seconds * 1000)));
  try {
    return await Promise.race([part(), late]);
  } catch (error) {
    return [unmeasured(what, `it failed: ${String(error).split('\n')[0]}`)];
  } finally {
    clearTimeout(timer);
  }
}

/** The pages over one catalog, in a fresh profile; `catalog`: the folder that the address serves. */
export async function pagesOf(browser: Browser, address: string, catalog: string): Promise<PageTimes> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const found = await pageTimes(await context.newPage(), address, catalog);
  await context.close();
  return found;
}

/** Milliseconds to the first paint of the page, of which all else is a multiple. */
export async function firstPaint(page: Page, address: string): Promise<number> {
  await page.goto(`${address}?${Date.now()}`);
  return await page.evaluate(
    () => performance.getEntriesByName('first-paint')[0]?.startTime ?? performance.timing.domInteractive - performance.timing.navigationStart,
  );
}
