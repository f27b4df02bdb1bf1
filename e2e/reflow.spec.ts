import type { Page } from '@playwright/test';
import { expect, RULE, test } from './workbench.page';

const PLACES = [
  '#/rules',
  '#/techniques',
  '#/technique/T1053.005',
  '#/events',
  '#/events/Sysmon/1',
  '#/events/Sysmon',
  '#/fires',
  '#/nowhere',
  '#/rule/elastic/e2dc8f8c-5f16-42fa-b49e-0eb8057f7444',
];
const PANELS = ['Stages', 'Samples', 'Indicators', 'Exclusions', 'Terms', 'Outputs', 'Relations', 'Convert', 'Problems'];

/** What scrolls sideways: the page itself, or a place in it that scrolls. Pictures with a region of their own may. */
const sideways = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const places = [
      document.documentElement,
      ...document.querySelectorAll('main, .page, [data-scrolls], [role="tabpanel"], [role="dialog"], header, footer, nav'),
    ];
    return places
      .filter((place) => place.scrollWidth > place.clientWidth + 1 && !place.classList.contains('matrix') && place.clientWidth > 0)
      .map((place) => `${place.tagName} ${place.className}: ${place.scrollWidth - place.clientWidth}`);
  });

// The second is what is left of 1280 pixels at 400 %: WCAG 2.2, 1.4.10.
for (const size of [
  { width: 390, height: 844 },
  { width: 320, height: 256 },
  { width: 640, height: 400 },
]) {
  test(`no page scrolls sideways at ${size.width} pixels`, async ({ page }) => {
    await page.setViewportSize(size);
    for (const place of PLACES) {
      await page.goto(`/${place}`);
      await expect(page.getByRole('main')).toBeVisible();
      await expect(page.getByText('Opening the catalog')).toHaveCount(0);
      await expect.poll(() => sideways(page), { message: place }).toEqual([]);
    }
  });

  test(`no panel scrolls sideways at ${size.width} pixels`, async ({ workbench, page }) => {
    await page.setViewportSize({ ...size, height: 844 });
    await workbench.open();
    const views = page.getByRole('navigation', { name: 'Views' });
    await views.getByRole('button', { name: /^Drafts/ }).click();
    await workbench.newDraft(RULE);
    await expect.poll(() => sideways(page), { message: 'text' }).toEqual([]);
    await views.getByRole('button', { name: /^Rule/ }).click();
    for (const name of PANELS) {
      await workbench.openTab(name);
      await expect.poll(() => sideways(page), { message: name }).toEqual([]);
    }
    for (const name of ['Guide', 'Drafts']) {
      await views.getByRole('button', { name: new RegExp(`^${name}`) }).click();
      await expect.poll(() => sideways(page), { message: name }).toEqual([]);
    }
  });
}
