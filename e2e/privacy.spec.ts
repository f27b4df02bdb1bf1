import { expect, RULE, test } from './workbench.page';

// Promise 3: a draft never leaves the browser except in a link its author copies.
test('no request leaves the origin and none carries the draft', async ({ workbench, page, context, baseURL }) => {
  const marker = 'zqxjkvbnmarker';
  const sent: { readonly url: string; readonly body: string }[] = [];
  context.on('request', (request) => sent.push({ url: request.url(), body: request.postData() ?? '' }));
  context.on('serviceworker', (worker) => sent.push({ url: worker.url(), body: '' }));
  page.on('websocket', (socket) => sent.push({ url: socket.url(), body: '' }));

  await workbench.open();
  await workbench.newDraft(RULE.replace('A Writer', marker));
  await workbench.typeAtEnd(`# ${marker}`);
  for (const tab of ['Stages', 'Indicators', 'Exclusions', 'Problems']) await workbench.openTab(tab);
  await page.getByRole('button', { name: /^Share/ }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#/d/v1/');
  const payload = (await page.evaluate(() => navigator.clipboard.readText())).split('/').at(-1) ?? '';
  await page.reload();
  await workbench.isReady();

  expect(sent.length).toBeGreaterThan(3);
  const origin = new URL(baseURL ?? '').origin;
  expect(sent.map(({ url }) => url).filter((url) => !/^(data|blob):/.test(url) && new URL(url).origin !== origin)).toEqual([]);
  for (const { url, body } of sent) {
    expect(url + body).not.toContain(marker);
    expect(url + body).not.toContain(payload);
    expect(body).toBe('');
  }
});
