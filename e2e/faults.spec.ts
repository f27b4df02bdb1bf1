import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as base } from '@playwright/test';
import { type Host, startHost } from './host';
import { RULE, WorkbenchPage } from './workbench.page';

const ASSETS = join(import.meta.dirname, '..', 'dist', 'assets');

/** The largest script of a name: a worker's, where a small chunk has the same. */
function scriptOf(name: string): RegExp {
  const files = readdirSync(ASSETS).filter((file) => file.startsWith(`${name}-`) && file.endsWith('.js'));
  const [largest] = files.sort((a, b) => statSync(join(ASSETS, b)).size - statSync(join(ASSETS, a)).size);
  return new RegExp(`/${largest}$`);
}
const gone = (path: RegExp) => ({ path, change: () => null });

/** Parts fail here on purpose, and React says so in the console. */
const test = base.extend<{ workbench: WorkbenchPage }>({ workbench: async ({ page }, provide) => provide(new WorkbenchPage(page)) });

let host: Host;
test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.close());
test.afterEach(() => host.damage(null));

const alertOn = (page: Page, what: RegExp) => page.getByRole('alert').filter({ hasText: what });

test('an editor whose script does not come says so in its place; the text can be copied, and it is tried again', async ({ workbench, page }) => {
  host.damage(gone(scriptOf('EditorPane')));
  await page.goto(host.address);
  const alert = alertOn(page, /The editor could not be loaded/);
  await expect(alert).toContainText('The server does not have its script.');
  await expect(workbench.guide).toBeVisible();
  await expect(workbench.drafts).toBeVisible();
  await alert.getByRole('button', { name: 'Copy text' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('title:');
  host.damage(null);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await workbench.isReady();
});

test('splitters whose script does not come stand still, and say so; the text is written beside them', async ({ workbench, page }) => {
  host.damage(gone(scriptOf('Panes')));
  await page.goto(host.address);
  await workbench.isReady();
  await expect(page.getByTitle(/Width of the guide cannot be changed: the script for it did not come/)).toBeVisible();
  await workbench.typeAtEnd('# still here');
  await expect(workbench.status).toContainText('saved in this browser');
  await expect(workbench.guide).toBeVisible();
  const still = await page.locator('.split > .pane').evaluateAll((panes) => panes.map((pane) => pane.getBoundingClientRect().toJSON() as DOMRect));
  host.damage(null);
  await page.reload();
  await expect(page.getByRole('separator', { name: 'Width of the guide' })).toBeVisible();
  await workbench.isReady();
  const moved = await page.locator('.split > .pane').evaluateAll((panes) => panes.map((pane) => pane.getBoundingClientRect().toJSON() as DOMRect));
  expect(still.length).toBeGreaterThan(3);
  for (const [at, { width, height }] of moved.entries()) {
    expect(Math.abs(still[at]!.width - width)).toBeLessThan(2);
    expect(Math.abs(still[at]!.height - height)).toBeLessThan(2);
  }
});

test('a page whose script does not come leads back, and the draft is as it was', async ({ workbench, page }) => {
  await page.goto(host.address);
  await workbench.isReady();
  await workbench.newDraft(RULE);
  host.damage(gone(scriptOf('RulesPage')));
  await page.getByRole('link', { name: 'Rules', exact: true }).click();
  const alert = alertOn(page, /The list of rules could not be loaded/);
  await expect(alert).toContainText('answered with 404');
  await alert.getByRole('button', { name: 'Back to the workbench' }).click();
  await workbench.isReady();
  await expect.poll(() => workbench.text()).toBe(RULE);
});

test('a server that fails is not said to lack the script', async ({ workbench, page }) => {
  await page.goto(host.address);
  await workbench.isReady();
  await page.route(/\/RulesPage-[\w-]+\.js$/, (route) => route.fulfill({ status: 503 }));
  await page.getByRole('link', { name: 'Rules', exact: true }).click();
  const alert = alertOn(page, /The list of rules could not be loaded/);
  await expect(alert).toContainText('The server failed to give its script.');
  await expect(alert).toContainText('answered with 503');
});

test('a script that is gone because a newer build took its place leads to a reload, and says so once', async ({ workbench, page }) => {
  await page.goto(host.address);
  await workbench.isReady();
  await page.route(/\/TechniquesPage-[\w-]+\.js$/, (route) => route.fulfill({ status: 404 }));
  await page.route(`${host.address}/`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/assets\/index-[\w-]+\.js/, 'assets/index-newer.js') });
  });
  await page.getByRole('link', { name: 'Techniques', exact: true }).click();
  const alert = alertOn(page, /The techniques could not be loaded/);
  await expect(alert).toContainText('A newer version has taken its place');
  await expect(alert.getByRole('button', { name: 'Reload, with the newer version' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Notices' }).getByText(/A newer Rulewright is on the server/)).toHaveCount(1);
});

test('a worker whose script does not come leaves the editor writing and saving', async ({ workbench, page }) => {
  host.damage(gone(scriptOf('analysis')));
  await page.goto(host.address);
  await workbench.isReady();
  await expect(alertOn(page, /analysis could not be loaded/)).toBeVisible();
  await workbench.typeAtEnd('# still here');
  await expect(workbench.status).toContainText('saved in this browser');
  expect(await workbench.text()).toContain('# still here');
});

test('a catalog worker whose script does not come is said where figures are missing', async ({ workbench, page }) => {
  host.damage(gone(scriptOf('catalog')));
  await page.goto(host.address);
  await workbench.isReady();
  await expect(workbench.guide.getByText(/could not be loaded: its script did not come/)).toBeVisible();
});

test('a start whose first script does not come says so', async ({ page }) => {
  host.damage(gone(scriptOf('index')));
  await page.goto(host.address);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Rulewright could not be started.');
  await expect(alert).toContainText('did not come');
  await expect(alert.getByRole('link', { name: 'Reload' })).toBeInViewport();
});

test('stored settings that are not as they should be fall back', async ({ workbench, page }) => {
  await page.goto(host.address);
  for (const odd of [
    '{"theme":{},"tab":7,"catalog":"none","layouts":{"workbench":{"drafts":"wide"},"lower":null}}',
    '{"layouts":{"workbench":{"drafts":-4e9}}}',
    '[',
    '7',
  ]) {
    await page.evaluate((text) => localStorage.setItem('rulewright.preferences', text), odd);
    await page.reload();
    await workbench.isReady();
    await expect(workbench.guide).toBeVisible();
  }
});

/** Puts a catalog of the reader's into this browser's storage, its manifest changed. */
const keepOwn = (page: Page, entry: string, value: unknown) =>
  page.evaluate(
    async ({ key, wrong }) => {
      const manifest = (await (await fetch('catalog/manifest.json')).json()) as Record<string, unknown>;
      const files = manifest['files'] as Record<string, { name: string }>;
      const held = new Map<string, Uint8Array>();
      for (const { name } of Object.values(files)) held.set(name, new Uint8Array(await (await fetch(`catalog/${name}`)).arrayBuffer()));
      await new Promise<void>((done, failed) => {
        const opening = indexedDB.open('rulewright-catalog', 1);
        opening.addEventListener('upgradeneeded', () => {
          opening.result.createObjectStore('own');
          opening.result.createObjectStore('joined');
        });
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction('own', 'readwrite');
          transaction.objectStore('own').put({ name: 'mine', manifest: JSON.stringify({ ...manifest, [key]: wrong }), files: held }, 'files');
          transaction.addEventListener('complete', () => {
            opening.result.close();
            done();
          });
        });
        opening.addEventListener('error', () => failed(new Error('no database')));
      });
      localStorage.setItem('rulewright.preferences', '{"catalog":"both"}');
    },
    { key: entry, wrong: value },
  );

