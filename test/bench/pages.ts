import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { techniquesOf } from '../../src/catalog/techniques';
import { catalogIn } from '../../src/cli/catalog-folder';
import { timesOf, type Times } from './measure';

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
    watch.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
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
  for (const id of ids)
    techniques.push(
      await next(
        page,
        `/technique/${id}`,
        `document.title.startsWith(${JSON.stringify(id)}) && (document.querySelector('#rules') !== null || document.querySelector('main .empty') !== null)`,
      ),
    );
  const matrix = await next(page, '/techniques', `document.querySelectorAll('.matrix .cell').length > 100`);
  const heap = (await page.evaluate('performance.memory.usedJSHeapSize')) as number;
  return { open, firstTable: table, search, technique: timesOf(techniques), techniques: ids.length, matrix, heap: heap / 1e6 };
}

export function pageLines(name: string, { open, firstTable, search, technique, techniques, matrix, heap }: PageTimes): readonly string[] {
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  return [
    `${name}`,
    `  first table            ${ms(firstTable)} after the address was asked for`,
    `  catalog and facets     ${ms(open)}`,
    `  search, key to rows    p50 ${ms(search.median)} · p95 ${ms(search.p95)} (goal: p95 under 50)`,
    `  technique page         p50 ${ms(technique.median)} · p95 ${ms(technique.p95)} · max ${ms(technique.max)}, all ${techniques} with rules (goal: p95 under 100)`,
    `  matrix                 ${ms(matrix)} (goal: under 150)`,
    `  memory of the page     ${heap.toFixed(0)} MB of script heap, workers apart`,
  ];
}

export const BUNDLED = join(import.meta.dirname, '..', '..', 'public', 'catalog');
