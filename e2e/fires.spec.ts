import AxeBuilder from '@axe-core/playwright';
import { usualEvent, type Tree, writeChunk, writeEvtx } from '../test/support/evtx';
import { expect, test } from './workbench.page';

const MARKER = 'zqxjkvbnmarker';
const data = (fields: Readonly<Record<string, string>>): Tree => ({
  name: 'EventData',
  content: Object.entries(fields).map(([name, value]): Tree => ({ name: 'Data', attributes: { Name: [name] }, content: [value] })),
});
const layout = { templates: 'inline', names: 'inline' } as const;
const sysmon = 'Microsoft-Windows-Sysmon/Operational';
/** Two events of started processes, one of which many rules look for, and one that nobody does. */
const log = writeEvtx([
  writeChunk(
    [
      usualEvent(
        sysmon,
        1,
        data({
          Image: 'C:\\Windows\\System32\\whoami.exe',
          OriginalFileName: 'whoami.exe',
          CommandLine: `whoami /priv ${MARKER}`,
          ParentImage: 'C:\\Windows\\System32\\cmd.exe',
          User: 'A\\b',
        }),
      ),
      usualEvent(
        sysmon,
        1,
        data({ Image: 'C:\\Program Files\\Quiet\\quiet.exe', CommandLine: 'quiet.exe', ParentImage: 'C:\\Windows\\explorer.exe', User: 'A\\b' }),
      ),
    ],
    layout,
  ),
]);

test.describe('what fires here', () => {
  // Making 8,000 rules ready takes its time on a slow machine.
  test.setTimeout(240_000);

  test('runs every rule over a log, says why, leads to the rule; nothing leaves', async ({ page, context, workbench, baseURL }) => {
    const sent: { readonly url: string; readonly body: string }[] = [];
    context.on('request', (request) => sent.push({ url: request.url(), body: request.postData() ?? '' }));
    page.on('websocket', (socket) => sent.push({ url: socket.url(), body: '' }));
    void workbench;
    await page.goto('/#/fires');
    await page.locator('input[type=file]').setInputFiles({ name: 'one.evtx', mimeType: 'application/octet-stream', buffer: Buffer.from(log) });
    await expect(page.getByText(/^2 events of one\.evtx \(Windows event log/)).toBeVisible({ timeout: 150_000 });

    const list = page.getByRole('grid', { name: 'Rules that fired' });
    const row = list.getByRole('row', { name: /Security Privileges Enumeration Via Whoami/i });
    await row.getByRole('button').click();
    const rule = page.getByRole('complementary', { name: 'The chosen rule' });
    await expect(rule.getByRole('heading', { level: 2 })).toContainText(/Whoami/i);
    const reason = rule.getByRole('table', { name: 'Reason' });
    await expect(reason.getByRole('row', { name: /^true CommandLine contains .*priv/ })).toContainText(`whoami /priv ${MARKER}`);
    await expect(rule.getByRole('grid', { name: 'Events of the rule' }).getByRole('row')).toHaveCount(2);

    await page.getByRole('navigation', { name: 'Narrow what fired' }).getByRole('button', { name: /^high/ }).click();
    await expect(list.getByRole('row', { name: /medium/ })).toHaveCount(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
    }

    await rule.getByRole('link', { name: 'Open rule' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/Whoami/i);
    await page.goBack();
    await expect(list).toBeVisible();

    const origin = new URL(baseURL ?? '').origin;
    expect(sent.map(({ url }) => url).filter((url) => !/^(data|blob):/.test(url) && new URL(url).origin !== origin)).toEqual([]);
    for (const { url, body } of sent) {
      expect(url + body).not.toContain(MARKER);
      expect(body).toBe('');
    }
  });

  test('takes pasted events, and says what was not judged', async ({ page, workbench }) => {
    void workbench;
    await page.goto('/#/fires');
    await page.getByLabel('Events as text').fill('{"EventID": 1, "Nothing": "here"}');
    await page.getByRole('button', { name: 'Run all rules on these events' }).click();
    await expect(page.getByText('No rule fired')).toBeVisible({ timeout: 150_000 });
    const rail = page.getByRole('navigation', { name: 'Narrow what fired' });
    await expect(rail.getByText('need several events')).toBeVisible();
    await page.getByRole('button', { name: 'Close these logs' }).click();
    await expect(page.getByLabel('Events as text')).toBeVisible();
  });

  test('opens a rule that fired as a draft, its events as samples', async ({ page, workbench }) => {
    void workbench;
    const text =
      "title: Any\nlogsource:\n    product: windows\n    category: process_creation\ndetection:\n    selection:\n        CommandLine|contains: 'whoami'\n    condition: selection\n";
    await page.route('https://raw.githubusercontent.com/**', (route) =>
      route.fulfill({ status: 200, body: text, headers: { 'access-control-allow-origin': '*' } }),
    );
    await page.goto('/#/fires');
    const event = {
      Channel: sysmon,
      EventID: 1,
      Image: 'C:\\Windows\\System32\\whoami.exe',
      OriginalFileName: 'whoami.exe',
      CommandLine: 'whoami /priv',
      ParentImage: 'C:\\Windows\\System32\\cmd.exe',
    };
    await page.getByLabel('Events as text').fill(JSON.stringify(event));
    await page.getByRole('button', { name: 'Run all rules on these events' }).click();
    const row = page.getByRole('grid', { name: 'Rules that fired' }).getByRole('row', { name: /Security Privileges Enumeration Via Whoami/i });
    await row.getByRole('button').click({ timeout: 150_000 });
    await page.getByRole('complementary', { name: 'The chosen rule' }).getByRole('button', { name: 'Open as draft' }).click();
    await expect(page.getByRole('tab', { name: /^Samples/ })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tabpanel').getByText('whoami /priv')).toBeVisible();
  });
});
