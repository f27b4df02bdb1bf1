import { readFileSync } from 'node:fs';
import { expect, RULE, test, WorkbenchPage } from './workbench.page';

test('a text typed while the browser refuses its storage is there after a reload', async ({ workbench, page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('refused', 'SecurityError');
    };
  });
  await workbench.open();
  await workbench.newDraft(RULE);
  await workbench.typeAtEnd('# not stored');
  await expect(workbench.status).toContainText('not saved');
  for (let times = 0; times < 2; times++) {
    await page.reload();
    await workbench.isReady();
    await expect.poll(() => workbench.text()).toBe(`${RULE}# not stored`);
    await expect(workbench.drafts.getByRole('listitem').filter({ hasText: 'Listing of network connections' })).toHaveCount(1);
    await expect(workbench.status).toContainText('not saved');
  }
});

test('drafts kept by a newer version are left alone, and that is said', async ({ workbench, page }) => {
  await page.goto('/icon.svg');
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const opening = indexedDB.open('rulewright', 7);
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('texts'));
        opening.addEventListener('success', () => {
          opening.result.close();
          done();
        });
      }),
  );
  await workbench.open();
  await expect(page.getByText(/a newer Rulewright keeps the drafts/).first()).toBeVisible();
  await expect(workbench.status).toContainText('not saved');
});

test('the browser is asked once, at the first kept draft, to throw nothing away', async ({ workbench, page }) => {
  await page.addInitScript(() => {
    StorageManager.prototype.persisted = () => Promise.resolve(false);
    StorageManager.prototype.persist = () => {
      localStorage.setItem('asked', `${localStorage.getItem('asked') ?? ''}x`);
      return Promise.resolve(false);
    };
  });
  const asked = () => page.evaluate(() => localStorage.getItem('asked'));
  await workbench.open();
  expect(await asked()).toBeNull();
  await workbench.newDraft(RULE);
  await expect.poll(asked).toBe('x');
  await page.reload();
  await workbench.isReady();
  await workbench.typeAtEnd('# more');
  await expect(workbench.status).toContainText('saved in this browser');
  expect(await asked()).toBe('x');
});

test('a disk that was full is tried again by itself', async ({ workbench, page }) => {
  await page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (document.documentElement.dataset['disk'] === 'full') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, given);
    };
  });
  await workbench.open();
  await workbench.newDraft(RULE);
  await expect(workbench.status).toContainText('saved in this browser');
  await page.evaluate(() => {
    document.documentElement.dataset['disk'] = 'full';
  });
  await workbench.typeAtEnd('# while it is full');
  await expect(page.getByText(/the disk is full/).first()).toBeVisible();
  await page.evaluate(() => {
    document.documentElement.dataset['disk'] = 'free';
  });
  await expect(workbench.status).toContainText('saved in this browser', { timeout: 30_000 });
  await expect(page.getByText(/the disk is full/)).toHaveCount(0);
});

test('a reload straight after a key in a draft of 4 MB loses nothing', async ({ workbench, page }) => {
  test.slow();
  await workbench.open();
  await workbench.newDraft(RULE);
  const big = `${RULE}${'# a line of notes \\ with "quotes"\n'.repeat(120_000)}`;
  expect(big.length).toBeGreaterThan(4_000_000);
  await page.evaluate((value) => navigator.clipboard.writeText(value), big);
  await workbench.focusEditor();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
  await expect(workbench.status).toContainText('saved in this browser', { timeout: 30_000 });
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('!');
  await page.reload();
  await expect(workbench.editor).toBeVisible({ timeout: 90_000 });
  await expect.poll(async () => (await workbench.text()).slice(-3), { timeout: 60_000 }).toBe('"\n!');
  expect((await workbench.text()).length).toBe(big.length + 1);
});

test('everything goes into one file, and into another browser', async ({ workbench, page, browser }) => {
  await workbench.open();
  await workbench.newDraft(RULE);
  await expect(workbench.status).toContainText('saved in this browser');
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('button', { name: 'New draft' }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export everything' }).click();
  const file = await (await coming).path();
  const other = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const elsewhere = new WorkbenchPage(await other.newPage());
  await elsewhere.open();
  const name = 'everything.json';
  const given = { name, mimeType: 'application/json', buffer: readFileSync(file) };
  await elsewhere.page.getByLabel('Files to import').setInputFiles(given);
  await expect(elsewhere.page.getByText(/1 of 1 drafts added; settings taken over/)).toBeVisible();
  expect(await elsewhere.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
  await elsewhere.drafts.getByRole('listitem').filter({ hasText: 'Listing of network connections' }).getByRole('button').first().click();
  await expect.poll(() => elsewhere.text()).toBe(RULE);
  await elsewhere.page.getByLabel('Files to import').setInputFiles(given);
  await expect(elsewhere.page.getByText(/0 of 1 drafts added, 1 were here already/)).toBeVisible();
  await other.close();
});
