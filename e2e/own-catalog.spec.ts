import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
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

// Joining two catalogs takes seconds, and more where others work on the same machine.
test.describe.configure({ timeout: 300_000 });

const filesIn = (out: string): string[] => readdirSync(out).map((name) => join(out, name));

const openCatalogs = async (page: Page): Promise<Locator> => {
  await page.getByRole('contentinfo').getByRole('button', { name: /rules/ }).click();
  return page.getByRole('dialog', { name: 'Catalogs' });
};

/** A folder of rules as people have them: subfolders, a note, a picture, macros, a text that is no rule. */
const ownRules = (): Record<string, string> => ({
  'sigma/listing.yml': RULE.replace('Listing of network connections', 'Our own listing rule'),
  'sigma/second.yml': RULE.replace('Listing of network connections', 'Our second rule').replace('5b1a0f4e', '5b1a0f4f').replace('t1049', 't1090'),
  'splunk/search.spl': '`our_index` process_name="netstat.exe" | stats count by host',
  'macros/our_index.yml': 'name: our_index\ndefinition: index=own sourcetype=ours\n',
  'README.md': '# Rules of ours\n',
  'logo.png': 'no picture',
  'settings.yml': 'colour: blue\n',
});

const writtenTo = (name: string): string => {
  const top = join(folder, name);
  for (const [path, text] of Object.entries(ownRules())) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }
  return top;
};

test('a folder of rules is built into a catalog here, told, found, and read again after a reload', async ({ workbench, page }) => {
  await workbench.open();
  await expect(workbench.status).toContainText(/catalog [\d,]+ rules/);
  const dialog = await openCatalogs(page);
  await dialog.getByLabel('Folder of rules').setInputFiles(writtenTo('detections'));
  await expect(dialog.getByRole('heading', { name: /^Your own/ })).toContainText('detections, 3 rules', { timeout: 150_000 });
  await expect(dialog.getByRole('radio', { name: 'Both as one' })).toBeChecked();
  await dialog.getByRole('button', { name: /^Passed over/ }).click();
  await expect(dialog.getByRole('row', { name: /logo\.png/ })).toContainText('with other endings');
  await expect(dialog.getByRole('row', { name: /settings\.yml/ })).toContainText('YAML that is no rule');
  await page.keyboard.press('Escape');
  await page.reload();
  await page.goto('/#/rules/q/source:private');
  await expect(page.getByRole('row', { name: /Our own listing rule/ })).toContainText('private', { timeout: 150_000 });
  // It was built with its texts: nothing has to be fetched to read or open it.
  await page.getByRole('link', { name: 'Our own listing rule' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Our own listing rule');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('private');
  await page.getByRole('button', { name: 'Open as draft' }).click();
  await workbench.isReady();
  expect(await workbench.text()).toBe(ownRules()['sigma/listing.yml']);
});

test('a zip is built into a catalog, and one without rules is refused in its place', async ({ workbench, page }) => {
  await workbench.open();
  const dialog = await openCatalogs(page);
  const zip = (files: Record<string, string>): Buffer =>
    Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [`rules-main/${path}`, strToU8(text)]))));
  await dialog.getByLabel('Zip of rules').setInputFiles({ name: 'notes.zip', mimeType: 'application/zip', buffer: zip({ 'README.md': '# Nothing' }) });
  await expect(dialog.getByRole('alert')).toContainText('There is no rule in it: 1 file passed over.', { timeout: 150_000 });
  await dialog.getByLabel('Zip of rules').setInputFiles({ name: 'cut.zip', mimeType: 'application/zip', buffer: zip(ownRules()).subarray(0, 300) });
  await expect(dialog.getByRole('alert')).toContainText('“cut.zip”. It is no whole zip archive');
  await dialog.getByLabel('Zip of rules').setInputFiles({ name: 'rules.zip', mimeType: 'application/zip', buffer: zip(ownRules()) });
  await expect(dialog.getByRole('heading', { name: /^Your own/ })).toContainText('rules.zip, 3 rules', { timeout: 150_000 });
});

test('what is dropped is built, and a build can be cancelled', async ({ workbench, page }) => {
  await workbench.open();
  const dialog = await openCatalogs(page);
  const many = join(folder, 'many');
  mkdirSync(many);
  for (let at = 0; at < 2000; at++) writeFileSync(join(many, `${at}.yml`), RULE.replace('5b1a0f4e', String(10_000_000 + at)));
  await dialog.getByLabel('Folder of rules').setInputFiles(many);
  const strip = dialog.getByRole('region', { name: 'Building your own catalog' });
  await expect(strip).toContainText('of 2,000 files read');
  await strip.getByRole('button', { name: 'Cancel' }).click();
  await expect(strip).toHaveCount(0);
  const dropped = await page.evaluateHandle(
    (bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], 'dropped.zip'));
      return transfer;
    },
    [...zipSync(Object.fromEntries(Object.entries(ownRules()).map(([path, text]) => [path, strToU8(text)])))],
  );
  await dialog.getByText('Drop a folder or a zip of your rules here.').dispatchEvent('drop', { dataTransfer: dropped });
  await expect(dialog.getByRole('heading', { name: /^Your own/ })).toContainText('dropped.zip, 3 rules', { timeout: 150_000 });
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
});