for (const [entry, value] of [
  ['newest', 5],
  ['rules', 'many'],
  ['sources', [{ name: 'sigma' }]],
] as const) {
  test(`an own catalog whose manifest has a bad \`${entry}\` is left aside: the bundled one is open, and it can be removed`, async ({ workbench, page }) => {
    await page.goto(host.address);
    await workbench.isReady();
    await keepOwn(page, entry, value);
    await page.reload();
    await workbench.isReady();
    await expect(page.getByText(/Your own catalog cannot be opened, so the bundled one is/)).toBeVisible();
    await expect(workbench.status).toContainText(/catalog [\d,]+ rules/);
    await workbench.status.getByRole('button', { name: /rules/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Catalogs' });
    await dialog.getByRole('button', { name: 'Remove it from this browser' }).click();
    await expect(dialog.getByRole('heading', { name: /^Your own/ })).toContainText('none');
  });
}

test('a workbench that stops while drawing shows the text, and the next start goes without what was set up', async ({ workbench, page }) => {
  // Its code is made to fail at its first drawing.
  const broken = /\/assets\/index-[\w-]+\.js$/;
  await page.route(broken, async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    expect(text).toContain('className:`workbench`');
    await route.fulfill({ response, body: text.replace('className:`workbench`', 'className:(()=>{throw Error("No such column.")})()') });
  });
  await page.goto(host.address);
  const alert = alertOn(page, /The workbench stopped while drawing/);
  await expect(alert).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Text of the open document' })).toHaveValue(/title:/);
  await page.unroute(broken);
  await alert.getByRole('button', { name: 'Reload' }).click();
  await workbench.isReady();
  await expect(page.getByText(/The last start stopped: No such column/)).toBeVisible();
});

test('what stopped the workbench while drawing is left aside on the next start, and can be had back', async ({ workbench, page }) => {
  await page.goto(host.address);
  await workbench.isReady();
  await page.evaluate(() => {
    localStorage.setItem('rulewright.preferences', '{"theme":"dark"}');
    localStorage.setItem('rulewright.start', '{"unfinished":0,"stopped":"No such column."}');
  });
  await page.reload();
  await workbench.isReady();
  const notice = page.getByText(/The last start stopped: No such column/);
  await expect(notice).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBeUndefined();
  await page.getByRole('button', { name: 'Use them again' }).click();
  await workbench.isReady();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  await expect(notice).toBeHidden();
});

test('keys typed before the palette is there go into it, and not into the draft', async ({ workbench, page }) => {
  let letGo = (): void => {};
  const held = new Promise<void>((done) => {
    letGo = done;
  });
  await page.route(/\/PaletteContents-[\w-]+\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(host.address);
  await workbench.isReady();
  await workbench.newDraft(RULE);
  await workbench.focusEditor();
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('theme dar');
  await expect(page.getByRole('textbox', { name: 'Search' })).toHaveValue('theme dar');
  letGo();
  await page.keyboard.type('k');
  const palette = page.getByRole('dialog', { name: /Search rules/ });
  await expect(palette.getByRole('combobox')).toHaveValue('theme dark');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  // The focus is back in the text, which has nothing else in it.
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('#');
  await expect.poll(() => workbench.text()).toBe(`${RULE}#`);
});

test('a palette whose script does not come can be closed, and writing goes on', async ({ workbench, page }) => {
  host.damage(gone(scriptOf('PaletteContents')));
  await page.goto(host.address);
  await workbench.isReady();
  await workbench.newDraft(RULE);
  await workbench.focusEditor();
  await page.keyboard.press('ControlOrMeta+K');
  const alert = alertOn(page, /The palette could not be loaded/);
  await expect(alert).toBeVisible();
  await alert.getByRole('button', { name: 'Close' }).click();
  await expect(alert).toBeHidden();
  expect(await workbench.text()).toBe(RULE);
});

for (const [script, where, name] of [
  ['DraftsRail', '', 'The list of drafts'],
  ['GuidePanel', '', 'The guide'],
  ['LowerPanels', '', 'What the rule says'],
  ['RulePage', '#/rule/sigma/x', "The rule's page"],
  ['TechniquesPage', '#/techniques', 'The techniques'],
  ['TechniquePage', '#/technique/T1049', "The technique's page"],
  ['EventsPage', '#/events', 'The events'],
  ['EventPage', '#/events/Sysmon/1', "The event's page"],
  ['FiresPage', '#/fires', 'What fires here'],
  ['UnknownPage', '#/nowhere', 'The page'],
  ['EmbeddedRule', '#/embed/v1/x', 'The rule'],
] as const) {
  test(`a part whose script does not come says so in its place, and comes when it is tried again: ${script}`, async ({ page }) => {
    host.damage(gone(scriptOf(script)));
    await page.goto(`${host.address}/${where}`);
    const alert = alertOn(page, new RegExp(`${name} could not be loaded`));
    await expect(alert.getByRole('button', { name: 'Reload' })).toBeVisible();
    await expect(alert.getByRole('button', { name: 'Copy text' })).toBeVisible();
    host.damage(null);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(alert).toBeHidden();
    await expect(page.locator('#root')).not.toBeEmpty();
  });
}
