import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, RULE, test } from './workbench.page';

const QUERY = `index=win \`process_net\` \`our_dc\` \`round\`
| \`security_content_ctime(firstTime)\`
| \`team_filter\`
| \`other_filter\``;

const CONF = `# of our team
[our_dc]
definition = host IN (dc01, dc02) \`our_noise\`

[our_noise]
definition = NOT user="svc_scan"

[round]
definition = x=1 \`round\`
`;

const dialog = (page: Page) => page.getByRole('dialog');

async function pasteInto(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await page.getByRole('textbox', { name }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
}

async function openOwnMacros(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More for this draft' }).click();
  await page.getByRole('menuitem', { name: 'Own search macros' }).click();
  await expect(dialog(page)).toBeVisible();
}

async function giveMacros(page: Page, conf: string): Promise<void> {
  await openOwnMacros(page);
  await pasteInto(page, 'Text of macros.conf', conf);
}

async function violations(page: Page): Promise<readonly string[]> {
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .exclude('.monaco-editor')
    .analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' ; ')}`);
}

test('macros are shown written out, marked and named, and what cannot be stands as written', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.newDraft(QUERY, 'SPL');
  await giveMacros(page, CONF);
  await page.keyboard.press('Escape');
  await workbench.focusEditor();
  await page.keyboard.press('ControlOrMeta+Shift+E');

  const text = dialog(page).getByRole('region', { name: 'Expanded search' });
  await expect(text).toContainText('host IN (dc01, dc02)');
  await expect(text.locator('mark', { hasText: 'process_net' })).toContainText('Processes.process_name="net1.exe"');
  await expect(text.locator('mark mark', { hasText: 'our_noise, own' })).toContainText('NOT user="svc_scan"');
  await expect(text).toContainText('`team_filter`');

  const table = dialog(page).getByRole('grid');
  await expect(table.getByRole('row', { name: /process_net/ })).toContainText('shipped (ESCU)');
  await expect(table.getByRole('row', { name: /^our_noise/ })).toContainText('your own, in our_dc');
  await table.getByRole('row', { name: /process_net/ }).hover();
  await expect(text.locator('mark.is-lit')).toHaveCount(1);

  await expect(dialog(page).getByRole('alert')).toHaveText('The definition of round leads back to itself: round → round. It stands as it is written.');
  await expect(dialog(page).getByText('No definition is known for')).toHaveCount(1);
  await expect(dialog(page).getByText('No definition is known for')).toContainText('team_filter, other_filter');

  await dialog(page).getByRole('button', { name: 'Copy expanded text' }).click();
  await expect(dialog(page).getByText('Copied.')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('host IN (dc01, dc02) NOT user="svc_scan" x=1 `round`');
  expect(copied).toContain('| `team_filter`');

  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.locator('.monaco-editor.focused').first()).toBeVisible();
  expect(await workbench.text()).toBe(QUERY);
});

test('definitions are taken over into the draft, and one undo takes them back', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.newDraft(
    'name: Net\nsearch: >-\n  index=win `process_net`\n  | `x_filter`\ntags:\n  mitre_attack_id:\n  - T1049\ndate: 2026-01-02\n',
    'Splunk ESCU',
  );
  const before = await workbench.text();
  await page.keyboard.press('ControlOrMeta+K');
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.type('Show the macros');
  await page.keyboard.press('Enter');
  await dialog(page).getByRole('button', { name: 'Replace in the draft' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect.poll(() => workbench.text()).toContain('  index=win (Processes.process_name="net1.exe"');
  expect(await workbench.text()).toContain('  | `x_filter`\ntags:');
  await workbench.focusEditor();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(() => workbench.text()).toBe(before);
});

test('own macros are read, corrected, removed and kept', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.newDraft('index=win `our_dc`', 'SPL');
  await giveMacros(page, `${CONF}\n[half(2)]\nargs = a\ndefinition = x=$a$\nnonsense\n`);
  const list = dialog(page).getByRole('list', { name: 'Macros' });
  await expect(list.getByRole('listitem')).toHaveCount(4);
  const problems = dialog(page).getByRole('list', { name: 'Problems' });
  await expect(problems.getByRole('listitem').filter({ hasText: 'Line 14' })).toContainText('A line is a [name]');
  await expect(problems.getByRole('listitem').filter({ hasText: 'Line 12' })).toContainText('takes 2 arguments, and args names 1');
  await problems.getByRole('button', { name: 'Line 14' }).click();
  await expect(page.getByRole('textbox', { name: 'Text of macros.conf' })).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(problems.getByText('Line 14')).toHaveCount(0);

  await list.getByRole('button', { name: 'Remove half' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await dialog(page).getByRole('button', { name: 'Undo' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(4);
  await dialog(page).getByRole('button', { name: 'Done' }).click();

  const indicators = await workbench.openTab('Indicators');
  await expect(indicators.getByRole('row', { name: /dc01/ })).toContainText('from our_dc');
  await page.reload();
  await workbench.isReady();
  await expect(indicators.getByRole('row', { name: /dc01/ })).toContainText('from our_dc');
  await openOwnMacros(page);
  await expect(page.getByRole('textbox', { name: 'Text of macros.conf' })).toHaveValue(/definition = host IN/);
});

test('a browser that does not store them says so and expands them all the same', async ({ workbench, page }) => {
  await page.addInitScript(() => {
    const store = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key: string, value: string) {
      if (key.includes('macros')) throw new DOMException('full', 'QuotaExceededError');
      store.call(this, key, value);
    };
  });
  await workbench.open();
  await workbench.newDraft('index=win `our_dc`', 'SPL');
  await giveMacros(page, CONF);
  await expect(dialog(page).getByRole('alert')).toContainText('This browser did not store the macros');
  await page.keyboard.press('Escape');
  await expect(await workbench.openTab('Indicators')).toContainText('from our_dc');
});

test('a macros.conf that is imported adds to them; saved searches become a draft', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.newDraft('index=win `our_dc`', 'SPL');
  const importFile = (name: string, text: string): Promise<void> =>
    page.getByLabel('Files to import').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  await importFile('macros.conf', CONF);
  await expect(page.getByText('3 macros of “macros.conf” are now expanded.')).toBeVisible();
  const indicators = await workbench.openTab('Indicators');
  await expect(indicators).toContainText('from our_dc');
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
  await expect(indicators).not.toContainText('from our_dc');
  await importFile('savedsearches.conf', '[Net use]\nsearch = index=win \\\n| stats count\n');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Net use');
});

test('a rule without macros says so', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.newDraft(RULE);
  await page.keyboard.press('ControlOrMeta+Shift+E');
  await expect(page.getByText('Only searches in SPL have macros.')).toBeVisible();
  await workbench.newDraft('index=win | stats count', 'SPL');
  await page.keyboard.press('ControlOrMeta+Shift+E');
  await expect(page.getByText('This search uses no macros.')).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const)
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1024, height: 768 },
  ])
    test(`axe finds nothing in the macros' dialogs, ${scheme}, ${size.width}`, async ({ workbench, page }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize(size);
      await workbench.open();
      await workbench.newDraft(QUERY, 'SPL');
      await giveMacros(page, `${CONF}[empty]\n`);
      await expect(dialog(page).getByText('empty has no definition')).toBeVisible();
      expect(await violations(page), 'own macros').toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('ControlOrMeta+Shift+E');
      await expect(dialog(page).getByRole('region', { name: 'Expanded search' })).toBeVisible();
      expect(await violations(page), 'written out').toEqual([]);
    });