test("the matrix tells own rules from others', what only others have, and exports it by platform", async ({ workbench, page }) => {
  await workbench.open();
  const dialog = await openCatalogs(page);
  await dialog.getByLabel('Folder of rules').setInputFiles(writtenTo('detections'));
  await expect(dialog.getByRole('radio', { name: 'Both as one' })).toBeChecked({ timeout: 150_000 });
  await page.keyboard.press('Escape');
  await page.goto('/#/techniques');
  const matrix = page.getByRole('region', { name: 'ATT&CK matrix' });
  await expect(matrix.getByRole('link', { name: /System Network Connections Discovery.*, of them 1 of your rules/ })).toBeVisible({ timeout: 150_000 });
  await page.getByRole('checkbox', { name: /Where others have rules and you have none/ }).check();
  await expect(matrix.getByRole('link', { name: /System Network Connections Discovery/ })).toHaveClass(/dim/);
  await page.getByLabel('Platform').selectOption('Windows');
  await page.getByRole('button', { name: 'Export Navigator layer' }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^Your coverage/ }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe('rulewright-coverage.json');
  const layer = JSON.parse(readFileSync(await file.path(), 'utf8'));
  expect(layer.name).toBe('Your coverage, Windows');
  const of = (id: string) => layer.techniques.find(({ techniqueID }: { readonly techniqueID: string }) => techniqueID === id);
  expect(of('T1049').comment).toMatch(/^1 of yours, \d+ of others$/);
  expect(of('T1059')).toMatchObject({ score: 0, color: layer.legendItems[1].color });
  await page.getByLabel('Shown as').selectOption('Yours beside others');
  const rows = page.getByRole('grid', { name: 'Your coverage' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('T1059');
  await page.getByRole('checkbox', { name: /Where others have rules and you have none/ }).uncheck();
  await page.getByRole('searchbox', { name: 'Find a technique' }).fill('T1049');
  await expect(rows.nth(1)).toContainText(/T1049.*1/);
});

test('a folder the browser keeps is built again when it is chosen again', async ({ workbench, page }) => {
  await workbench.open();
  // The browser's own store stands for a folder of the disk: its picker cannot be worked by a test.
  await page.evaluate(async (rule) => {
    const top = await (await navigator.storage.getDirectory()).getDirectoryHandle('watched', { create: true });
    const write = async (name: string, text: string): Promise<void> => {
      const stream = await (await top.getFileHandle(name, { create: true })).createWritable();
      await stream.write(text);
      await stream.close();
    };
    await write('one.yml', rule);
    Object.assign(window, { showDirectoryPicker: async () => top, writeOwn: write });
  }, RULE);
  const dialog = await openCatalogs(page);
  await dialog.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(dialog.getByRole('heading', { name: /^Your own/ })).toContainText('watched, 1 rule', { timeout: 150_000 });
  await page.evaluate(
    (rule) => (window as unknown as { writeOwn(name: string, text: string): Promise<void> }).writeOwn('two.yml', rule),
    RULE.replace('Listing of network connections', 'Another one').replace('5b1a0f4e', '5b1a0f4f'),
  );
  await page.reload();
  await workbench.isReady();
  const again = await openCatalogs(page);
  await again.getByRole('button', { name: 'Build again from “watched”' }).click();
  await expect(again.getByRole('heading', { name: /^Your own/ })).toContainText('watched, 2 rules', { timeout: 150_000 });
});

test('an own catalog counts beside the bundled one, alone, after a reload, and goes when it is removed', async ({ workbench, page }) => {
  await workbench.open();
  await expect(workbench.status).toContainText(/catalog [\d,]+ rules/);
  const dialog = await openCatalogs(page);
  await expect(dialog).toContainText('SigmaHQ');
  await dialog.getByLabel('Files of a catalog').setInputFiles(filesIn(join(folder, 'out')));
  await expect(dialog.getByRole('radio', { name: 'Both as one' })).toBeChecked({ timeout: 150_000 });
  await expect(dialog.getByRole('row', { name: /private/ })).toContainText('2');
  await page.keyboard.press('Escape');
  // It is found among all rules, and after a reload too.
  await page.reload();
  await page.goto('/#/rules/q/source:private');
  await expect(page.getByRole('row', { name: /Our own listing rule/ })).toBeVisible({ timeout: 150_000 });
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
  await expect(dialog.getByRole('radio', { name: 'Both as one' })).toBeChecked({ timeout: 150_000 });
  await dialog.getByRole('radio', { name: 'Yours alone' }).check();
  await expect(dialog.getByRole('heading', { name: /^Your own/ })).toContainText('/catalog/');
});
