import { expect, RULE, test } from './workbench.page';

// A catalog that cannot be used says what happened and what to do; the editor goes on without corpus figures.
for (const [what, damage] of [
  ['missing', async (route) => await route.fulfill({ status: 404, body: 'Not found' })],
  [
    'truncated',
    async (route) => {
      const body = await (await route.fetch()).body();
      await route.fulfill({ body: body.subarray(0, body.length >> 1) });
    },
  ],
  [
    'changed',
    async (route) => {
      const body = Buffer.from(await (await route.fetch()).body());
      body.writeUInt8(body.readUInt8(body.length >> 1) ^ 0xff, body.length >> 1);
      await route.fulfill({ body });
    },
  ],
] as const satisfies readonly (readonly [string, (route: import('@playwright/test').Route) => Promise<void>])[]) {
  test(`a ${what} catalog leaves the editor working`, async ({ workbench, page }) => {
    await page.route('**/catalog/*.bin', damage);
    await workbench.open();
    await workbench.newDraft(RULE);
    await expect(workbench.guide.getByText(/catalog/i).first()).toBeVisible();
    await expect(workbench.guide.getByRole('button', { name: 'Retry' })).toBeVisible();
    const indicators = await workbench.openTab('Indicators');
    await expect(indicators).toContainText('\\netstat.exe');
    await page.unroute('**/catalog/*.bin');
    await workbench.guide.getByRole('button', { name: 'Retry' }).click();
    await expect(workbench.guide).toContainText('Fields filtered most');
  });
}
