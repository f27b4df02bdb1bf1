import { expect, RULE, test } from './workbench.page';

test.describe('writing a rule', () => {
  test('shows what it says while it is written', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);

    const stages = await workbench.openTab('Stages');
    await expect(stages).toContainText('condition');
    await expect(stages).toContainText('selection_list');

    const indicators = await workbench.openTab('Indicators');
    await expect(indicators.getByRole('row', { name: /net\.exe/ }).first()).toContainText('process_name eq net.exe');

    const exclusions = await workbench.openTab('Exclusions');
    await expect(exclusions).toContainText('C:\\Program Files\\Agent\\');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Listing of network connections');
    await expect(workbench.guide.getByRole('heading', { level: 2 })).toContainText('T1049');
  });

  test('keeps the last result while the text is broken, says where, and recovers', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const indicators = await workbench.openTab('Indicators');
    await expect(indicators).toContainText('\\netstat.exe');

    await workbench.replaceText(RULE.replace('condition: (selection_list', 'condition: ((selection_list'));
    const problems = await workbench.openTab('Problems');
    await expect(problems.getByText(/error/i).first()).toBeAttached();
    await expect(problems.getByRole('button', { name: /Go to line/ }).first()).toBeVisible();
    await workbench.openTab('Indicators');
    await expect(indicators).toContainText('\\netstat.exe');

    await workbench.focusEditor();
    await page.keyboard.press('F8');
    await page.keyboard.press('ControlOrMeta+Z');
    await expect.poll(() => workbench.text()).toBe(RULE);
    await workbench.openTab('Problems');
    await expect(page.getByRole('tabpanel').getByText(/unbalanced|closing|parenthes/i)).toHaveCount(0);
  });

  test('says no more of a check that is hidden, tells so, and shows it again', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const panel = await workbench.openTab('Problems');
    await panel.getByRole('button', { name: 'Hide sigma/title-case' }).click();
    await expect(panel).toContainText('No problems');
    await expect(page.locator('.monaco-editor .squiggly-info')).toHaveCount(0);
    await page.reload();
    await workbench.isReady();
    await panel.getByRole('button', { name: 'Show sigma/title-case again, 1 here' }).click();
    await expect(panel).toContainText('Words of a title are capitalised');
  });

  test('keeps the format that was chosen, says what the text looks like, and offers it', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft('index=main EventCode=4688 | stats count by host', 'Kusto');
    const banner = page.getByRole('status').filter({ hasText: 'looks like' });
    await expect(banner).toContainText('it is read as Kusto');
    await banner.getByRole('button', { name: /^Read it as/ }).click();
    await expect(banner).toHaveCount(0);
    await expect(await workbench.openTab('Indicators')).toContainText('4688');
    await workbench.replaceText('select a, b from users where id = 1');
    await expect(banner).toContainText('SQL, which is not read here');
  });

  test('lists errors before what is less', async ({ workbench }) => {
    await workbench.open();
    await workbench.newDraft(RULE.replace("'\\\\netstat.exe'", "'*'").replace('condition: (', 'condition: ((').replace('experimental', 'Experimental'));
    const problems = await workbench.openTab('Problems');
    await expect(problems.getByRole('row').nth(1)).toContainText('Error:');
    await expect(problems.getByRole('row').last()).not.toContainText('Error:');
  });

  test('text and panels point at each other', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const indicators = await workbench.openTab('Indicators');
    await indicators.getByRole('row', { name: /nbtstat/ }).hover();
    await expect(page.locator('.monaco-editor .lit').first()).toBeVisible();
  });

  test('completes and corrects', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE.replace('level: low\n', ''));
    await workbench.typeAtEnd('lev');
    await page.keyboard.press('ControlOrMeta+Space');
    await expect(page.locator('.suggest-widget.visible')).toContainText('level');
  });
});
