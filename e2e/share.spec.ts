import { linkOf as packedLink } from '../src/state/links/permalink';
import { expect, RULE, test, WorkbenchPage } from './workbench.page';

const linkOf = (page: WorkbenchPage['page']) => page.evaluate(() => navigator.clipboard.readText());

test.describe('sharing a draft', () => {
  test('a link opens the same text in a fresh profile, and is kept only if the reader says so', async ({ workbench, page, browser }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    await page.getByRole('button', { name: /^Share/ }).click();
    await expect.poll(() => linkOf(page)).toContain('#/d/v1/sigma/');
    const link = await linkOf(page);

    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const reader = new WorkbenchPage(await context.newPage());
    await reader.page.goto(link);
    await reader.isReady();
    await expect.poll(() => reader.text()).toBe(RULE);
    await expect(reader.drafts.getByText('Opened from a link')).toBeVisible();

    await reader.page.getByRole('button', { name: /^Keep/ }).click();
    await expect(reader.drafts.getByText('Opened from a link')).toHaveCount(0);
    await reader.page.goto('/');
    await reader.isReady();
    await expect(reader.drafts.getByRole('button', { name: /Listing of network connections/ }).first()).toBeVisible();
    await context.close();
  });

  for (const [what, hash] of [
    ['damaged', '#/d/v1/sigma/AAAA-not-a-draft'],
    ['from a newer version', '#/d/v9/sigma/abc'],
    ['of an unknown format', '#/d/v1/nosuchformat/abc'],
  ] as const) {
    test(`a link that is ${what} says so and leaves the drafts alone`, async ({ workbench, page }) => {
      await workbench.open();
      await workbench.newDraft(RULE);
      await expect(workbench.status).toContainText('saved');
      await page.goto(`/${hash}`);
      await workbench.isReady();
      await expect(page.getByText(/link/i).filter({ visible: true }).first()).toBeVisible();
      await expect(workbench.drafts.getByRole('button', { name: /Listing of network connections/ }).first()).toBeVisible();
    });
  }

  // A short link may hold a long text: half a megabyte of stars packs into some hundreds of characters.
  const STARS = '*a'.repeat(261_000);
  for (const [format, text] of [
    ['sigma', `title: T\nlogsource:\n    category: process_creation\n    product: windows\ndetection:\n    s:\n        Image: '${STARS}'\n    condition: s\n`],
    ['kuery', `process.name: ${STARS}`],
    ['kusto', `T | where a matches regex "${STARS}"`],
  ] as const) {
    test(`a short link that holds half a megabyte of stars, in ${format}, is read, and so is what is typed then`, async ({ workbench, page }) => {
      const link = packedLink(format, text)!;
      expect(link.length).toBeLessThan(1_000);
      await workbench.open(link);
      await expect(workbench.status).toContainText('parsed in');
      await workbench.typeAtEnd(' ');
      await expect(workbench.status).not.toContainText('reading what was typed');
      await expect(workbench.status).toContainText('parsed in');
      await expect(page.getByText(/stopped working|could not be analysed/)).toHaveCount(0);
    });
  }
});
