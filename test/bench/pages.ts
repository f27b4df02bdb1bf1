import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { techniquesOf } from '../../src/catalog/techniques';
import { catalogIn } from '../../src/cli/catalog-folder';
import { type Figure, ms, spread, times as ratioOf, type Times, timesOf } from './measure';

/** Technique pages that are opened. */
const MOST_PAGES = 50;
const QUERY = 'field:process_name value:net.exe vendor:sigma';

/** What a person waits for on the pages over one catalog, in milliseconds. */
export interface PageTimes {
  readonly open: number;
  readonly firstTable: number;
  readonly search: Times;
  readonly technique: Times;
  readonly techniques: number;
  readonly matrix: number;
  /** Megabytes of script heap, workers apart. */
  readonly heap: number;
}

/** Milliseconds from a change of place until an expression of the page holds. As text: a compiled function would call what only this process has. */
const next = (page: Page, place: string, done: string): Promise<number> =>
  page.evaluate(`new Promise((resolve) => {
    const start = performance.now();
    const watch = new MutationObserver(() => {
      if (!(${done})) return;
      watch.disconnect();
      resolve(performance.now() - start);
    });
    // The head too: a page's title comes last.
    watch.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
    location.hash = ${JSON.stringify(place)};
  })`);

/** Milliseconds from a key to the rows and the number it finds. */
async function searching(page: Page): Promise<Times> {
  await page.evaluate(`
    globalThis.search = { down: 0, times: [] };
    document.addEventListener('keydown', () => (search.down = performance.now()), { capture: true });
    new MutationObserver(() => {
      if (search.down === 0) return;
      search.times.push(performance.now() - search.down);
      search.down = 0;
    }).observe(document.querySelector('.listbar output'), { childList: true, subtree: true, characterData: true });
  `);
  await page.getByRole('searchbox', { name: 'Search rules' }).pressSequentially(QUERY, { delay: 120 });
  await page.waitForTimeout(500);
  return timesOf((await page.evaluate('search.times')) as number[]);
}

/** `catalog`: the folder that the address serves. */
export async function pageTimes(page: Page, address: string, catalog: string): Promise<PageTimes> {
  await page.addInitScript(`
    globalThis.seen = {};
    new MutationObserver(() => {
      if (seen.table === undefined && document.querySelector('.windowed tbody tr:not(.gap)')) seen.table = performance.now();
      if (seen.open === undefined && document.querySelector('.rail .narrowing .count')) seen.open = performance.now();
    }).observe(document, { childList: true, subtree: true });
  `);
  await page.goto(`${address}#/rules`);
  for (const selector of ['.windowed tbody tr:not(.gap)', '.rail .narrowing .count']) await page.locator(selector).first().waitFor({ timeout: 120_000 });
  const { table, open } = (await page.evaluate('seen')) as { readonly table: number; readonly open: number };
  await page.waitForTimeout(1000);
  const search = await searching(page);

  const ids = techniquesOf((await catalogIn(catalog)).list)
    .filter(({ rules }) => rules > 0)
    .map(({ id }) => id);
  await next(page, '/technique/T1049', `document.querySelector('h1 .id')?.textContent === 'T1049' && document.querySelector('#rules') !== null`);
  const techniques: number[] = [];
  for (const id of ids.filter((_, at) => at % Math.ceil(ids.length / MOST_PAGES) === 0))
    techniques.push(
      await next(
        page,
        `/technique/${id}`,
        // A withdrawn technique leads on to what took its place.
        `(document.title.startsWith(${JSON.stringify(id)}) || !location.hash.endsWith(${JSON.stringify(id)})) && (document.querySelector('#rules') !== null || document.querySelector('main .empty') !== null)`,
      ),
    );
  const matrix = await next(page, '/techniques', `document.querySelectorAll('.matrix .cell').length > 100`);
  const heap = (await page.evaluate('performance.memory.usedJSHeapSize')) as number;
  return { open, firstTable: table, search, technique: timesOf(techniques), techniques: techniques.length, matrix, heap: heap / 1e6 };
}

/** The times over one catalog; `blank`: milliseconds in which the same browser opens the page's own first script. */
export function pageFigures(name: string, { open, firstTable, search, technique, techniques, matrix, heap }: PageTimes, blank: number): readonly Figure[] {
  const figure = (what: string, took: number, value: string, goal: string): Figure => ({
    what: `${name}: ${what}`,
    value,
    beside: `the page's first paint ${ms(blank)}`,
    ratio: ratioOf(took / blank),
    goal,
  });
  return [
    figure('the first table, from the address on', firstTable, ms(firstTable), ''),
    figure('catalog and facets', open, ms(open), ''),
    figure('search, key to rows', search.median, spread(search), 'p95 under 50 ms'),
    figure(`a technique's page, of ${techniques}`, technique.median, spread(technique), 'p95 under 100 ms'),
    figure('the matrix', matrix, ms(matrix), 'under 150 ms'),
    { what: `${name}: memory of the page, workers apart`, value: `${heap.toFixed(0)} MB of script heap`, beside: '', ratio: '', goal: '' },
  ];
}

export const BUNDLED = join(import.meta.dirname, '..', '..', 'public', 'catalog');
