import { expect, test } from './catalog.page';

test.describe('techniques', () => {
  test('lead from the matrix to a guide, its values, their rules, and a draft', async ({ catalog, workbench, page }) => {
    await catalog.open('/techniques');
    await page.getByRole('searchbox', { name: 'Find a technique' }).fill('System Network Connections');
    await page.getByRole('searchbox', { name: 'Find a technique' }).press('Enter');
    await expect(page.getByRole('link', { name: /System Network Connections Discovery/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('T1049');
    await expect(catalog.main).toContainText('45 of 45 rules');
    // A value opens to the rules behind it, and a rule to its page.
    await catalog.main
      .locator('#values')
      .getByRole('button', { name: /netstat\.exe/ })
      .first()
      .click();
    await catalog.main.locator('#values').getByRole('link', { name: 'Network Connection Discovery With Netstat' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Network Connection Discovery With Netstat/);
    await page.goBack();
    for (const [format, says] of [
      ['Sigma', 'category: process_creation'],
      ['Sentinel rule', 'DeviceProcessEvents'],
      ['Splunk ESCU', 'datamodel=Endpoint.Processes'],
    ] as const) {
      await catalog.open('/technique/T1049');
      await page.getByRole('button', { name: /Start a draft/ }).click();
      await page.getByRole('menuitem', { name: new RegExp(`${format}$`) }).click();
      await workbench.isReady();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('System Network Connections Discovery');
      await expect(workbench.status).toContainText('0 errors, 0 warnings');
      await expect(workbench.guide).toContainText('T1049');
      expect(await workbench.text()).toContain(says);
      expect(await workbench.text()).toContain('net.exe');
    }
  });

  test('recount under filters and tell sub-techniques and generations', async ({ catalog, page }) => {
    await catalog.open('/technique/T1087');
    const shown = catalog.main.getByText(/^\d+ of \d+ rules$/);
    const all = await shown.textContent();
    await page.getByRole('checkbox', { name: /Sub-techniques/ }).uncheck();
    await expect(shown).not.toHaveText(all!);
    await catalog.open('/technique/T1562.001');
    // A withdrawn ID leads to what took its place.
    await expect(page).toHaveURL(/#\/technique\/T1685$/);
    await expect(catalog.main).toContainText(/Counts the rules tagged [^:]*T1562\.001[^:]* too/);
    await page.goto('/#/technique/T9999');
    await expect(catalog.main.getByText('No such technique')).toBeVisible();
  });

  test('have as many rules in the lists they lead to as they say, and tell those they leave out', async ({ catalog, page }) => {
    await catalog.open('/technique/T1059.001');
    const total = Number((await catalog.main.getByText(/^\d+ of \d+ rules$/).textContent())!.split(' ')[2]);
    const uncounted = catalog.main.getByRole('link', { name: /more not counted$/ });
    const left = Number((await uncounted.textContent())!.split(' ')[0]);
    await uncounted.click();
    await expect(catalog.main.locator('output').first()).toContainText(/^[\d,]+ rules?/);
    await expect
      .poll(async () => (await catalog.main.locator('output').first().textContent())!.match(/\d+/g)!.reduce((sum, one) => sum + Number(one), 0))
      .toBe(left);
    await page.goBack();
    await catalog.main.getByRole('link', { name: `All ${total} in the list of rules` }).click();
    await expect(catalog.main.locator('output').first()).toHaveText(`${total} rules`);
  });

  test('are walked by arrow keys and exported as a Navigator layer', async ({ catalog, page }) => {
    await catalog.open('/techniques');
    const cells = page.getByRole('region', { name: 'ATT&CK matrix' }).getByRole('link');
    await expect(cells.first()).toBeVisible();
    await cells.first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect(cells.first()).not.toBeFocused();
    await expect(page.locator('.matrix a[tabindex="0"]')).toHaveCount(1);
    const layer = await catalog.savedBy(page.getByRole('button', { name: 'Export Navigator layer' }));
    const { domain, versions, techniques } = JSON.parse(layer.text);
    expect({ domain, layer: versions.layer }).toEqual({ domain: 'enterprise-attack', layer: '4.5' });
    expect(techniques).toContainEqual(expect.objectContaining({ techniqueID: 'T1049', tactic: 'discovery', score: 45 }));
    await page.getByLabel('Shown as').selectOption('Techniques by vendor');
    await expect(page.getByRole('img', { name: /Rules of each vendor/ })).toBeVisible();
    await page.getByLabel('Shown as').selectOption('Tactics as bars');
    await expect(catalog.main.getByRole('row', { name: /Stealth/ })).toBeVisible();
  });

  test('are accessible', async ({ catalog, page }) => {
    await catalog.open('/technique/T1049');
    await expect(catalog.main.locator('#kinds').getByRole('img')).toBeVisible();
    await catalog.isAccessible();
    await catalog.open('/techniques');
    await expect(page.getByRole('region', { name: 'ATT&CK matrix' }).getByRole('link').first()).toBeVisible();
    await catalog.isAccessible();
  });
});
