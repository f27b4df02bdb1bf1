import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writePrecache } from '../config/offline';
import { type Host, startHost } from './host';
import { expect, RULE, test, WorkbenchPage } from './workbench.page';

test.use({ serviceWorkers: 'allow' });

let host: Host;
test.beforeEach(async () => {
  host = await startHost({ under: '/tools/rulewright/' });
});
test.afterEach(() => host.close());

/** Resolves when everything is kept. */
const isKept = (page: Page) => page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.state));
const matrix = (page: Page) => page.getByRole('region', { name: 'ATT&CK matrix' }).getByRole('link').first();
const started = (page: Page) => page.evaluate(() => document.querySelector('script[type="module"][src]')?.getAttribute('src'));

/** A newer build: the same code, every script under another name, and none under its old one. */
function newerBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rulewright-build-'));
  cpSync(join(import.meta.dirname, '..', 'dist'), folder, { recursive: true });
  const assets = join(folder, 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const names = new RegExp(scripts.map((name) => name.slice(0, -3).replace(/[$.]/g, '\\$&')).join('|'), 'g');
  for (const path of [join(folder, 'index.html'), ...scripts.map((name) => join(assets, name))])
    writeFileSync(path, readFileSync(path, 'utf8').replace(names, '$&-newer'));
  for (const name of scripts) renameSync(join(assets, name), join(assets, name.replace(/\.js$/, '-newer.js')));
  writePrecache(folder);
  return folder;
}

test('after the first visit every page works without a network, from a folder of any server', async ({ workbench, page }) => {
  test.slow();
  await page.goto(`${host.address}/`);
  await workbench.isReady();
  await workbench.newDraft(RULE);
  await expect(workbench.status).toContainText('saved in this browser');
  expect(await isKept(page)).toMatch(/activat/);
  await host.close();

  await page.reload();
  await workbench.isReady();
  await expect.poll(() => workbench.text()).toBe(RULE);
  await expect(workbench.guide).toContainText('Fields filtered most');
  expect(await (await workbench.openTab('Indicators')).textContent()).toContain('netstat.exe');
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('dialog', { name: /Search rules/ })).toBeVisible();
  await page.keyboard.press('Escape');

  // Each by its own address in a tab of its own: nothing that one fetched helps another.
  for (const [path, heading] of [
    ['/rules', /Rules/],
    ['/techniques', /Techniques/],
    ['/technique/T1049', /System Network Connections Discovery/],
    ['/events', /Events/],
    ['/events/Sysmon/1', /Sysmon 1/],
  ] as const) {
    const tab = await page.context().newPage();
    await tab.goto(`${host.address}/#${path}`);
    await expect(tab.getByRole('heading', { level: 1 }).filter({ hasText: heading }), path).toBeVisible();
    await expect(path === '/techniques' ? matrix(tab) : tab.getByRole('row').nth(1), path).toBeVisible();
    if (path === '/rules') {
      await tab.getByRole('row').nth(1).getByRole('link').first().click();
      await expect(tab).toHaveURL(/#\/rule\//);
      await expect(tab.getByRole('heading', { level: 1 })).not.toHaveText('');
    }
    await expect(tab.getByText(/could not be loaded/)).toHaveCount(0);
    await tab.close();
  }
});

test('a deploy over open tabs: the newer version is offered, taken by one, and the other goes on with its own', async ({ workbench, page }) => {
  test.slow();
  await page.goto(`${host.address}/`);
  await workbench.isReady();
  expect(await isKept(page)).toMatch(/activat/);
  await page.reload();
  await workbench.isReady();
  const other = new WorkbenchPage(await page.context().newPage());
  await other.page.goto(`${host.address}/`);
  await other.isReady();
  await other.newDraft(RULE);
  await other.page.evaluate(() => document.documentElement.setAttribute('data-same-page', ''));

  const folder = newerBuild();
  host.serve(folder);
  const before = await started(page);
  await page.reload();
  await workbench.isReady();
  // Offered, in both; forced on none: what runs is the build that was kept.
  const offer = (tab: Page) => tab.getByRole('region', { name: 'Notices' }).getByText(/A newer Rulewright is ready/);
  await expect(offer(page)).toBeVisible({ timeout: 30_000 });
  await expect(offer(other.page)).toBeVisible();
  expect(await started(page)).toBe(before);

  await page.getByRole('button', { name: 'Reload now' }).click();
  await expect.poll(() => started(page).catch(() => null), { timeout: 30_000 }).toContain('-newer.js');
  await workbench.isReady();

  // The other tab is the same page with the same text, and opens parts of its own build that the server no longer has.
  await expect(other.page.locator('[data-same-page]')).toHaveCount(1);
  expect(await started(other.page)).toBe(before);
  await expect.poll(() => other.text()).toBe(RULE);
  await other.page.getByRole('link', { name: 'Techniques', exact: true }).click();
  await expect(matrix(other.page)).toBeVisible();
  await expect(other.page.getByText(/could not be loaded/)).toHaveCount(0);
  rmSync(folder, { recursive: true });
});

test('a server that gives a page in a script’s place keeps nothing for later, and the application works', async ({ workbench, page }) => {
  host.damage({ path: /\/EventPage-[\w-]+\.js$/, change: () => Buffer.from('<!doctype html><title>Not here</title>') });
  await page.goto(`${host.address}/`);
  await workbench.isReady();
  await page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return registration === undefined || (registration.installing === null && registration.waiting === null && registration.active === null);
  });
  await workbench.newDraft(RULE);
  await expect(workbench.status).toContainText('saved in this browser');
});
