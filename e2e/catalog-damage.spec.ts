import { type Host, startHost } from './host';
import { expect, RULE, test } from './workbench.page';

let host: Host;
test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.close());

// A catalog that cannot be used says what happened and what to do; the editor goes on without corpus figures.
for (const [what, change] of [
  ['missing', () => null],
  ['truncated', (body: Buffer) => body.subarray(0, body.length >> 1)],
  [
    'changed',
    (body: Buffer) => {
      body.writeUInt8(body.readUInt8(body.length >> 1) ^ 0xff, body.length >> 1);
      return body;
    },
  ],
] as const) {
  test(`a ${what} catalog leaves the editor working`, async ({ workbench, page }) => {
    host.damage({ path: /\/catalog\/.*\.bin$/, change });
    await page.goto(host.address);
    await workbench.isReady();
    await workbench.newDraft(RULE);
    await expect(workbench.guide.getByText(/catalog/i).first()).toBeVisible();
    const retry = workbench.guide.getByRole('button', { name: 'Retry' });
    await expect(retry).toBeVisible();
    const indicators = await workbench.openTab('Indicators');
    await expect(indicators).toContainText('\\netstat.exe');
    host.damage(null);
    await retry.click();
    await expect(workbench.guide).toContainText('Fields filtered most');
  });
}
