import { expect, test } from './catalog.page';

test.describe('rules', () => {
  test('are found by words and conditions, narrowed by facets, and the address holds the search', async ({ catalog, page }) => {
    await catalog.open('/rules');
    await catalog.searchRules('field:process_name value:netstat.exe technique:T1049');
    const rows = page.getByRole('grid', { name: 'Rules' }).getByRole('row');
    await expect(rows.filter({ hasText: 'Network Connection Discovery With Netstat' })).toBeVisible();
    const before = await catalog.main.locator('output').first().textContent();
    await page
      .getByRole('navigation', { name: 'Narrow the search' })
      .getByRole('button', { name: /^S Splunk|Splunk/ })
      .first()
      .click();
    await expect(page.getByRole('searchbox', { name: 'Search rules' })).toHaveValue(/vendor:splunk/);
    await expect(catalog.main.locator('output').first()).not.toHaveText(before!);
    await expect(page).toHaveURL(/vendor%3Asplunk/);
    await page.reload();
    await expect(page.getByRole('searchbox', { name: 'Search rules' })).toHaveValue(/technique:T1049 vendor:splunk/);
    await catalog.searchRules('zzzz-no-such-rule');
    await expect(page.getByText('No rule is found')).toBeVisible();
  });

  test('are walked and chosen by keyboard, compared, and exported', async ({ catalog, page }) => {
    await catalog.open('/rules/q/technique%3AT1049%20vendor%3Asigma');
    await expect(catalog.main.locator('output').first()).toHaveText('9 rules');
    await page.getByRole('searchbox', { name: 'Search rules' }).press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: /2 selected/ })).toBeVisible();
    const csv = await catalog.saved('Export', 'The selected as CSV');
    expect(csv.name).toBe('rules.csv');
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(3);
    const json = await catalog.saved('Export', /^All .* as JSON/);
    expect(JSON.parse(json.text)).toHaveLength(9);
    expect(JSON.parse(json.text)[0]).toMatchObject({ vendor: 'sigma', techniques: expect.arrayContaining(['T1049']) });
    await page.getByRole('link', { name: 'Compare the two' }).click();
    await expect(page.locator('#beside-rule')).toContainText('The other');
  });

  test('are accessible', async ({ catalog, page }) => {
    await catalog.open('/rules');
    await expect(page.getByRole('grid', { name: 'Rules' }).getByRole('row').nth(5)).toBeVisible();
    await catalog.isAccessible();
  });
});
