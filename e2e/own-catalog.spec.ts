import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, RULE, test } from './workbench.page';

/** A catalog of two private rules, built as a reader builds one. */
let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-catalog-'));
  mkdirSync(join(folder, 'rules'));
  writeFileSync(join(folder, 'rules', 'listing.yml'), RULE.replace('Listing of network connections', 'Our own listing rule'));
  writeFileSync(join(folder, 'rules', 'second.yml'), RULE.replace('Listing of network connections', 'Our second rule').replace('5b1a0f4e', '5b1a0f4f'));
  execFileSync('node', ['src/cli/bin.mjs', 'catalog', '--source', `private=${join(folder, 'rules')}`, '--out', join(folder, 'out')]);
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesIn = (out: string): string[] => readdirSync(out).map((name) => join(out, name));

const openCatalogs = async (page: Page): Promise<Locator> => {
  await page.getByRole('contentinfo').getByRole('button', { name: /rules/ }).click();
  return page.getByRole('dialog', { name: 'Catalogs' });
};

test('an own catalog counts beside the bundled one, alone, after a reload, and goes when it is removed', async ({ workbench, page }) => {
  await workbench.open();
  await expect(workbench.status).toContainText(/catalog [\d,]+ rules/);
  const dialog = await openCatalogs(page);
  await expect(dialog).toContainText('SigmaHQ');
  await dialog.getByLabel('Files of a catalog').setInputFiles(filesIn(join(folder, 'out')));
  await expect(dialog.getByRole('radio', { name: 'Both as one' })).toBeChecked({ timeout: 60_000 });
  await expect(dialog.getByRole('row', { name: /private/ })).toContainText('2');
  await page.keyboard.press('Escape');
  // It is found among all rules, and after a reload too.
  await page.reload();
  await page.goto('/#/rules/q/source:private');
  await expect(page.getByRole('row', { name: /Our own listing rule/ })).toBeVisible();
  await page.goto('/#/');
  await workbench.isReady();
  await expect(workbench.status).toContainText('catalog and own');
  const again = await openCatalogs(page);
  await again.getByRole('radio', { name: 'Yours alone' }).check();
  await expect(again.getByRole('heading', { name: /^Open/ })).toContainText('2 rules');
  await again.getByRole('button', { name: 'Remove it from this browser' }).click();
  await expect(again.getByRole('heading', { name: /^Your own/ })).toContainText('none');
  await expect(again).toContainText('SigmaHQ');
  await page.keyboard.press('Escape');
  await page.reload();
  await workbench.isReady();
  await expect(workbench.status).toContainText(/^(?!.*own).*catalog [\d,]+ rules/);
});

test('a catalog that is not whole is refused in its place, and the open one stays', async ({ workbench, page }) => {
  const damaged = join(folder, 'damaged');
  mkdirSync(damaged, { recursive: true });
  for (const file of filesIn(join(folder, 'out'))) execFileSync('cp', [file, damaged]);
  truncateSync(join(damaged, 'facts.bin'), 50);
  await workbench.open();
  await expect(workbench.status).toContainText(/catalog [\d,]+ rules/);
  const dialog = await openCatalogs(page);
  await dialog.getByLabel('Files of a catalog').setInputFiles(filesIn(damaged));
  await expect(dialog.getByText(/facts\.bin is cut off/)).toBeVisible();
  await dialog.getByLabel('Address of a catalog').fill('https://example.com/catalog/');
  await dialog.getByRole('button', { name: 'Open address' }).click();
  await expect(dialog.getByText(/where this page comes from/)).toBeVisible();
  await expect(dialog).toContainText('SigmaHQ');
});

test('a catalog is opened from an address of the same server', async ({ workbench, page }) => {
  await workbench.open();
  const dialog = await openCatalogs(page);
  await dialog.getByLabel('Address of a catalog').fill('catalog/');
  await dialog.getByRole('button', { name: 'Open address' }).click();
  await expect(dialog.getByRole('radio', { name: 'Both as one' })).toBeChecked({ timeout: 60_000 });
  await dialog.getByRole('radio', { name: 'Yours alone' }).check();
  await expect(dialog.getByRole('heading', { name: /^Your own/ })).toContainText('/catalog/');
});
