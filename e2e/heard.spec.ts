import AxeBuilder from '@axe-core/playwright';
import { expect, RULE, test } from './workbench.page';

// What changes by itself stands in a live region, so that it is read aloud.
test('the end of an analysis and of a conversion is said', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.newDraft(RULE);
  const tally = page.getByRole('status').filter({ hasText: 'errors' });
  await expect(tally).toContainText('0 errors');
  await workbench.openTab('Convert');
  await expect(page.locator('[aria-live="polite"]').filter({ hasText: 'Reads back' })).toBeVisible();
  await workbench.replaceText(RULE.replace(/condition: .*/, 'condition: nothing_here'));
  await expect(page.getByRole('status').filter({ hasText: '1 error' }).first()).toBeVisible();
});

test('the end of a search is said, and a long table says how long it is and how it is sorted', async ({ page }) => {
  await page.goto('/#/rules');
  const found = page.getByRole('status').filter({ hasText: /\d rules?/ });
  await expect(found).toBeVisible();
  const all = await found.textContent();
  await page.getByRole('searchbox', { name: 'Search rules' }).fill('netstat');
  await expect(found).not.toHaveText(all!);
  const table = page.locator('[aria-rowcount]').first();
  const shown = Number(/^[\d,]+/.exec((await found.textContent())!)![0].replaceAll(',', ''));
  expect(Number(await table.getAttribute('aria-rowcount'))).toBeGreaterThanOrEqual(shown);
  await expect(table.locator('tr[aria-rowindex]').first()).toBeVisible();
  const head = table
    .getByRole('columnheader')
    .filter({ has: page.getByRole('button') })
    .first();
  await head.getByRole('button').first().click();
  await expect(head).toHaveAttribute('aria-sort', /ascending|descending/);
});

test.describe('under a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  for (const colorScheme of ['light', 'dark'] as const)
    for (const place of ['#/', '#/rules', '#/techniques', '#/technique/T1049', '#/events', '#/fires'])
      test(`axe finds nothing on ${place}, ${colorScheme}, and what is pressed is large enough`, async ({ page }) => {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.goto(`/${place}`);
        // The workbench's heading stands for the open draft, the other pages' come with them.
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByText('Opening the catalog')).toHaveCount(0);
        expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .exclude('.monaco-editor')
          .analyze();
        expect(
          violations.map(
            ({ id, nodes }) =>
              `${id}: ${nodes
                .map(({ target }) => target.join(' '))
                .slice(0, 3)
                .join(' ; ')}`,
          ),
        ).toEqual([]);
      });
});
