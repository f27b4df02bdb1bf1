import type { Page } from '@playwright/test';
import { expect, RULE, test } from './workbench.page';

/** What a field of a record may have become; functions and symbols cannot be stored. */
const ODD: readonly unknown[] = [null, 7, -1e300, '', 'x', true, [], [null], {}, { length: 5 }, new Date(8e15)];
const TEST = { id: 't', name: 'A test', mustMatch: true, events: [{ a: 1 }], about: '', at: 1 };
const FIELDS = ['format', 'byHand', 'path', 'name', 'title', 'tests', 'folder', 'technique', 'created', 'changed', 'version'] as const;

/** Drafts of which each has one field that is something else, and records that are no drafts. */
const drafts = (): readonly Record<string, unknown>[] => [
  ...FIELDS.flatMap((field) => ODD.map((odd, at) => ({ ...whole(`${field} ${at}`), [field]: odd }))),
  ...Object.keys(TEST).flatMap((field) => ODD.map((odd, at) => ({ ...whole(`test ${field} ${at}`), tests: [{ ...TEST, [field]: odd }] }))),
  ...ODD.map((odd, at) => ({ ...whole(`text ${at}`), text: odd })),
];
const whole = (id: string) => ({
  id,
  text: RULE,
  format: 'sigma',
  byHand: false,
  path: '',
  name: id,
  title: '',
  tests: [TEST],
  created: 1,
  changed: 1,
  version: 1,
});

/** Puts records into a store of a database of this application, made if it is not there. */
const put = (
  page: Page,
  database: string,
  stores: Readonly<Record<string, { keyPath?: string | string[]; records: readonly (readonly [unknown, string?])[] }>>,
) =>
  page.evaluate(
    ({ name, into }) =>
      new Promise<void>((done, failed) => {
        const opening = indexedDB.open(name, 1);
        opening.addEventListener('upgradeneeded', () => {
          for (const [store, { keyPath }] of Object.entries(into)) opening.result.createObjectStore(store, keyPath === undefined ? {} : { keyPath });
        });
        opening.addEventListener('error', () => failed(new Error('no database')));
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction(Object.keys(into), 'readwrite');
          for (const [store, { records }] of Object.entries(into))
            for (const [record, key] of records) {
              const { files } = record as { readonly files?: unknown };
              transaction.objectStore(store).put(Array.isArray(files) ? { ...(record as object), files: new Map(files as [string, unknown][]) } : record, key);
            }
          transaction.addEventListener('complete', () => {
            opening.result.close();
            done();
          });
        });
      }),
    { name: database, into: stores },
  );

test('stored drafts of which any field is something else are listed, open and can be written in', async ({ workbench, page }) => {
  await page.goto('/icon.svg');
  const records = drafts();
  await put(page, 'rulewright', { drafts: { keyPath: 'id', records: records.map((record) => [record]) } });
  await workbench.open();
  // A text that is none is no draft, and is left as it was.
  await expect(page.getByText(`Of the stored drafts, ${ODD.length - 2} could not be read`)).toBeVisible();
  for (const id of FIELDS.map((field) => `${field} 9`).filter((name) => !/^(?:name|folder) /.test(name))) {
    await workbench.drafts.getByRole('searchbox', { name: 'Find drafts by name or text' }).fill(id);
    await workbench.drafts
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`${id}(?!\\d)`) })
      .getByRole('button')
      .first()
      .click();
    await expect.poll(() => workbench.text()).toBe(RULE);
  }
  await workbench.typeAtEnd('# more');
  await expect(workbench.status).toContainText('saved in this browser');
});

test('earlier texts that are none, or of no time, are left out of the history', async ({ workbench, page }) => {
  await page.goto('/icon.svg');
  await put(page, 'rulewright', { drafts: { keyPath: 'id', records: [[whole('a')]] } });
  const state = { draft: 'a', at: 5, text: 'earlier', isFirst: true };
  const states = [
    ...ODD.map((odd, at) => ({ ...state, at: 10 + at, text: odd })),
    ...ODD.map((odd, at) => ({ ...state, at: 50 + at, isFirst: odd })),
    { ...state, at: 1e300 },
  ];
  await put(page, 'rulewright-history', { states: { keyPath: ['draft', 'at'], records: states.map((one) => [one]) } });
  await workbench.open();
  await expect.poll(() => workbench.text()).toBe(RULE);
  await page.getByRole('button', { name: 'More for this draft' }).click();
  await page.getByRole('menuitem', { name: 'History…' }).click();
  const dialog = page.getByRole('dialog', { name: /history/ });
  await expect(dialog.getByRole('button', { name: /^Return to/ })).toBeVisible();
  await expect(page.getByText(/stopped while drawing|Something failed/)).toHaveCount(0);
});

test('a stored catalog of which any part is something else leaves the bundled one open, and its list can be looked at', async ({ workbench, page }) => {
  test.slow();
  const report = { from: 'a', files: 1, rules: 1, passedOver: [], unread: [] };
  await page.goto('/icon.svg');
  const none = [
    { name: {}, manifest: '{}', files: [['list', 5]], built: { report: { ...report, unread: [{ path: 5 }] } } },
    { name: 'a', manifest: '{}', files: [], built: { report: { ...report, passedOver: [null] } } },
    { name: 'a', manifest: '{}', files: [], built: { report: 'x', folder: 5 } },
    { name: 'a', manifest: 5, files: 5, built: 5 },
  ];
  for (const record of none) {
    await put(page, 'rulewright-catalog', { own: { records: [[record, 'files']] }, joined: { records: [[{ of: 5, stored: 5 }, 'catalog']] } });
    await page.evaluate(() => localStorage.setItem('rulewright.preferences', '{"catalog":"both"}'));
    await page.goto(`/?${none.indexOf(record)}`);
    await workbench.isReady();
    await expect(workbench.status).toContainText(/catalog [\d,]+ rules/);
    await workbench.status.getByRole('button', { name: /rules/ }).click();
    await expect(page.getByRole('dialog', { name: 'Catalogs' }).getByRole('heading', { name: /^Your own/ })).toBeVisible();
    await expect(page.getByText(/stopped while drawing|Something failed/)).toHaveCount(0);
  }
});
