import { expect, RULE, test, WorkbenchPage } from './workbench.page';

// The page's policy demands Trusted Types. That it stops nothing of ours is held by every other test: none meets an error on its page.
test('no text becomes elements, no other host gives a thread, nobody else says what may', async ({ page, baseURL }) => {
  await new WorkbenchPage(page).open();
  const refused = await page.evaluate((own) => {
    const throws = (attempt: () => unknown): boolean => {
      try {
        attempt();
        return false;
      } catch (error) {
        return error instanceof TypeError;
      }
    };
    return {
      markup: throws(() => (document.createElement('div').innerHTML = '<b>x</b>')),
      parsed: throws(() => new DOMParser().parseFromString('<b>x</b>', 'text/html')),
      script: throws(() => (document.createElement('script').src = 'https://example.org/x.js')),
      thread: throws(() => new Worker('https://example.org/x.js')),
      own: throws(() => new Worker(`${own}/boot.js`).terminate()),
      policy: throws(() =>
        (globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes.createPolicy('x', {}),
      ),
    };
  }, baseURL ?? '');
  expect(refused).toEqual({ markup: true, parsed: true, script: true, thread: true, own: false, policy: true });
});

test('the editor draws what it finds all the same', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.newDraft(RULE);
  await workbench.focusEditor();
  await page.keyboard.press('ControlOrMeta+F');
  await page.keyboard.type('nbtstat');
  await expect(page.locator('.find-widget .matchesCount')).toContainText('1 of 1');
});
