import { expect, RULE, test } from './workbench.page';

/** A draft whose exclusion is on a field nobody else excludes by: all of the guide's are missing. */
const DRAFT = RULE.replace("ParentImage|startswith: 'C:\\Program Files\\Agent\\'", "IntegrityLevel: 'System'");

test.describe('comparing with the guide', () => {
  test('adds a missing exclusion as one undo step, with the condition amended', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(DRAFT);
    await expect(workbench.guide).toContainText('System Network Connections Discovery');

    await workbench.guide.getByRole('button', { name: /^Exclusions \d/ }).click();
    const missing = workbench.guide
      .getByRole('grid', { name: /^Exclusions/ })
      .getByRole('row')
      .filter({ hasText: 'missing' })
      .first();
    await missing.hover();
    await missing.getByRole('button', { name: /^Add exclusion: / }).click();
    await expect.poll(() => workbench.text()).not.toBe(DRAFT);
    const changed = await workbench.text();
    expect(changed).toMatch(/filter_\w+/);
    expect(changed).toMatch(/condition: .*not.*filter/s);
    expect(changed.length).toBeGreaterThan(DRAFT.length);

    await workbench.focusEditor();
    await page.keyboard.press('ControlOrMeta+Z');
    await expect.poll(() => workbench.text()).toBe(DRAFT);
  });

  test('filters recompute and say how many rules are left; values open to the rules behind them', async ({ workbench }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    await expect(workbench.guide).toContainText(/\d+ of \d+ rules/);
    const before = await workbench.guide.getByText(/^\d+ of \d+ rules$/).textContent();
    await workbench.guide.getByLabel('Platform').selectOption('linux');
    await expect(workbench.guide.getByText(/^\d+ of \d+ rules$/)).not.toHaveText(before ?? '');

    await workbench.guide
      .getByRole('button', { name: /netstat/ })
      .first()
      .click();
    await expect(workbench.guide.getByRole('link', { name: /\w+/ }).first()).toBeVisible();
  });
});
