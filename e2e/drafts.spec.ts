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
});
