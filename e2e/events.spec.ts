import { expect, test } from './catalog.page';

test.describe('events', () => {
  test('are found and filtered, and lead to their rules and back', async ({ catalog, page }) => {
    await catalog.open('/events');
    const rows = page.getByRole('grid', { name: 'Events' }).getByRole('row');
    await page.getByRole('searchbox', { name: 'Find an event' }).fill('Security-Auditing 4688');
    await expect(rows.nth(1)).toContainText('A new process has been created.');
    await page.getByRole('searchbox', { name: 'Find an event' }).fill('');
    await page
      .getByLabel('Provider')
      .selectOption({ label: (await page.getByLabel('Provider').locator('option', { hasText: 'AWS CloudTrail' }).textContent())! });
    await expect(rows.nth(1)).toContainText('AWS CloudTrail');
    await page.getByRole('button', { name: 'Kusto' }).click();
    await expect(catalog.main.locator('output').first()).toContainText(/of [\d,]+ events/);
    await page.goto('/#/events/Security-Auditing/4688');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('4688');
    await expect(catalog.main).toContainText('A new process has been created.');
    await expect(catalog.main).toContainText('Sysmon 1');
    await catalog.main.locator('#rules').getByRole('link').first().click();
    await expect(catalog.main.getByRole('heading', { name: 'Metadata' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('4688');
  });

  test('are accessible', async ({ catalog, page }) => {
    await catalog.open('/events');
    await expect(page.getByRole('grid', { name: 'Events' }).getByRole('row').nth(3)).toBeVisible();
    await catalog.isAccessible();
    await catalog.open('/events/AWS%20CloudTrail/CreateUser');
    await expect(catalog.main).toContainText('CreateUser');
    await catalog.isAccessible();
  });
});
