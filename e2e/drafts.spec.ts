import { readFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, RULE, test, WorkbenchPage } from './workbench.page';

test.describe('drafts', () => {
  test('survive a reload and a crash', async ({ workbench, page, context }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    await workbench.typeAtEnd('# written last');
    await expect(workbench.status).toContainText('saved in this browser');
    await page.reload();
    await workbench.isReady();
    await expect.poll(() => workbench.text()).toBe(`${RULE}# written last`);

    // A crash: the page goes without any of its goodbye events.
    const session = await context.newCDPSession(page);
    const gone = page.waitForEvent('crash');
    void session.send('Page.crash').catch(() => {});
    await gone;
    const after = new WorkbenchPage(await context.newPage());
    await after.open();
    await expect.poll(() => after.text()).toBe(`${RULE}# written last`);
  });

  test('two tabs never overwrite each other', async ({ workbench, context }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    await expect(workbench.status).toContainText('saved in this browser');
    const other = new WorkbenchPage(await context.newPage());
    await other.open();
    await expect.poll(() => other.text()).toBe(RULE);
    await other.typeAtEnd('# of the other tab');
    await workbench.typeAtEnd('# of this tab');
    await expect(other.status).toContainText('saved in this browser');
    await expect(workbench.status).toContainText('saved in this browser');

    const third = new WorkbenchPage(await context.newPage());
    await third.open();
    const texts = new Set<string>();
    const rows = third.drafts.getByRole('button', { name: /Listing of network connections/ }).and(third.page.locator('.open'));
    await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(1);
    for (let i = 0; i < (await rows.count()); i++) {
      await rows.nth(i).click();
      texts.add(await third.text());
    }
    const all = [...texts].join('\n');
    expect(all).toContain('# of the other tab');
    expect(all).toContain('# of this tab');
  });

  test('can be renamed, duplicated and deleted, and deleting can be undone', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const row = workbench.drafts.locator('.open').filter({ hasText: 'Listing of network connections' }).first();
    await row.focus();
    await page.keyboard.press('F2');
    await page.getByLabel('Name of the draft').fill('My connections');
    await page.keyboard.press('Enter');
    const renamed = workbench.drafts.locator('.open').filter({ hasText: 'My connections' }).first();
    await expect(renamed).toBeVisible();
    await renamed.focus();
    await page.keyboard.press('Delete');
    await expect(workbench.drafts.getByText('My connections')).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(workbench.drafts.getByText('My connections').first()).toBeVisible();
  });

  test('are exported under a name by the convention of their format', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    expect((await download).suggestedFilename()).toMatch(/^proc_creation_win_[a-z0-9_]+\.yml$/);
  });

  test('stand in folders, are searched, and go through a zip and back', async ({ workbench, page }) => {
    await workbench.open();
    const zip = zipSync({
      'rules/a.yml': strToU8(RULE),
      'rules/b.yml': strToU8(RULE.replace('Listing of network connections', 'Another listing')),
      'README.md': strToU8('# Nothing of ours\n'),
    });
    await page.getByLabel('Files to import').setInputFiles({ name: 'our rules.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) });
    await expect(page.getByText('2 drafts made in the folder “our rules”')).toBeVisible();
    await expect(page.getByText(/README\.md/)).toBeVisible();
    const folder = workbench.drafts.getByRole('region', { name: 'our rules' });
    await expect(folder.locator('.open')).toHaveCount(2);
    await folder.getByRole('button', { expanded: true }).first().click();
    await expect(folder.locator('.open')).toHaveCount(0);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Actions for the folder our rules' }).click();
    await page.getByRole('menuitem', { name: 'Export as a zip' }).click();
    const given = await download;
    expect(given.suggestedFilename()).toBe('our rules.zip');
    const found = unzipSync(new Uint8Array(readFileSync(await given.path())));
    expect(Object.keys(found).sort()).toEqual(['rules/a.yml', 'rules/b.yml']);
    expect(strFromU8(found['rules/a.yml']!)).toBe(RULE);
  });

  test('keep what they were: a diff against the first text, and the way back', async ({ workbench, page }) => {
    await workbench.open();
    await page.getByLabel('Files to import').setInputFiles({ name: 'a.yml', mimeType: 'text/plain', buffer: Buffer.from(RULE) });
    await expect.poll(() => workbench.text()).toBe(RULE);
    await expect(workbench.status).toContainText('saved in this browser');
    await workbench.typeAtEnd('# written last');
    await expect(workbench.status).toContainText('saved in this browser');
    await page.getByRole('button', { name: 'More for this draft' }).click();
    await page.getByRole('menuitem', { name: 'History…' }).click();
    const dialog = page.getByRole('dialog', { name: /history/ });
    await expect(dialog.getByText('as it came from a.yml')).toBeVisible();
    await expect(dialog.locator('.monaco-diff-editor')).toBeVisible();
    await expect(dialog.getByText('Both ask the same of an event')).toBeVisible();
    await dialog.getByRole('button', { name: /^Return to/ }).click();
    await expect.poll(() => workbench.text()).toBe(RULE);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => workbench.text()).toBe(`${RULE}# written last`);
  });

  test('are written in the usual form with a key, as one undo step', async ({ workbench, page }) => {
    await workbench.open();
    const loose = RULE.replace('    category: process_creation', '  category:   process_creation').replace('    product', '  product');
    await workbench.newDraft(loose);
    await workbench.focusEditor();
    await page.keyboard.press('Shift+Alt+F');
    await expect.poll(() => workbench.text()).toBe(RULE);
    await workbench.focusEditor();
    await page.keyboard.press('Shift+Alt+F');
    await expect(page.getByText('It is in the usual form already.')).toBeVisible();
    await workbench.focusEditor();
    await page.keyboard.press('ControlOrMeta+Z');
    await expect.poll(() => workbench.text()).toBe(loose);
  });

  test('are written in the usual form in every language, and in a container, each as one undo step', async ({ workbench, page }) => {
    const loose = [
      ['SPL', 'index=win   a=b\n|stats count by   c'],
      ['Kusto', 'T|where a==1|project   a'],
      ['KQL \\(Kibana\\)', 'a:b   and c:d'],
      ['Lucene', 'a:b   AND c:d'],
      ['EQL', 'process where   a=="b"'],
      ['ES\\|QL', 'FROM a|WHERE b==1'],
      ['Sentinel rule', 'id: a\nname: b\nquery: |\n  T|where a==1\n  |project   a\nversion: 1.0.0\n'],
    ] as const;
    await workbench.open();
    for (const [format, text] of loose) {
      await workbench.newDraft(text, format);
      await workbench.focusEditor();
      await page.keyboard.press('Shift+Alt+F');
      await expect.poll(() => workbench.text()).not.toBe(text);
      expect((await workbench.text()).replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
      await workbench.focusEditor();
      await page.keyboard.press('ControlOrMeta+Z');
      await expect.poll(() => workbench.text()).toBe(text);
    }
  });

  test('keep in the panels what was understood while the text is broken, and say so', async ({ workbench }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const panel = await workbench.openTab('Indicators');
    await expect(panel).toContainText('netstat.exe');
    await workbench.replaceText(RULE.replace('    selection_list:', '\t    selection_list:'));
    await expect(panel).toContainText('As of the last text that was understood');
    await expect(panel).toContainText('netstat.exe');
    await expect(workbench.guide).toContainText('as of the last text that was understood');
    await workbench.replaceText(RULE);
    await expect(panel).not.toContainText('As of the last text');
  });

  test('keep what was asked when an error leaves only a part of it', async ({ workbench }) => {
    await workbench.open();
    const query = 'DeviceProcessEvents\n| where FileName == "netstat.exe" and ProcessCommandLine has "-ano"';
    await workbench.newDraft(query, 'Kusto');
    const panel = await workbench.openTab('Indicators');
    await expect(panel).toContainText('-ano');
    await workbench.replaceText(query.replace('exe"', 'exe'));
    await expect(panel).toContainText('As of the last text that was understood');
    await expect(panel).toContainText('-ano');
  });
});
