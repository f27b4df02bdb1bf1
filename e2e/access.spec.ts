import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, RULE, test } from './workbench.page';

async function violations(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .exclude('.monaco-editor')
    .analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ target }) => target.join(' '))
        .join(' ; ')
        .slice(0, 200)}`,
  );
}

for (const scheme of ['light', 'dark'] as const) {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1024, height: 768 },
  ]) {
    test(`axe finds nothing on the workbench, ${scheme}, ${size.width}`, async ({ workbench, page }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize(size);
      await workbench.open();
      await workbench.newDraft(RULE);
      await expect(workbench.guide).toContainText('Fields filtered most');
      for (const tab of ['Stages', 'Samples', 'Indicators', 'Exclusions', 'Terms', 'Outputs', 'Relations', 'Convert', 'Problems']) {
        await workbench.openTab(tab);
        expect(await violations(page), tab).toEqual([]);
      }
    });
  }
}

test('a long title never makes the page scroll sideways', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.newDraft(RULE.replace('Listing of network connections', 'A title as long as an author may write it, '.repeat(8).trim()));
  for (const width of [1440, 1280, 1024]) {
    await page.setViewportSize({ width, height: 768 });
    await expect(page.getByRole('heading', { level: 1 })).toContainText('A title as long');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${width} wide`).toBe(0);
  }
});

test('everything can be done by keyboard alone', async ({ workbench, page }) => {
  await workbench.open();
  // The skip link comes first and leads past the top bar.
  await page.locator('body').press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  // The palette starts a draft.
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('New draft: Sigma');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.evaluate((value) => navigator.clipboard.writeText(value), RULE);
  await expect(page.locator('.monaco-editor.focused').first()).toBeVisible();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Listing of network connections');
  // Tab leaves the editor after Ctrl+M, and the tabs move with the arrows.
  await page.keyboard.press('Control+M');
  for (let i = 0; i < 12 && !(await page.evaluate(() => document.activeElement?.getAttribute('role') === 'tab')); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Home');
  await expect(page.getByRole('tab', { name: /^Stages/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: /^Samples/ })).toHaveAttribute('aria-selected', 'true');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`where the system gives the colours, the text stands out from its ground, ${scheme}`, async ({ workbench, page }) => {
    await page.emulateMedia({ colorScheme: scheme, forcedColors: 'active' });
    await workbench.open();
    await workbench.newDraft(RULE);
    const line = page.locator('.view-line span span').first();
    await expect(line).toBeVisible();
    const [text, ground] = await line.evaluate((node) => {
      const brightness = (colour: string): number => (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, channel) => sum + Number(channel) / 765, 0);
      const editor = node.closest('.monaco-editor')!;
      return [brightness(getComputedStyle(node).color), brightness(getComputedStyle(editor.querySelector('.monaco-editor-background')!).backgroundColor)];
    });
    expect(Math.abs(text! - ground!)).toBeGreaterThan(0.4);
    expect(ground! < 0.5).toBe(scheme === 'dark');
  });
}
