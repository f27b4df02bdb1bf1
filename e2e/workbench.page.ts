import { expect, type Locator, type Page, test as base } from '@playwright/test';

/** A rule that shows something in every panel; its title is its name in the drafts list. */
export const RULE = `title: Listing of network connections
id: 5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11
status: experimental
description: Lists network connections with built-in tools
author: A Writer
date: 2026-10-01
tags:
    - attack.discovery
    - attack.t1049
logsource:
    category: process_creation
    product: windows
detection:
    selection_list:
        Image|endswith:
            - '\\netstat.exe'
            - '\\nbtstat.exe'
    selection_net:
        Image|endswith: '\\net.exe'
        CommandLine|contains: ' use'
    filter_main_agent:
        ParentImage|startswith: 'C:\\Program Files\\Agent\\'
    condition: (selection_list or selection_net) and not 1 of filter_main_*
falsepositives:
    - Administrators
level: low
`;

/** What a person does on the workbench; places are found by role and name. */
export class WorkbenchPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(hash = ''): Promise<void> {
    await this.page.goto(`/${hash}`);
    await this.isReady();
  }

  async isReady(): Promise<void> {
    await expect(this.editor).toBeVisible();
  }

  /** The text as the reader sees it: what Copy copies. */
  async text(): Promise<string> {
    await this.page.getByRole('button', { name: 'Copy', exact: true }).click();
    return await this.page.evaluate(() => navigator.clipboard.readText());
  }

  async newDraft(text: string, format = 'Sigma'): Promise<void> {
    await this.page.getByRole('button', { name: 'New draft' }).click();
    await this.page.getByRole('menuitem', { name: new RegExp(`${format}$`) }).click();
    await this.replaceText(text);
  }

  async focusEditor(): Promise<void> {
    await this.editor.click();
  }

  /** Replaces the whole text by pasting, as one would. */
  async replaceText(text: string): Promise<void> {
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await this.focusEditor();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.press('ControlOrMeta+V');
    await expect.poll(() => this.text()).toBe(text);
  }

  async typeAtEnd(text: string): Promise<void> {
    await this.focusEditor();
    await this.page.keyboard.press('ControlOrMeta+End');
    await this.page.keyboard.type(text);
  }

  async openTab(name: string): Promise<Locator> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
    return this.page.getByRole('tabpanel');
  }

  get editor(): Locator {
    return this.page.locator('.monaco-editor .view-lines').first();
  }
  get drafts(): Locator {
    return this.page.getByRole('navigation', { name: 'Drafts' });
  }
  get guide(): Locator {
    return this.page.getByRole('region', { name: 'Technique guide' });
  }
  get status(): Locator {
    return this.page.getByRole('contentinfo');
  }
}

export const test = base.extend<{ workbench: WorkbenchPage }>({
  workbench: async ({ page }, provide) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) errors.push(message.text());
    });
    await provide(new WorkbenchPage(page));
    expect(errors, 'errors on the page').toEqual([]);
  },
});

export { expect };
