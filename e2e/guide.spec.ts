import { expect, RULE, test } from './workbench.page';

test.describe('comparing with the guide', () => {
  test('adds a missing exclusion as one undo step, with the condition amended', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    await expect(workbench.guide).toContainText('System Network Connections Discovery');

    const exclusions = workbench.guide.getByText('Exclusions', { exact: true }).last();
    await exclusions.click();
    const add = workbench.guide.getByRole('button', { name: /^Add exclusion: / }).first();
    await add.scrollIntoViewIfNeeded();
    await add.hover();
    await add.click();
    await expect.poll(() => workbench.text()).not.toBe(RULE);
    const changed = await workbench.text();
    expect(changed).toMatch(/filter_\w+/);
    expect(changed).toMatch(/condition: .*not.*filter/s);
    expect(changed.length).toBeGreaterThan(RULE.length);

    await workbench.focusEditor();
    await page.keyboard.press('ControlOrMeta+Z');
    await expect.poll(() => workbench.text()).toBe(RULE);
  });

  test('filters recompute and say how many rules are left; values open to the rules behind them', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    await expect(workbench.guide).toContainText(/\d+ of \d+ rules/);
    const before = await workbench.guide.getByText(/^\d+ of \d+ rules$/).textContent();
    await workbench.guide
      .getByLabel('Platform')
      .selectOption({ label: /^Windows/.source })
      .catch(async () => {
        await workbench.guide.getByLabel('Platform').click();
        await page.getByRole('option', { name: /^Windows/ }).click();
      });
    await expect(workbench.guide.getByText(/^\d+ of \d+ rules$/)).not.toHaveText(before ?? '');

    await workbench.guide
      .getByRole('button', { name: /netstat\.exe/ })
      .first()
      .click();
    await expect(workbench.guide.getByRole('link', { name: /\w+/ }).first()).toBeVisible();
  });
});
