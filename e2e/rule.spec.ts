import type { Page } from '@playwright/test';
import { expect, test } from './catalog.page';

const HOST = 'https://raw.githubusercontent.com/**';
/** An Elastic rule of the bundled catalog; what the stand-in for the public host answers is our own text with its facts. */
const PLACE = '/rule/elastic/e2dc8f8c-5f16-42fa-b49e-0eb8057f7444';
const textWith = (query: string): string => `[metadata]
maturity = "production"

[rule]
author = ["Someone"]
language = "kuery"
name = "A stand-in"
rule_id = "e2dc8f8c-5f16-42fa-b49e-0eb8057f7444"
type = "query"
query = '''
${query}
'''
`;

const answering = (page: Page, status: number, body: string) =>
  page.route(HOST, (route) => route.fulfill({ status, body, headers: { 'access-control-allow-origin': '*' } }));

test.describe('a rule', () => {
  test('says all that the catalog knows of it without a request to anyone', async ({ catalog, page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).host));
    await catalog.open(PLACE);
    for (const [name, value] of [
      ['Status', 'production'],
      ['Kind', 'building block (feeds higher-level correlation rules; not a standalone alert)'],
      ['Severity', 'low'],
      ['Time window', '119m'],
      ['Group by', 'host.id, process.command_line, process.parent.executable'],
      ['Author', 'Elastic'],
      ['Source', 'github.com/elastic/detection-rules'],
      ['Discovery', 'T1049 System Network Connections Discovery'],
    ])
      await expect(catalog.main.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd[1]')).toContainText(value!);
    const exclusions = catalog.main.locator('#exclusions').getByRole('row');
    await expect(exclusions).toHaveCount(6);
    await expect(exclusions.nth(5)).toContainText('/opt/microsoft/mdatp/sbin, /usr/lib/check_mk_agent/plugins, /var/ossec');
    await expect(catalog.main.locator('#indicators')).toContainText('networksetup');
    await expect(catalog.main.locator('#indicators')).not.toContainText('host.os.type');
    expect(new Set(asked)).toEqual(new Set([new URL(page.url()).host]));
  });

  test('is read from its public source when asked, analysed, and opened as a draft', async ({ catalog, workbench, page }) => {
    await answering(page, 200, textWith('process.name:"ss" and event.type:start'));
    await catalog.open(PLACE);
    await page.getByRole('button', { name: 'Show the text' }).click();
    await expect(page.getByRole('article', { name: 'Stage 1: query' })).toContainText('process.name:"ss"');
    await expect(page.getByRole('textbox', { name: "The rule's whole file" })).toBeAttached();
    // Our stand-in says less than the catalog's rule: the page says so.
    await expect(catalog.main.getByText(/is not the one this catalog was made from/)).toBeVisible();
    await page.getByRole('button', { name: 'Open as draft' }).click();
    await workbench.isReady();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('A stand-in');
  });

  for (const [what, stand, says] of [
    ['gone', (page: Page) => answering(page, 404, 'Not found'), /no longer holds the file/],
    ['refused', (page: Page) => answering(page, 403, 'No'), /answered with 403/],
    ['failing', (page: Page) => answering(page, 503, 'Later'), /answered with 503/],
    ['of another kind', (page: Page) => answering(page, 200, 'a'.repeat(1_000_001)), /answered with more than a rule/],
    ['without an answer', (page: Page) => page.route(HOST, (route) => route.abort()), /did not answer/],
  ] as const) {
    test(`whose source is ${what} says so and keeps its facts`, async ({ catalog, page }) => {
      await stand(page);
      await catalog.open(PLACE);
      await page.getByRole('button', { name: 'Show the text' }).click();
      await expect(catalog.main.getByText(says)).toBeVisible();
      await expect(catalog.main.locator('#indicators')).toContainText('networksetup');
      await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible();
    });
  }

  test('offline says so and keeps its facts', async ({ catalog, page, context }) => {
    await catalog.open(PLACE);
    await expect(catalog.main.locator('#indicators')).toContainText('networksetup');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Show the text' }).click();
    await expect(catalog.main.getByText(/You are offline/)).toBeVisible();
    await context.setOffline(false);
  });

  test('that the catalog does not have says so', async ({ catalog, page }) => {
    await page.goto('/#/rule/sigma/no-such-id');
    await expect(catalog.main.getByText('No such rule')).toBeVisible();
  });

  test('that is compared with one the catalog does not have says so and is shown', async ({ catalog, page }) => {
    await catalog.open(`${PLACE}/with/splunk/no-such-id`);
    await expect(catalog.main.getByText(/no rule that splunk calls no-such-id/)).toBeVisible();
    await expect(catalog.main.locator('#indicators')).toContainText('networksetup');
    await expect(page.locator('#beside-rule')).toHaveCount(0);
  });

  test('is read and walked without a mouse: from a value to the rules behind it', async ({ catalog, page }) => {
    await answering(page, 200, textWith('process.name:"ss" and event.type:start'));
    await catalog.open(PLACE);
    await page.getByRole('button', { name: 'Show the text' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('article', { name: 'Stage 1: query' })).toBeVisible();
    const row = catalog.main.locator('#indicators tr[data-row]').filter({ hasText: 'networksetup' });
    await row.focus();
    await page.keyboard.press('Enter');
    const link = catalog.main.locator('#indicators .rulelines a').first();
    await expect(link).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await expect(link).toBeFocused();
    const title = await link.textContent();
    await page.keyboard.press('Enter');
    await expect(catalog.main.getByRole('heading', { level: 1 })).toContainText(title!);
  });

  test('is accessible with its text', async ({ catalog, page }) => {
    await answering(page, 200, textWith('process.name:"ss" and event.type:start'));
    await catalog.open(PLACE);
    await page.getByRole('button', { name: 'Show the text' }).click();
    await expect(page.getByRole('textbox', { name: "The rule's whole file" })).toBeAttached();
    await catalog.isAccessible();
  });

  test('is accessible', async ({ catalog }) => {
    await catalog.open(PLACE);
    await expect(catalog.main.locator('#indicators')).toBeVisible();
    await catalog.isAccessible();
  });
});
