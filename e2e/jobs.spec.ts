import type { Page } from '@playwright/test';
import { expect, test } from './workbench.page';

/** Counts what is pressed: no job here uses a pointer. */
class Keys {
  readonly page: Page;
  count = 0;

  constructor(page: Page) {
    this.page = page;
  }

  async press(...keys: readonly string[]): Promise<void> {
    this.count += keys.length;
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    this.count += text.length;
    await this.page.keyboard.type(text);
  }

  /** Chooses what the palette finds first, or `down` lines under it. */
  async choose(query: string, shown: RegExp, down = 0): Promise<void> {
    await this.press('ControlOrMeta+K');
    await this.type(query);
    await expect(this.page.getByRole('option').nth(down)).toHaveText(shown);
    for (let at = 0; at < down; at++) await this.press('ArrowDown');
    await this.press('Enter');
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }
}

test('a rule from an empty draft to covered, excluded, shared and looked up, by keyboard and in few keys', async ({ workbench, page }) => {
  const keys = new Keys(page);
  const spent = (): number => {
    const { count } = keys;
    keys.count = 0;
    return count;
  };
  await workbench.open();
  await expect(workbench.status).toContainText(/catalog [\d,]+ rules/);

  // Written: from nothing, with the ID of its technique.
  await keys.choose('new si', /^New draft: Sigma/);
  await expect(page.locator('.monaco-editor.focused').first()).toBeVisible();
  await keys.press('ControlOrMeta+Space');
  await expect(page.locator('.suggest-widget.visible')).toContainText('new rule: process creation');
  await keys.press('Enter');
  await expect(workbench.editor).toContainText('process_creation');
  await keys.type('T1053.005');
  await keys.press('Tab');
  await expect(workbench.guide).toContainText('T1053.005');
  await keys.choose('schtasks', /^Add schtasks\.exe to the draft/, 1);
  await expect(workbench.editor).toContainText('schtasks.exe');
  await keys.choose('/create', /^Add \/create to the draft/, 1);
  await expect(workbench.editor).toContainText('/create');
  await expect(workbench.status).toContainText('0 errors, 0 warnings');
  expect(spent()).toBeLessThanOrEqual(60);

  // Compared: the guide's first missing exclusion.
  await keys.choose('guide', /^Go to the guide/);
  await expect(page.locator('.guide tr:focus')).toBeVisible();
  await keys.press('ArrowRight', 'ArrowRight', 'Enter');
  await expect(workbench.editor).toContainText('filter_main');
  expect(spent()).toBeLessThanOrEqual(12);

  // Covered already? Told beside the draft; why, in two steps.
  await expect(workbench.guide).toContainText(/Already covered by|Not covered/);
  await keys.choose('rel', /^Show relations/);
  await expect(page.getByRole('tab', { name: /^Relations/ })).toHaveAttribute('aria-selected', 'true');
  expect(spent()).toBeLessThanOrEqual(6);

  // Shared.
  await keys.press('ControlOrMeta+S');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#/d/v1/sigma/');
  expect(spent()).toBe(1);

  // Looked up: who else looks for a value.
  await keys.choose('rundll32', /^rundll32\.exe/);
  await expect(page.getByRole('heading', { level: 1, name: 'Rules' })).toBeVisible();
  expect(spent()).toBeLessThanOrEqual(10);
});
