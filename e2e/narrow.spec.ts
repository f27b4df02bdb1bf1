import AxeBuilder from '@axe-core/playwright';
import { expect, RULE, test } from './workbench.page';

const PLACES = ['', '#/rules', '#/techniques', '#/technique/T1053.005', '#/events', '#/events/Sysmon/1', '#/nowhere'];

for (const width of [390, 800]) {
  test(`no page scrolls sideways at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    for (const place of PLACES) {
      await page.goto(`/${place}`);
      await expect(page.getByRole('main')).toBeVisible();
      await expect(page.getByText('Opening the catalog')).toHaveCount(0);
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), { message: place }).toBeLessThanOrEqual(0);
    }
  });
}

for (const scheme of ['light', 'dark'] as const)
  test(`one thing at a time at 390 pixels, ${scheme}: text, rule, guide, drafts`, async ({ workbench, page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 390, height: 844 });
    await workbench.open();
    const views = page.getByRole('navigation', { name: 'Views' });
    await views.getByRole('button', { name: /^Drafts/ }).click();
    await workbench.newDraft(RULE);
    for (const [view, seen] of [
      ['Rule', page.getByRole('region', { name: 'What the rule says' })],
      ['Guide', workbench.guide],
      ['Drafts', workbench.drafts],
    ] as const) {
      await views.getByRole('button', { name: new RegExp(`^${view}`) }).click();
      await expect(seen).toBeVisible();
      await expect(workbench.editor).toBeHidden();
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'best-practice']).exclude('.monaco-editor').analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`),
        view,
      ).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), view).toBeLessThanOrEqual(0);
    }
    // What is pointed at is in the text: it comes back into sight.
    await views.getByRole('button', { name: /^Text/ }).click();
    await expect(workbench.editor).toBeVisible();
  });

test('the guide is folded and opened, and stays as it was left', async ({ workbench, page }) => {
  await workbench.open();
  await expect(workbench.guide).toBeVisible();
  await page.getByRole('button', { name: 'Fold the guide' }).click();
  await expect(workbench.guide).toHaveCount(0);
  await page.reload();
  await workbench.isReady();
  await expect(workbench.guide).toHaveCount(0);
  await page.getByRole('button', { name: 'Show the guide' }).click();
  await expect(workbench.guide).toBeVisible();
});

test('an address that leads nowhere says so', async ({ page }) => {
  await page.goto('/#/nowhere/at/all');
  await expect(page.getByRole('heading', { level: 1, name: 'There is no page at this address' })).toBeVisible();
  await page.getByRole('button', { name: 'To the workbench' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
