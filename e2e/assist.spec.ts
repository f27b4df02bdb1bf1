import type { Page } from '@playwright/test';
import { expect, RULE, test } from './workbench.page';

const list = (page: Page) => page.locator('.suggest-widget.visible');

test.describe('help while writing', () => {
  test('an empty draft offers whole rules, with an ID and a date of their own', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft('');
    await workbench.focusEditor();
    await page.keyboard.press('ControlOrMeta+Space');
    await expect(list(page)).toContainText('new rule: process creation on Windows');
    await page.keyboard.press('Enter');
    await page.keyboard.type('T1053.005');
    const text = await workbench.text();
    expect(text).toMatch(/^id: [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/m);
    expect(text).toMatch(/^date: \d{4}-\d\d-\d\d$/m);
    expect(text).toContain("title: 'T1053.005'");
    expect(text).toContain('category: process_creation');
  });

  test('what a rule lacks is a fix on its first line', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE.replace(/^(?:id|date|level|status): .*\n/gm, ''));
    await workbench.focusEditor();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.press('ControlOrMeta+.');
    await expect(page.locator('.action-widget').first()).toContainText('Add what is missing: id, status, references, date, level');
    await page.keyboard.press('Enter');
    await expect.poll(() => workbench.text()).toMatch(/^id: [0-9a-f-]{36}\nstatus: experimental$/m);
    expect(await workbench.text()).toMatch(/^level: medium$/m);
  });

  test('techniques are found by name, values by a part of them, closed lists open by themselves', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE.replace('level: low\n', ''));
    await workbench.typeAtEnd('lev');
    await expect(list(page)).toContainText('level');
    await page.keyboard.press('Tab');
    await expect(list(page)).toContainText('critical');
    await page.keyboard.type('high');
    await page.keyboard.press('Enter');
    await page.keyboard.type('tags:\n    - scheduled task');
    await expect(list(page)).toContainText('attack.t1053.005');
    await page.keyboard.press('Escape');
    expect(await workbench.text()).toContain('level: high\ntags:');
  });

  test('typing a program finds it as rules write it, with the rules of the whole corpus', async ({ workbench, page }) => {
    await workbench.open();
    await expect(workbench.status).toContainText(/15,\d{3} rules/);
    await workbench.newDraft(RULE.slice(0, RULE.indexOf('        Image|endswith:\n')));
    await workbench.typeAtEnd('        Image|endswith: ');
    await page.keyboard.type('wsc');
    await expect(list(page).getByRole('option').first()).toContainText('wscript.exe');
    await expect(list(page).getByRole('option').first()).toContainText(/\d+ rules/);
    await page.keyboard.press('Tab');
    expect(await workbench.text()).toContain("Image|endswith: '\\wscript.exe'");
    // Its vendor writes it with a capital, which is no reason to stand last.
    await workbench.newDraft('DeviceProcessEvents\n| where FileName == "', 'Kusto');
    await workbench.typeAtEnd('wsc');
    await expect(list(page).getByRole('option').first()).toContainText(/wscript\.exe/i);
  });

  test('a summary begins with its functions, and a call tells what it takes', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft('SecurityEvent\n| summarize ', 'Kusto');
    await workbench.typeAtEnd('');
    await page.keyboard.press('ControlOrMeta+Space');
    await expect(list(page).getByRole('option').first()).toContainText('count');
    await page.keyboard.press('Escape');
    await page.keyboard.type('arg_max(');
    await expect(page.locator('.parameter-hints-widget.visible')).toContainText('arg_max(maximised, column?, …)');
  });

  test('the outline, the definition and another name', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    await workbench.focusEditor();
    await page.keyboard.press('ControlOrMeta+Shift+O');
    await expect(page.locator('.quick-input-list')).toContainText('detection');
    await page.keyboard.type('selection_net');
    await expect(page.locator('.quick-input-list')).toContainText('selection selection_net');
    await page.keyboard.press('Enter');
    await page.keyboard.press('F2');
    await expect(page.locator('.rename-box input')).toBeFocused();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('selection_share');
    await page.keyboard.press('Enter');
    await expect.poll(() => workbench.text()).toContain('(selection_list or selection_share)');
    expect(await workbench.text()).toContain('    selection_share:\n');
  });

  test('the palette does what was typed; the search takes words of other tools', async ({ workbench, page }) => {
    await workbench.open();
    await expect(workbench.status).toContainText(/15,\d{3} rules/);
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.type('dark');
    await expect(page.getByRole('option').first()).toContainText('Theme: dark');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.type('new sigma');
    await expect(page.getByRole('option').first()).toContainText('New draft: Sigma');
    await page.keyboard.press('Escape');
    await page.goto('/#/rules/q/process_name%3Drundll32.exe%20NOT%20javascript');
    await expect(page.getByRole('row').nth(1)).toBeVisible();
  });
});
