import AxeBuilder from '@axe-core/playwright';
import { expect as expectSoon, test } from './workbench.page';

// The catalog's meanings are made ready once a session, which takes its time on a busy machine.
const expect = expectSoon.configure({ timeout: 90_000 });
test.beforeEach(() => test.setTimeout(180_000));

/** Asks for a little more than a public rule on scheduled tasks does. */
const TASK = `title: Scheduled task that runs an encoded command
id: 5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c12
status: experimental
description: Creates a scheduled task that runs an encoded command
author: A Writer
date: 2026-10-01
tags:
    - attack.persistence
    - attack.t1053
    - attack.t1053.005
logsource:
    category: process_creation
    product: windows
detection:
    selection_img:
        Image|endswith: '\\schtasks.exe'
    selection_create:
        CommandLine|contains: ' /create '
    selection_host:
        CommandLine|contains: 'powershell -enc'
    condition: all of selection_*
falsepositives:
    - Administrators
level: medium
`;

test.describe('how a draft stands to the public rules', () => {
  test('says at once whether a rule covers it, which, and which conditions decide', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(TASK);
    await expect(workbench.guide).toContainText('Already covered by');
    await workbench.guide.getByRole('button', { name: 'Relations' }).click();

    const panel = page.getByRole('tabpanel');
    await expect(panel).toContainText('It matches every event that yours does');
    await expect(panel.getByRole('region', { name: 'Covers yours' }).getByRole('button').first()).toBeVisible();
    const conditions = panel.getByRole('table', { name: /^Conditions beside those of / });
    await expect(conditions.getByRole('row').filter({ hasText: 'schtasks.exe' })).toContainText('same');
    await expect(conditions).toContainText(/not asked|wider/);
    const parting = panel.getByRole('region', { name: 'An event that it matches and yours does not' });
    await expect(parting).toContainText('made and judged by both');
    await expect(parting).toContainText('Yours fails at one condition');
    await parting.getByRole('button', { name: 'Keep as: must not match' }).click();

    await panel.getByRole('region', { name: 'Overlaps' }).getByRole('button').first().click();
    await expect(panel).toContainText('Both ask for some of the same');
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'])
      .exclude('.monaco-editor')
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
  });

  test('a draft that drops a condition takes in what it was covered by', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(TASK.replace(/ {4}selection_(?:create|host):\n.*\n/g, ''));
    const panel = await workbench.openTab('Relations');
    await expect(panel.getByRole('region', { name: 'Covered by yours' }).getByRole('button').first()).toBeVisible();
    await expect(page.getByRole('tab', { name: /^Relations \d/ })).toBeVisible();
  });

  test('the rule page says how other rules stand to it, each opening in place', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(TASK);
    const panel = await workbench.openTab('Relations');
    await panel.getByRole('link', { name: 'Open the rule' }).click();
    const relations = page.getByRole('region', { name: 'Relations' });
    const other = relations.getByRole('region', { name: 'Covered by this rule' }).getByRole('button').first();
    await other.focus();
    await page.keyboard.press('Enter');
    await expect(other).toHaveAttribute('aria-current', 'true');
    await expect(relations.getByRole('table', { name: /^Conditions beside those of / })).toBeVisible();
    const parting = relations.getByRole('region', { name: 'An event that this rule matches and it does not' });
    await expect(parting).toContainText('made and judged by both');
    await expect(parting.getByRole('button')).toHaveCount(0);
  });
});

test.describe('the guide beside a draft', () => {
  test('leads with the sub-technique, follows the platform of the draft, and says what contradicts it', async ({ workbench }) => {
    await workbench.open();
    await workbench.newDraft(TASK);
    await expect(workbench.guide.getByRole('heading', { level: 2 })).toContainText('T1053.005');
    await expect(workbench.guide.getByLabel('Platform')).toHaveValue('windows');

    const values = workbench.guide.getByRole('grid', { name: 'Top values' });
    const other = values.getByRole('row').filter({ hasText: 'contradicts' }).first();
    await expect(other).toContainText('.exe');
    await expect(other.getByRole('button', { name: /^Add / })).toHaveCount(0);
    await other.getByRole('button').first().click();
    await expect(values).toContainText('beside it, this would never hold');
    await expect(values.getByRole('button', { name: /^Add as an alternative / })).toBeVisible();
  });

  test('a field the draft lacks is added with its commonest value, where it is told to', async ({ workbench, page }) => {
    await workbench.open();
    await workbench.newDraft(TASK);
    const fields = workbench.guide.getByRole('region', { name: /^Fields filtered most/ });
    const lacking = fields.getByRole('row').filter({ hasText: 'Add' }).first();
    await lacking.hover();
    await lacking.getByRole('button', { name: /^Add / }).click();
    const where = page.getByRole('menu').filter({ hasText: 'Where shall it go?' });
    await where.getByRole('menuitem').first().click();
    await expect.poll(() => workbench.text()).not.toBe(TASK);
  });
});
