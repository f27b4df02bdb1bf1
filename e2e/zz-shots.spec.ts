import { RULE, test } from './workbench.page';

for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]] as const)
  for (const scheme of ['light', 'dark'] as const)
    test(`${width} ${scheme}`, async ({ workbench, page }) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      await workbench.open();
      await workbench.newDraft(RULE.replace("CommandLine|contains: ' use'", "CommandLine|contains: ' use'\n        OddField: x"));
      await page.setViewportSize({ width, height });
      await page.keyboard.press('Shift+Alt+C');
      await page.getByRole('radio', { name: /^Lucene/ }).check();
      await page.waitForTimeout(800);
      await page.getByRole('row', { name: /letters/ }).first().hover();
      await page.waitForTimeout(400);
      await page.screenshot({ path: `/tmp/shot-${width}-${scheme}.png` });
      if (width === 1440 && scheme === 'light') {
        await page.getByRole('radio', { name: /^Kusto/ }).check();
        await page.waitForTimeout(800);
        await page.screenshot({ path: `/tmp/shot-kusto.png` });
      }
    });
