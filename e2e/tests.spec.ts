import AxeBuilder from '@axe-core/playwright';
import { expect, RULE, test, WorkbenchPage } from './workbench.page';

const linkOf = (page: WorkbenchPage['page']) => page.evaluate(() => navigator.clipboard.readText());

test.describe('tests kept with a draft', () => {
  test('an example event is made and kept, lasts, and fails when the rule is broken', async ({ workbench, page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await workbench.open();
    const own = new URL(page.url()).origin;
    await workbench.newDraft(RULE);
    const panel = await workbench.openTab('Samples');
    await panel.getByRole('button', { name: 'Make an example event' }).click();
    await expect(panel.getByText('Made one event that matches and 2 near misses')).toBeVisible();
    await expect(panel.getByRole('row', { name: /made to match/ })).toContainText('matches');
    await expect(panel.getByRole('row', { name: /near miss/ }).first()).toContainText('does not');

    await panel.getByRole('button', { name: 'Keep them as tests' }).click();
    await expect(workbench.status).toContainText('3 of 3 tests hold');
    await panel.getByRole('button', { name: /^Tests 3/ }).click();
    await expect(panel.getByRole('grid', { name: 'Tests' }).getByRole('row', { name: /must not match/ })).toHaveCount(2);
    const { violations } = await new AxeBuilder({ page }).include('.tests').analyze();
    expect(violations).toEqual([]);

    await expect(workbench.status).toContainText('saved');
    await page.reload();
    await workbench.isReady();
    await expect(workbench.status).toContainText('3 of 3 tests hold');

    await workbench.replaceText(RULE.replaceAll('.exe', '.com'));
    await expect(workbench.status).toContainText('2 of 3 tests hold');
    await workbench.status.getByRole('button', { name: /tests hold/ }).click();
    await expect(panel.getByRole('row', { name: /^fails/ })).toContainText('0 of 1 events match');
    await workbench.replaceText(RULE);
    await expect(workbench.status).toContainText('3 of 3 tests hold');
    expect([...new Set(asked)]).toEqual([own]);
  });

  test('a sample is kept by a key, turned, and taken away with a way back', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const panel = await workbench.openTab('Samples');
    await panel.getByLabel('Events as text').fill('{"Image": "C:\\\\Windows\\\\whoami.exe"}');
    await panel.getByRole('button', { name: 'Judge these events' }).click();
    await panel.getByRole('row', { name: /whoami/ }).click();
    await page.keyboard.press('n');
    await expect(workbench.status).toContainText('1 of 1 test holds');
    await expect(panel.getByRole('row', { name: /whoami/ })).toContainText('must not');
    await panel.getByRole('button', { name: /^Tests 1/ }).click();
    const tests = panel.getByRole('grid', { name: 'Tests' });
    await tests.getByRole('button', { name: /^Actions for the test/ }).click();
    await page.getByRole('menuitem', { name: 'Must match instead' }).click();
    await expect(workbench.status).toContainText('0 of 1 test holds');
    await tests.getByRole('button', { name: /^Actions for the test/ }).click();
    await page.getByRole('menuitem', { name: 'Take it away' }).click();
    await expect(tests).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(tests).toHaveCount(1);
  });

  test('events go into a link only where that is ticked', async ({ workbench, page, browser }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const panel = await workbench.openTab('Samples');
    await panel.getByRole('button', { name: 'Make an example event' }).click();
    await panel.getByRole('button', { name: 'Keep them as tests' }).click();
    await expect(workbench.status).toContainText('tests hold');

    await page.getByRole('button', { name: /^Share/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Share this draft' });
    await dialog.getByRole('button', { name: 'Copy the link' }).click();
    await expect.poll(() => linkOf(page)).toContain('#/d/v1/sigma/');

    await page.getByRole('button', { name: /^Share/ }).click();
    await dialog.getByRole('checkbox', { name: /Put its 3 tests in too/ }).check();
    await expect(dialog.getByText(/characters more/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Copy the link' }).click();
    await expect.poll(() => linkOf(page)).toContain('#/d/v2/sigma/');
    const link = await linkOf(page);

    const context = await browser.newContext();
    const reader = new WorkbenchPage(await context.newPage());
    await reader.page.goto(link);
    await reader.isReady();
    await expect(reader.status).toContainText('3 of 3 tests hold');
    await context.close();
  });

  test('an example shows the events that ship with it; keeping one makes it a draft', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.drafts.getByRole('button', { name: /Failed logons/ }).click();
    const panel = await workbench.openTab('Samples');
    await expect(panel.getByText('Sample events that come with this example')).toBeVisible();
    await expect(panel.getByText(/of 12 samples match/)).toBeVisible();
    await panel
      .getByRole('row', { name: /matches/ })
      .first()
      .click();
    await page.keyboard.press('m');
    await expect(workbench.status).toContainText('1 of 1 test holds');
    await expect(page.getByText(/example is now one of your drafts/)).toBeVisible();
    await workbench.newDraft(RULE);
    await expect(panel.getByLabel('Events as text')).toBeVisible();
  });

  test('tests come from files: our own, and folders of regression data', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    await expect(workbench.status).toContainText('saved');
    const info = `rule_metadata:\n  - id: 5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11\nregression_tests_info:\n  - name: Seen in a lab\n    type: json\n    match_count: 1\n    path: regression_data/rules/x/a.json\n`;
    await page.evaluate(
      (texts) => {
        const data = new DataTransfer();
        for (const [name, text] of Object.entries(texts)) data.items.add(new File([text], name));
        document.querySelector('.screen')!.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: data }));
      },
      {
        'info.yml': info,
        'a.json': '{"Image": "C:\\\\Windows\\\\System32\\\\netstat.exe"}',
        'x.test.json': '{"rule": "x.yml", "match": [], "noMatch": [{"Image": "C:\\\\a.exe"}]}',
      },
    );
    await expect(workbench.status).toContainText('2 of 2 tests hold');
    const panel = await workbench.openTab('Samples');
    await expect(panel.getByRole('row', { name: /Seen in a lab/ })).toContainText('must match');
  });
});
