import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../src/catalog/catalog';
import { guideOf } from '../../src/catalog/guide';
import { openStored } from '../../src/catalog/open';
import { reachesOf } from '../../src/catalog/reach';
import { ruleOf } from '../../src/catalog/rule';
import { storeCatalog } from '../../src/catalog/write';
import { catalogIn } from '../../src/cli/catalog-folder';
import { type Guide, type Operator, VENDOR_NAMES, VENDORS } from '../../src/model';
import { EXCLUSIONS, FIELDS, HEADS, REACHES, VALUES } from './reference-page';

const ROOT = join(import.meta.dirname, '..', '..');
const CORPUS = join(ROOT, '..', 'shared', 'corpus');
const DOCUMENT = join(ROOT, 'docs', 'reference-comparison.md');
const ALL = { platforms: [], domains: [], vendors: [], subTechniques: true };

let catalog: Catalog;
/** The rules the page counted, as far as this corpus has them, and all. */
let counted: Guide;
let all: Guide;

/** Of Anvilogic's rules the page counted those whose search holds the text of an event's ID. */
const isCounted = (index: number): boolean => {
  const { source, path } = ruleOf(catalog, index)!;
  return source !== 'anvilogic' || readFileSync(join(CORPUS, source, path), 'utf8').includes('<EventID>');
};

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (text: string): string => (text === '' ? '' : `\`${cell(text)}\``);
const how = (pairs: readonly (readonly [Operator, number])[]): string => pairs.map(([kind, rules]) => `${kind} ${rules}`).join(', ');
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

function figures(): string {
  const row = (guide: Guide, side: 'values' | 'exclusions', field: string, kind: string, value: string) =>
    guide[side].find((one) => one.field === field && one.kind === kind && one.value === value);
  const vendors = (guide: Guide): string => VENDORS.map((vendor, at) => `${VENDOR_NAMES[vendor]} ${guide.perVendor[at]}`).join(', ');
  return [
    '### Rules',
    table(
      ['', 'page', 'same rules', 'all rules', 'why it differs'],
      [
        ['rules', 33, counted.total, all.total, HEADS.rules],
        ['by vendor', 'Sigma 9, Elastic 9, Splunk 14, Kusto 1', vendors(counted), vendors(all), HEADS.vendors],
        ['events', 7, counted.events.length, all.events.length, HEADS.events],
        ['fields', 27, counted.fields.length, all.fields.length, HEADS.fields],
        ['values', 422, counted.values.length, all.values.length, HEADS.values],
        ['exclusions', 132, counted.exclusions.length, all.exclusions.length, HEADS.exclusions],
      ],
    ),
    '### Fields filtered most',
    table(
      ['field', 'page', 'how, page', 'same rules', 'how, same rules', 'all', 'why it differs'],
      FIELDS.map(({ name, ours = name, rules, kinds, why }) => {
        const [mine, whole] = [counted, all].map((guide) => guide.fields.find(({ field }) => field === ours));
        return [name === ours ? name : `${name} (${ours})`, rules, kinds, mine?.rules ?? 0, how(mine?.how ?? []), whole?.rules ?? 0, why];
      }),
    ),
    '### Sample values',
    table(
      ['field', 'page', 'same rules', 'why it differs'],
      FIELDS.map(({ name, ours = name, samples, sampled = '' }) => {
        const mine = counted.fields.find(({ field }) => field === ours)?.samples ?? [];
        return [name === ours ? name : `${name} (${ours})`, code(samples), code(mine.join(', ')), sampled];
      }),
    ),
    '### Top values',
    table(
      ['combination', 'here, page', 'reach, page', 'here, same rules', 'here, all', 'reach', 'why it differs'],
      VALUES.map(({ field, kind, value, here, reach, why }) => [
        `${field} ${kind} ${code(value)}`,
        here,
        reach,
        row(counted, 'values', field, kind, value)?.rules ?? 0,
        row(all, 'values', field, kind, value)?.rules ?? 0,
        reachesOf(catalog, [{ field, kind, value }], null)[0]!.total,
        why,
      ]),
    ),
    '### Exclusions',
    table(
      ['combination', 'page', 'same rules', 'all', 'why it differs'],
      EXCLUSIONS.map(({ field, kind, value, ours = {}, rules, why }) => {
        const asOurs = { field, kind, value: kind === 'match' ? value : value.toLowerCase(), ...ours };
        const [mine, whole] = [counted, all].map((guide) => row(guide, 'exclusions', asOurs.field, asOurs.kind, asOurs.value)?.rules ?? 0);
        return [`${field} ${kind} ${code(value)}`, rules, mine!, whole!, why];
      }),
    ),
    '### Corpus reach, against an independent count',
    table(
      ['combination', 'page', 'independent count of these sources', 'here', 'why it differs'],
      REACHES.map(({ field, kind, value, page, independent, why }) => [
        `${field} ${kind} ${code(value)}`,
        page,
        independent,
        reachesOf(catalog, [{ field, kind, value }], null)[0]!.total,
        why,
      ]),
    ),
  ].join('\n\n');
}

describe.skipIf(!existsSync(CORPUS))('the reference pages', () => {
  beforeAll(async () => {
    catalog = await catalogIn(join(ROOT, 'public', 'catalog'));
    all = guideOf(catalog, 'T1049', ALL, null)!;
    const rules = all.rules.filter(({ index }) => isCounted(index)).map(({ index }) => ({ ...ruleOf(catalog, index)!, text: null }));
    const techniques = [...catalog.list.attack.values()];
    counted = guideOf(openStored(storeCatalog({ rules, sources: catalog.about.sources, attack: { release: '', techniques } })).catalog, 'T1049', ALL, null)!;
  });

  it('are compared figure by figure in the document, whose figures are those of today', () => {
    const written = readFileSync(DOCUMENT, 'utf8');
    expect(written).toMatch(/<!-- figures -->\n[\s\S]*\n<!-- end of figures -->/);
    const fresh = written.replace(/(<!-- figures -->\n)[\s\S]*?(\n<!-- end of figures -->)/, (_, open: string, close: string) => open + figures() + close);
    if (process.env['UPDATE'] === '1') writeFileSync(DOCUMENT, fresh);
    else expect(written).toBe(fresh);
  });

  it('T1049 has the rules of the page, but for its one Kusto rule', () => {
    expect(all.perVendor).toEqual([9, 9, 22, 0]);
    expect(counted.perVendor).toEqual([9, 9, 14, 0]);
  });

  it('reach is of the same order as on the page and as an independent count', () => {
    const reach = (field: string, kind: Operator, value: string): number => reachesOf(catalog, [{ field, kind, value }], null)[0]!.total;
    for (const { field, kind, value, independent } of REACHES) {
      const ours = reach(field, kind, value);
      expect(ours / independent, `${field} ${value}`).toBeGreaterThan(0.9);
      expect(ours / independent, `${field} ${value}`).toBeLessThan(1.12);
    }
  });
});
