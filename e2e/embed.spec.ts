import AxeBuilder from '@axe-core/playwright';
import { expect, RULE, test } from './workbench.page';

const clipboard = (page: import('@playwright/test').Page) => page.evaluate(() => navigator.clipboard.readText());

test('a rule stands in the frame of another page: its text, stages, indicators and exclusions, and nothing is kept', async ({ workbench, page, browser }) => {
  await workbench.open();
  await workbench.newDraft(RULE);
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('frame in another page');
  await page.getByRole('option', { name: /^Copy a link for a frame/ }).click();
  await expect.poll(() => clipboard(page)).toContain('#/embed/v1/sigma/');
  const link = await clipboard(page);

  const context = await browser.newContext();
  const wiki = await context.newPage();
  const asked: string[] = [];
  wiki.on('request', (request) => asked.push(request.url()));
  // Another page of the same host, as a wiki beside it would be.
  await wiki.route('**/wiki.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>A wiki</title><iframe title="A rule" width="900" height="700" src="${link}"></iframe>`,
    }),
  );
  await wiki.goto(new URL('/wiki.html', link).href);
  const frame = wiki.frameLocator('iframe');
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Listing of network connections');
  await expect(frame.getByRole('region', { name: 'Rule', exact: true })).toContainText('nbtstat.exe');
  await expect(frame.getByRole('grid', { name: 'Indicators' })).toContainText('\\netstat.exe');
  await expect(frame.getByRole('grid', { name: 'Exclusions' })).toContainText('C:\\Program Files\\Agent\\');
  await expect(frame.getByRole('grid', { name: 'Stages' })).toBeVisible();
  await expect(frame.getByRole('textbox')).toHaveCount(0);
  expect(await wiki.frames()[1]!.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length])).toEqual([0, 0, 0]);
  expect(asked.filter((url) => url.includes('/catalog/'))).toEqual([]);

  const opening = context.waitForEvent('page');
  await frame.getByRole('link', { name: 'Open in Rulewright' }).click();
  const opened = await opening;
  await expect(opened.getByText('Opened from a link').first()).toBeVisible();
  await context.close();
});

test('a damaged link says so in the frame', async ({ page }) => {
  await page.goto('/#/embed/v1/sigma/AAAA-not-a-draft');
  await expect(page.getByText(/This link is damaged/)).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const)
  test(`axe finds nothing in the frame, ${scheme}`, async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    await page.getByRole('button', { name: /^Share/ }).click();
    await expect.poll(() => clipboard(page)).toContain('#/d/v1/');
    const link = (await clipboard(page)).replace('#/d/', '#/embed/');
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto('about:blank');
    for (const width of [1024, 390]) {
      await page.setViewportSize({ width, height: 700 });
      await page.goto(link);
      await expect(page.getByRole('grid', { name: 'Indicators' })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ; ')}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await page.goto('about:blank');
    }
  });
