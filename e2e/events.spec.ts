import { expect, test } from './catalog.page';

test.describe('events', () => {
  test('are found and filtered, and lead to their rules and back', async ({ catalog, page }) => {
    await catalog.open('/events');
    const rows = page.getByRole('grid', { name: 'Events' }).getByRole('row');
    const search = page.getByRole('searchbox', { name: 'Search events' });
    await search.fill('Security-Auditing 4688');
    await expect(rows.nth(1)).toContainText('A new process has been created.');
    await rows.nth(1).getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('4688');
    await expect(catalog.main).toContainText('Sysmon 1');
    await catalog.main.locator('#rules').getByRole('listitem').getByRole('link').first().click();
    await expect(catalog.main.getByRole('heading', { name: 'Metadata' })).toBeVisible();
    await page.goBack();
    // The list of rules has as many as the page says.
    const said = /[\d,]+ rules/.exec((await catalog.main.locator('#rules').textContent())!)![0];
    await catalog.main.getByRole('link', { name: 'In the list of rules' }).click();
    await expect(catalog.main.locator('output').first()).toHaveText(said);
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('4688');
    await page.goBack();
    await expect(search).toHaveValue('Security-Auditing 4688');
  });

  test('searched and left at once are found as they were left', async ({ catalog, page }) => {
    await catalog.open('/events');
    const rows = page.getByRole('grid', { name: 'Events' }).getByRole('row');
    await expect(rows.nth(1)).toBeVisible();
    const search = page.getByRole('searchbox', { name: 'Search events' });
    await search.fill('Security-Auditing 4688');
    await expect(rows.nth(1)).toContainText('A new process has been created.');
    await rows.nth(1).getByRole('link').dispatchEvent('click');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('4688');
    await page.goBack();
    await expect(search).toHaveValue('Security-Auditing 4688');
  });

  test('are narrowed by provider and vendor, and the address holds the search', async ({ catalog, page }) => {
    await catalog.open('/events');
    const rail = page.getByRole('navigation', { name: 'Narrow the events' });
    const rows = page.getByRole('grid', { name: 'Events' }).getByRole('row');
    const provider = rail.getByRole('button', { name: /^AWS CloudTrail/ });
    await provider.click();
    await expect(provider).toHaveAttribute('aria-pressed', 'true');
    await rail.getByRole('button', { name: /Kusto/ }).click();
    await expect(page.getByRole('searchbox')).toHaveValue('provider:"AWS CloudTrail" vendor:kusto');
    await expect(rows.nth(1)).toContainText('AWS CloudTrail');
    await expect(page).toHaveURL(/#\/events\/q\/.*vendor/);
    const count = await catalog.main.locator('output').textContent();
    await page.reload();
    await expect(page.getByRole('searchbox')).toHaveValue('provider:"AWS CloudTrail" vendor:kusto');
    await expect(catalog.main.locator('output')).toHaveText(count!);
    await page.getByRole('link', { name: 'All about AWS CloudTrail' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('AWS CloudTrail');
    await expect(catalog.main).toContainText(/\d+ events, read by [\d,]+ rules/);
    await expect(page.getByRole('grid', { name: 'Events of AWS CloudTrail' }).getByRole('row').nth(1)).toBeVisible();
  });

  test('are ordered by their heads and walked by keyboard', async ({ catalog, page }) => {
    await catalog.open('/events');
    const grid = page.getByRole('grid', { name: 'Events' });
    await expect(grid.getByRole('row').nth(3)).toBeVisible();
    const head = grid.getByRole('columnheader', { name: /^Event/ });
    await head.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect(head).toHaveAttribute('aria-sort', 'ascending');
    await expect(page.getByRole('searchbox')).toHaveValue('sort:id');
    await page.keyboard.press('Enter');
    await expect(head).toHaveAttribute('aria-sort', 'descending');
    await page.keyboard.press('/');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('provider:Sysmon sort:-rules');
    await expect(grid.getByRole('row').nth(1)).toContainText('Process creation');
    await page.keyboard.press('ArrowDown');
    await expect(grid.getByRole('row').nth(1)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(grid.getByRole('row').nth(2)).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Sysmon 1');
  });

  test('have titles to be read beside the rail of a small window', async ({ catalog, page }) => {
    await page.setViewportSize({ width: 1024, height: 768 });
    await catalog.open('/events');
    const titled = page.getByRole('row', { name: /A new process has been created/ });
    await expect(titled).toBeVisible();
    // Two lines at the most.
    await expect.poll(async () => (await titled.boundingBox())?.height ?? Infinity).toBeLessThan(50);
  });

  test('that are not there are said not to be', async ({ catalog, page }) => {
    await catalog.open('/events/q/provider%3ANobody%20%2525zz');
    await expect(page.getByText('No event is found')).toBeVisible();
    await expect(page.getByRole('searchbox')).toHaveValue('provider:Nobody %zz');
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await expect(page.getByRole('grid', { name: 'Events' }).getByRole('row').nth(1)).toBeVisible();
    await catalog.open('/events/Nobody/');
    await expect(page.getByText('No such provider')).toBeVisible();
    // The cleared search, which goes into the address when typing pauses, leads nobody back.
    await page.waitForTimeout(500);
    await expect(page.getByText('No such provider')).toBeVisible();
    await catalog.open('/events/Sysmon/4711');
    await expect(page.getByText('No rule reads Sysmon 4711')).toBeVisible();
  });

  test('are accessible', async ({ catalog, page }) => {
    await catalog.open('/events');
    await expect(page.getByRole('grid', { name: 'Events' }).getByRole('row').nth(3)).toBeVisible();
    await catalog.isAccessible();
    await catalog.open('/events/AWS%20CloudTrail/');
    await expect(page.getByRole('grid').getByRole('row').nth(3)).toBeVisible();
    await catalog.isAccessible();
    await catalog.open('/events/AWS%20CloudTrail/CreateUser');
    await expect(catalog.main).toContainText('CreateUser');
    await catalog.isAccessible();
  });
});
