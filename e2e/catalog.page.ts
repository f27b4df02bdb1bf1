import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { test as base } from './workbench.page';

/** What a person does on the pages over the catalog; places are found by role and name. */
export class CatalogPages {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`/#${path}`);
    await expect(this.main.getByRole('heading', { level: 1 })).toBeVisible();
  }

  async searchRules(query: string): Promise<void> {
    await this.page.getByRole('searchbox', { name: 'Search rules' }).fill(query);
  }

  /** Chooses from a menu and gives the text of the file that comes. */
  async saved(menu: string | RegExp, item: string | RegExp): Promise<{ readonly name: string; readonly text: string }> {
    await this.page.getByRole('button', { name: menu }).click();
    return await this.savedBy(this.page.getByRole('menuitem', { name: item }));
  }

  async savedBy(button: Locator): Promise<{ readonly name: string; readonly text: string }> {
    const coming = this.page.waitForEvent('download');
    await button.click();
    const file = await coming;
    const pieces: Buffer[] = [];
    for await (const piece of await file.createReadStream()) pieces.push(piece as Buffer);
    return { name: file.suggestedFilename(), text: Buffer.concat(pieces).toString('utf8') };
  }

  /** What axe finds, and that nothing scrolls sideways, at both sizes in both themes. */
  async isAccessible(): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const size of [
        { width: 1440, height: 900 },
        { width: 1024, height: 768 },
      ]) {
        await this.page.setViewportSize(size);
        const { violations } = await new AxeBuilder({ page: this.page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .exclude('.monaco-editor')
          .analyze();
        const where = `${colorScheme}, ${size.width}`;
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`),
          where,
        ).toEqual([]);
        expect(await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), where).toBeLessThanOrEqual(0);
      }
    }
  }

  get main(): Locator {
    return this.page.locator('main');
  }
}

export const test = base.extend<{ catalog: CatalogPages }>({
  catalog: async ({ page, workbench: _watched }, provide) => provide(new CatalogPages(page)),
});

export { expect };
