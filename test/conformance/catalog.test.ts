import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guideOf } from '../../src/catalog/guide';
import { techniquesOf } from '../../src/catalog/techniques';
import { ruleOf } from '../../src/catalog/rule';
import { rowOf } from '../../src/catalog/store/metadata-columns';
import type { Manifest } from '../../src/catalog/store/stored-format';
import { catalogIn } from '../../src/cli/catalog-folder';

import { FOLDERS } from './source-folder';

const ROOT = join(import.meta.dirname, '..', '..');
const BUNDLED = join(ROOT, 'public', 'catalog');

const ALL = { platforms: [], domains: [], vendors: [], subTechniques: true, unsettled: true };

describe('the bundled catalog', () => {
  let built = '';
  beforeAll(() => {
    built = mkdtempSync(join(tmpdir(), 'rulewright-'));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['.ci/catalog.mjs', 'build', ...FOLDERS.flatMap((folder) => ['--from', folder]), '--out', built],
      {
        cwd: ROOT,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      },
    );
    if (status !== 0) throw new Error(stderr);
    console.log(stdout);
  }, 1_200_000);
  afterAll(() => rmSync(built, { recursive: true, force: true }));

  it('is what the corpus gives today, byte by byte', async () => {
    for (const name of readdirSync(built)) expect(readFileSync(join(BUNDLED, name)).equals(readFileSync(join(built, name))), name).toBe(true);
  });

  it('is at most 3 MB over the wire', async () => {
    const { list, facts } = (JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8')) as Manifest).files;
    expect(list.bytes + facts.bytes).toBeLessThan(3_000_000);
  });

  it('names a pinned commit and a licence for every source', async () => {
    for (const { name, commit, license, rules } of (await catalogIn(built)).about.sources) {
      expect(commit, name).toMatch(/^[0-9a-f]{40}$/);
      expect(license, name).not.toBe('');
      expect(rules, name).toBeGreaterThan(20);
    }
  });

  it('has a rule in one place only, and its copies in others', async () => {
    const catalog = await catalogIn(built);
    let copies = 0;
    const places = new Set<string>();
    for (let rule = 0; rule < catalog.list.count; rule++) {
      const facts = ruleOf(catalog, rule)!;
      for (const { source, path } of [facts, ...facts.copies]) places.add(`${source} ${path}`);
      for (const { source, path } of facts.copies) expect([source, path]).not.toEqual([facts.source, facts.path]);
      copies += facts.copies.length;
    }
    expect(copies).toBeGreaterThan(100);
    expect(places.size).toBeGreaterThan(15_000);
  });

  it('counts what is only listed apart, in no guide and no reach', async () => {
    const { about, list, indicators } = await catalogIn(built);
    expect(about.listed).toBeGreaterThan(1000);
    const listed = Array.from({ length: list.count }, (_, rule) => rule).filter((rule) => rowOf(list, rule).kind === 'no query text');
    expect(listed).toHaveLength(about.listed);
    for (const rule of listed) expect(list.counted[rule]).toBe(0);
    const among = new Set(listed);
    expect(indicators.rules.items.some((rule) => among.has(rule))).toBe(false);
  });

  it('counts basenames of Image under process_name', async () => {
    const guide = guideOf(await catalogIn(built), 'T1049', { ...ALL, vendors: ['sigma'] }, null)!;
    expect(guide.fields[0]).toMatchObject({ field: 'process_name' });
    expect(guide.values).toContainEqual(expect.objectContaining({ field: 'process_name', kind: 'eq', value: 'net.exe' }));
    expect(guide.values.some(({ field, value }) => field === 'Image' && /^[\\/][^\\/]+$/.test(value))).toBe(false);
  });

  it('counts no rule twice in a row, under no technique', async () => {
    const catalog = await catalogIn(built);
    for (const { id, rules } of techniquesOf(catalog.list)) {
      if (rules === 0) continue;
      const guide = guideOf(catalog, id, ALL, null)!;
      expect(guide.total).toBe(rules);
      for (const row of [...guide.fields, ...guide.exclusions, ...guide.thresholds, ...guide.events]) expect(row.rules).toBeLessThanOrEqual(guide.shown);
      for (const row of guide.values) {
        expect(row.rules).toBeLessThanOrEqual(row.reach);
        expect(row.reachPerVendor.reduce((sum, count) => sum + count)).toBe(row.reach);
      }
    }
  });
});
