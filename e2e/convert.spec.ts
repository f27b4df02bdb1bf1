import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { expect, RULE, test } from './workbench.page';

const WITH_ODD_FIELD = RULE.replace("CommandLine|contains: ' use'", "CommandLine|contains: ' use'\n        OddField: x");

test.describe('convert', () => {
  test('a rule in another language follows the draft, tells its losses in both texts, and becomes a draft', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(WITH_ODD_FIELD);
    const panel = await workbench.openTab('Convert');
    await panel.getByRole('radio', { name: /^Kusto/ }).check();
    const text = page.getByRole('region', { name: 'Converted text' });
    await expect(text).toContainText('DeviceProcessEvents');
    await expect(text).toContainText(String.raw`FolderPath endswith @"\net.exe"`);
    await expect(panel.getByText('Read again, it gives the conditions it was written from.')).toBeVisible();
    await expect(panel.getByText('No tests compared')).toBeVisible();
    await expect(panel.getByText('Made events agree')).toBeVisible();

    const row = panel.getByRole('row', { name: /No name of Kusto is known/ });
    await row.hover();
    await expect(text.locator('.lit').first()).toContainText('OddField');
    await expect(page.locator('.monaco-editor .lit').first()).toContainText('OddField');
    await expect(page.locator('.monaco-editor .loss-mark')).toHaveCount(1);
    await panel.getByRole('heading', { name: /loss/ }).hover();
    await expect(text.locator('.lit')).toHaveCount(0);
    await text.getByRole('button', { name: /^Loss 1/ }).focus();
    await expect(page.locator('.monaco-editor .lit').first()).toContainText('OddField');

    // The loss is mended: the field gets the name it has there.
    await row.getByRole('button', { name: 'Name it…' }).click();
    await panel.getByRole('textbox', { name: 'Name of OddField there' }).fill('AccountName');
    await page.keyboard.press('Enter');
    await expect(text).toContainText('AccountName');
    await expect(panel.getByText('Nothing is lost: it asks for the same.')).toBeVisible();

    await workbench.replaceText(WITH_ODD_FIELD.replace("' use'", "' view'"));
    await expect(text).toContainText('view');

    await panel.getByRole('combobox', { name: 'Written as' }).selectOption({ index: 1 });
    await expect(text).toContainText('relevantTechniques:');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export converted text' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/\.ya?ml$/);
    expect(await readFile(await file.path(), 'utf8')).toContain('relevantTechniques:');
    await page.getByRole('button', { name: 'Copy converted text' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('AccountName');

    await page.getByRole('button', { name: 'Open as a draft' }).click();
    await expect.poll(() => workbench.text()).toContain('DeviceProcessEvents');
  });

  test('the last good text stands while the draft has an error, and says so', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const panel = await workbench.openTab('Convert');
    await panel.getByRole('radio', { name: /^Kusto/ }).check();
    const text = page.getByRole('region', { name: 'Converted text' });
    await expect(text).toContainText('DeviceProcessEvents');
    await workbench.replaceText(RULE.replace('selection_net) and', 'selection_nut) and'));
    await expect(page.getByText('from before the error')).toBeVisible();
    await expect(page.getByText(/Of the draft as it was before its error/)).toBeVisible();
    await expect(text).toContainText('DeviceProcessEvents');
    await expect(page.getByRole('button', { name: 'Open as a draft' })).toBeDisabled();
    await workbench.replaceText(RULE.replace("' use'", "' view'"));
    await expect(text).toContainText('view');
    await expect(page.getByText('follows the draft')).toBeVisible();
  });

  test('whose names it has is chosen, and names of the reader’s own come out of a file', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const panel = await workbench.openTab('Convert');
    await panel.getByRole('radio', { name: /^Kusto/ }).check();
    const text = page.getByRole('region', { name: 'Converted text' });
    await panel.getByRole('combobox', { name: 'Names of' }).selectOption('Sigma');
    await expect(text).toContainText(String.raw`Image endswith @"\net.exe"`);
    await panel.getByRole('textbox', { name: 'Reads from' }).fill('Sysmon');
    await expect(text).toContainText('Sysmon');
    const names = panel.getByLabel('Your field names…');
    await names.setInputFiles({ name: 'names.json', mimeType: 'application/json', buffer: Buffer.from('{ "Image": "exe_path" }') });
    await expect(text).toContainText(String.raw`exe_path endswith @"\net.exe"`);
    await names.setInputFiles({ name: 'names.json', mimeType: 'application/json', buffer: Buffer.from('[1]') });
    await expect(panel.getByText('names.json gives no names: it is no list of names.')).toBeVisible();
    await panel.getByRole('button', { name: 'Forget' }).click();
    await expect(text).toContainText(String.raw`Image endswith @"\net.exe"`);
  });

  test('the draft’s tests are judged in both languages', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const samples = await workbench.openTab('Samples');
    await samples.getByRole('button', { name: 'Make an example event' }).click();
    await samples.getByRole('button', { name: /Keep/ }).first().click();
    const panel = await workbench.openTab('Convert');
    await panel.getByRole('radio', { name: /^EQL/ }).check();
    await expect(panel.getByText(/3 of 3 tests give the same verdict in both/)).toBeVisible();
    await expect(panel.getByText(/made events give the same verdict in both/)).toBeVisible();
    await expect(page.getByText('Tests agree')).toBeVisible();
    // Events that were made are none of the reader's samples.
    await expect(panel.getByText('No samples compared')).toBeVisible();
  });

  test('the reader’s samples are judged in both languages, again as the draft changes', async ({ workbench }) => {
    await workbench.open();
    await workbench.newDraft(RULE);
    const samples = await workbench.openTab('Samples');
    const events = [{ Image: 'C:\\NETSTAT.EXE' }, { Image: 'C:\\nbtstat.exe' }, { Image: 'C:\\whoami.exe' }].map((event) => JSON.stringify(event)).join('\n');
    await samples.getByLabel('Events as text').fill(events);
    await samples.getByRole('button', { name: 'Judge these events' }).click();
    const panel = await workbench.openTab('Convert');
    await panel.getByRole('radio', { name: /^Kusto/ }).check();
    await expect(panel.getByText(/3 of 3 samples give the same verdict in both/)).toBeVisible();
    // Lucene minds letters' case.
    await panel.getByRole('radio', { name: /^Lucene/ }).check();
    await expect(panel.getByText('Samples differ')).toBeVisible();
    await expect(panel.getByText(/2 of 3 samples give the same verdict in both\. Not: sample 1\./)).toBeVisible();
    await workbench.replaceText(RULE.replace("'\\netstat.exe'", "'\\whoami.exe'"));
    await expect(panel.getByText('Samples agree')).toBeVisible();
  });

  test('what cannot be said is told, and nothing is written', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(RULE.replace("CommandLine|contains: ' use'", "CommandLine|re: '^net (use|view)'"));
    const panel = await workbench.openTab('Convert');
    await panel.getByRole('radio', { name: /^KQL/ }).check();
    await expect(page.getByText(/nothing is written/)).toBeVisible();
    await expect(panel.getByRole('row', { name: /a regular expression/ })).toContainText('cannot be said');
    await expect(page.getByRole('button', { name: 'Open as a draft' })).toHaveCount(0);
  });

  for (const scheme of ['light', 'dark'] as const)
    test(`its key goes there and back, and nothing keeps anyone out (${scheme})`, async ({ workbench, page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await workbench.open();
      await workbench.newDraft(WITH_ODD_FIELD);
      await workbench.focusEditor();
      await page.keyboard.press('Shift+Alt+C');
      const chosen = page.getByRole('radio', { checked: true });
      await expect(chosen).toBeFocused();
      await page.keyboard.press('ArrowDown');
      await expect(chosen).toBeFocused();
      await expect(page.getByRole('region', { name: 'Converted text' })).toBeVisible();
      const found = await new AxeBuilder({ page }).include('.convert').include('.converted').analyze();
      expect(found.violations).toEqual([]);
      await page.keyboard.press('Shift+Alt+C');
      await expect(page.locator('.editor .native-edit-context')).toBeFocused();
      await page.keyboard.press('ControlOrMeta+End');
      await page.keyboard.type('# back');
      await expect.poll(() => workbench.text()).toContain('# back');
    });
});
