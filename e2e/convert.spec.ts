import AxeBuilder from '@axe-core/playwright';
import { expect, RULE, test } from './workbench.page';

test.describe('convert', () => {
  test('a rule in another language follows the draft, tells its losses, and becomes a draft', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const panel = await workbench.openTab('Convert');
    await panel.getByRole('radio', { name: /^Kusto/ }).check();
    const text = panel.getByRole('region', { name: 'Converted text' });
    await expect(text).toContainText('DeviceProcessEvents');
    await expect(text).toContainText(String.raw`FolderPath endswith @"\net.exe"`);
    await expect(panel.getByText('Read again, it gives the conditions it was written from.')).toBeVisible();
    await expect(panel.getByText('Nothing is lost: it asks for the same.')).toBeVisible();

    await panel.getByRole('radio', { name: /^Lucene/ }).check();
    await expect(panel.getByRole('row', { name: /minds letters’ case/ }).first()).toContainText('finds less');

    await workbench.replaceText(RULE.replace("' use'", "' view'"));
    await expect(text).toContainText('view');

    await panel.getByRole('radio', { name: /^Kusto/ }).check();
    await panel.getByRole('combobox', { name: 'Written as' }).selectOption({ index: 1 });
    await expect(text).toContainText('relevantTechniques:');
    const found = await new AxeBuilder({ page }).include('.convert').analyze();
    expect(found.violations).toEqual([]);

    await panel.getByRole('button', { name: 'Open as a draft' }).click();
    await expect.poll(() => workbench.text()).toContain('DeviceProcessEvents');
  });

  test('what cannot be said is told, and nothing is written', async ({ workbench }) => {
    await workbench.open();
    await workbench.newDraft(RULE.replace("CommandLine|contains: ' use'", "CommandLine|re: '^net (use|view)'"));
    const panel = await workbench.openTab('Convert');
    await panel.getByRole('radio', { name: /^KQL/ }).check();
    await expect(panel.getByText(/nothing is written/)).toBeVisible();
    await expect(panel.getByRole('row', { name: /a regular expression/ })).toContainText('cannot be said');
  });
});
