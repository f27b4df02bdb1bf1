import { expect, test } from './catalog.page';
import { RULE } from './workbench.page';

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

  test('are asked for in a language that is explained, and whose slips are said with what was meant', async ({ catalog, page }) => {
    await catalog.open('/rules');
    await page.getByRole('button', { name: 'How to search' }).click();
    await page.getByRole('region', { name: 'How to search' }).getByRole('button', { name: 'technique:T1049' }).click();
    const search = page.getByRole('searchbox', { name: 'Search rules' });
    await expect(search).toHaveValue('technique:T1049');
    await expect(search).toBeFocused();
    await catalog.searchRules('techniqe:T1049 vendor:sigma');
    await expect(catalog.main.getByText('there is no key “techniqe:”')).toBeVisible();
    await page.getByRole('button', { name: 'Use technique:T1049' }).click();
    await expect(search).toHaveValue('technique:T1049 vendor:sigma');
    await expect(catalog.main.locator('output').first()).toHaveText('9 rules');
    await expect(catalog.main.getByText('there is no key')).toHaveCount(0);
  });

  test('show the columns that were chosen, the next time too', async ({ catalog, page }) => {
    await catalog.open('/rules');
    const head = page.getByRole('grid', { name: 'Rules' }).getByRole('columnheader', { name: 'Status' });
    await expect(page.getByRole('grid', { name: 'Rules' }).getByRole('columnheader', { name: 'Kind' })).toBeVisible();
    await expect(head).toHaveCount(0);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitem', { name: 'Status' }).click();
    await expect(head).toBeVisible();
    await page.reload();
    await expect(head).toBeVisible();
  });

  test('are reached to the last by keyboard, and opened', async ({ catalog, page }) => {
    await catalog.open('/rules');
    await expect(page.getByRole('grid', { name: 'Rules' }).getByRole('row').nth(5)).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    const said = (await catalog.main.locator('output').first().textContent())!.replace(/(?<=\d),(?=\d)/g, '');
    const total = said.match(/\d+/g)!.reduce((sum, one) => sum + Number(one), 0);
    await expect(page.locator(`tr[aria-rowindex="${total}"]`)).toBeFocused();
    await page.keyboard.press('Home');
    await expect(page.locator('tr[aria-rowindex="1"]')).toBeFocused();
    const title = await page.locator('tr[aria-rowindex="1"] th').textContent();
    await page.keyboard.press('Enter');
    await expect(catalog.main.getByRole('heading', { level: 1 })).toContainText(title!.trim());
  });

  test('are opened as drafts from the list, which says so where the text cannot be had', async ({ catalog, workbench, page }) => {
    let status = 404;
    const text = 'title: A stand-in\nlogsource:\n  category: process_creation\ndetection:\n  a:\n    Image: x\n  condition: a\n';
    await page.route('https://raw.githubusercontent.com/**', (route) => route.fulfill({ status, body: text, headers: { 'access-control-allow-origin': '*' } }));
    await catalog.open('/rules/q/technique%3AT1049%20vendor%3Asigma');
    await expect(catalog.main.locator('output').first()).toHaveText('9 rules');
    await page.locator('tr[aria-rowindex="2"] td').last().click();
    const open = page.getByRole('button', { name: 'Open as draft' });
    await open.click();
    await expect(page.getByText(/No draft was opened, .* no longer holds the file/)).toBeVisible();
    status = 200;
    await open.click();
    await workbench.isReady();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('A stand-in');
  });

  test('are accessible', async ({ catalog, page }) => {
    await catalog.open('/rules');
    await expect(page.getByRole('grid', { name: 'Rules' }).getByRole('row').nth(5)).toBeVisible();
    await page.getByRole('button', { name: 'How to search' }).click();
    await catalog.searchRules('vendor:elastik sort:nope');
    await expect(catalog.main.getByText('meets no rule')).toBeVisible();
    await catalog.isAccessible();
    await catalog.searchRules('vendor:elastic');
    await expect(page.getByRole('grid', { name: 'Rules' }).getByRole('row').nth(5)).toBeVisible();
    await catalog.isAccessible();
  });

  test('tell what is new since the last visit, of the drafts techniques first, until it is seen', async ({ catalog, workbench, page }) => {
    const manifest = await (await page.request.get('/catalog/manifest.json')).json();
    const rule = (title: string, technique: string) => ({ source: 'sigma', key: title, title, vendor: 'sigma', techniques: [technique] });
    const build = {
      id: manifest.files.facts.sha256,
      date: '2026-11-03',
      rules: 10,
      sources: [{ source: 'sigma', added: 2, changed: 1, gone: 0 }],
      techniques: [['T1049', 40, 41]],
      added: [rule('A rule of something else', 'T1003'), rule('Sockets Listed By A New Tool', 'T1049')],
      changed: [],
      gone: [],
    };
    await page.route('**/catalog/changes.json', (route) => route.fulfill({ json: { format: 'rulewright-changes', builds: [build] } }));
    await page.addInitScript(() => localStorage.getItem('rulewright.corpus-seen') ?? localStorage.setItem('rulewright.corpus-seen', 'an older one'));
    await workbench.open();
    await workbench.newDraft(RULE);
    await catalog.open('/rules');
    await expect(catalog.main.getByText(/New in the corpus since 2026-11-03: 2 rules, 1 of them of your drafts' techniques; 1 changed/)).toBeVisible();
    await page.getByRole('button', { name: 'Show them' }).click();
    const dialog = page.getByRole('dialog', { name: 'New in the corpus' });
    await expect(dialog.getByRole('grid', { name: /Of your drafts' techniques/ })).toContainText('Sockets Listed By A New Tool');
    await expect(dialog.getByRole('grid', { name: /Others/ })).toContainText('A rule of something else');
    await expect(dialog.getByRole('grid', { name: /Techniques that gained/ })).toContainText('T1049');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Seen' }).click();
    await page.reload();
    await expect(catalog.main.getByRole('row').nth(1)).toBeVisible();
    await expect(catalog.main.getByText(/New in the corpus/)).toHaveCount(0);
  });
});
