import AxeBuilder from '@axe-core/playwright';
import { expect, RULE, test } from './workbench.page';

const EVENTS = [
  { EventID: 1, Image: 'C:\\Windows\\System32\\NETSTAT.EXE', CommandLine: 'netstat -ano', ParentImage: 'C:\\Windows\\explorer.exe' },
  { EventID: 1, Image: 'C:\\Windows\\System32\\net.exe', CommandLine: 'net use', ParentImage: 'C:\\Program Files\\Agent\\a.exe' },
  { EventID: 1, Image: 'C:\\Windows\\System32\\whoami.exe', CommandLine: 'whoami', ParentImage: 'C:\\Windows\\explorer.exe' },
]
  .map((event) => JSON.stringify(event))
  .join('\n');

test.describe('samples', () => {
  test('are judged, explained, and judged again as the rule is mended; nothing leaves', async ({ workbench, page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await workbench.open();
    const own = new URL(page.url()).origin;
    await workbench.newDraft(RULE);
    const panel = await workbench.openTab('Samples');
    await panel.getByLabel('Events as text').fill(EVENTS);
    await panel.getByRole('button', { name: 'Judge these events' }).click();
    await expect(panel.getByText('1 of 3 samples match')).toBeVisible();

    const row = panel.getByRole('row', { name: /whoami/ });
    await row.click();
    await expect(panel.getByText(/Fails only at/)).toContainText('selection_list or selection_net');
    await expect(row).toContainText('selection_list or selection_net');
    await page.keyboard.press('Enter');
    const sample = panel.getByRole('region', { name: 'Sample 3' });
    await expect(sample.getByRole('table', { name: 'Fields' })).toContainText('whoami.exe');
    await expect(sample.getByRole('row', { name: /^not true selection_net all of/ })).toBeVisible();
    await expect(sample.getByRole('row', { name: /^not true Image \w+ \\net\.exe/ })).toContainText('whoami.exe');
    const { violations } = await new AxeBuilder({ page }).include('.samples').analyze();
    expect(violations).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(row).toBeFocused();

    await workbench.replaceText(RULE.replace("'\\nbtstat.exe'", "'\\whoami.exe'"));
    await expect(panel.getByRole('button', { name: /^Match 2/ })).toBeVisible();
    await panel.getByRole('button', { name: /^Match 2/ }).click();
    await expect(panel.getByRole('row', { name: /whoami/ })).toContainText('matches');
    expect([...new Set(asked)]).toEqual([own]);
  });

  test('that fail in one place say which edit would make them match, and make it as one step', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(
      "title: Task\nlogsource:\n    category: process_creation\n    product: windows\ndetection:\n    selection:\n        CommandLine|contains: ' /create '\n    condition: selection\n",
    );
    const panel = await workbench.openTab('Samples');
    await panel.getByLabel('Events as text').fill('{"EventID": 1, "CommandLine": "schtasks -create -tn x"}\n{"EventID": 1, "CommandLine": "schtasks /query"}');
    await panel.getByRole('button', { name: 'Judge these events' }).click();
    await panel.getByRole('row', { name: /-create/ }).click();
    await expect(panel.getByText(/no other verdict changes/)).toBeVisible();
    await panel.getByRole('button', { name: 'Add |windash' }).click();
    await expect(panel.getByRole('row', { name: /-create/ })).toContainText('matches');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(panel.getByRole('row', { name: /-create/ })).toContainText('does not');
  });

  test('that are no events are told so', async ({ workbench }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const panel = await workbench.openTab('Samples');
    await panel.getByLabel('Events as text').fill('{"a": 1}\n{"b": \n{"c": 3}');
    await panel.getByRole('button', { name: 'Judge these events' }).click();
    await expect(panel.getByText(/could not be read/)).toBeVisible();
    await expect(panel.getByText('0 of 2 samples match')).toBeVisible();
  });

  test('under a rule with a part that is not covered have no verdict: the part is named, with its place', async ({ workbench }) => {
    await workbench.open();
    await workbench.newDraft('DeviceProcessEvents\n| where FileName endswith ".exe"\n| evaluate autocluster()\n', 'Kusto');
    const panel = await workbench.openTab('Samples');
    await panel.getByLabel('Events as text').fill('{"FileName": "a.exe"}\n{"FileName": "b.dll"}');
    await panel.getByRole('button', { name: 'Judge these events' }).click();
    await expect(panel.getByText(/This draft cannot be judged here: .*autocluster.*No verdict is guessed/)).toBeVisible();
    await expect(panel.getByRole('row', { name: /a\.exe/ })).toContainText('not judged');
    await panel.getByRole('button', { name: 'line 3' }).click();
    await expect(workbench.status).toContainText('Ln 3');
  });

  test('are counted through the stages of a pipeline, and shown behind each', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft('DeviceProcessEvents\n| where FileName endswith ".exe"\n| where ProcessCommandLine has "use"\n', 'Kusto');
    const panel = await workbench.openTab('Samples');
    await panel
      .getByLabel('Events as text')
      .fill(
        ['net use', 'net view', 'quiet']
          .map((line, at) => JSON.stringify({ FileName: at === 2 ? 'a.dll' : 'net.exe', ProcessCommandLine: line, Timestamp: `2026-10-01T0${at}:00:00Z` }))
          .join('\n'),
      );
    await panel.getByRole('button', { name: 'Judge these events' }).click();
    await expect(panel.getByText('1 result row of 3 samples')).toBeVisible();
    await expect(panel.getByRole('heading', { name: '1 result row', exact: true })).toBeVisible();
    const stages = await workbench.openTab('Stages');
    const rows = stages.getByRole('grid', { name: 'Stages of this draft' }).getByRole('row');
    await expect(rows.nth(2)).toContainText(/3\s*2$/);
    await expect(rows.nth(3)).toContainText(/2\s*1$/);
    await rows.nth(2).click();
    const after = stages.getByRole('region', { name: 'After stage 2' });
    await expect(after).toContainText('2 rows of 3');
    const view = after.getByRole('grid', { name: 'Rows after stage 2' }).getByRole('row').nth(2);
    await expect(view).toContainText('net view');
    await expect(rows.nth(2)).toHaveClass(/is-lit/);
    await view.click();
    await expect(view).toHaveClass(/is-lit/);
    await expect(after.getByText(/the chosen row's part has 1$/)).toBeVisible();
    await expect(after.locator('svg.strip g.is-lit')).toHaveCount(1);
    await after.locator('svg.strip g').first().click();
    await expect(after.getByRole('row', { name: /net use/ })).toHaveClass(/is-lit/);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await after.getByRole('button', { name: 'Copy as CSV' }).click();
    await expect(page.getByText('2 rows copied.')).toBeVisible();
    const csv = await page.evaluate(() => navigator.clipboard.readText());
    expect(csv.split(/\r?\n/)).toEqual([
      'FileName,ProcessCommandLine,Timestamp',
      expect.stringMatching(/^net.exe,net use,2026/),
      expect.stringMatching(/^net.exe,net view,/),
      '',
    ]);
    await workbench.openTab('Samples');
    await workbench.openTab('Stages');
    await expect(after).toContainText('2 rows of 3');
    await workbench.replaceText('DeviceProcessEvents\n| where ProcessCommandLine has "use"\n');
    await expect(after).toContainText('1 row of 3');
    await expect(page.getByText(/^3 samples judged in [\d.]+ ms$/)).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('.stagepair').analyze();
    expect(violations).toEqual([]);
  });
});
