import { SOURCE_NAMES, sourceOf } from '../../src/knowledge/sources';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guideOf } from '../../src/catalog/guide';
import { techniquesOf } from '../../src/catalog/techniques';
import type { Manifest } from '../../src/catalog/store/stored-format';
import { catalogIn } from '../../src/cli/catalog-folder';

import { FORMATS } from '../../src/formats/registry';
import type { SourceName } from '../../src/model';

const ROOT = join(import.meta.dirname, '..', '..');
const CORPUS = join(ROOT, '..', 'shared', 'corpus');
const BUNDLED = join(ROOT, 'public', 'catalog');

/** Sources whose format can be read, and so stand in the bundled catalog. */
const READ = SOURCE_NAMES.filter((name): name is SourceName => name !== 'private' && FORMATS.has(sourceOf(name)!.format ?? ''));

const run = (...words: string[]) => spawnSync(process.execPath, ['src/cli/bin.mjs', ...words], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });

const ALL = { platforms: [], domains: [], vendors: [], subTechniques: true, unsettled: true };

describe('the bundled catalog', () => {
  let built = '';
  beforeAll(() => {
    built = mkdtempSync(join(tmpdir(), 'rulewright-'));
    const sources = READ.flatMap((name) => ['--source', `${name}=${join(CORPUS, name)}`]);
    const { status, stdout, stderr } = run('catalog', ...sources, '--attack', join(CORPUS, 'attack'), '--out', built);
    if (status !== 0) throw new Error(stderr);
    console.log(stdout);
  }, 600_000);
  afterAll(() => rmSync(built, { recursive: true, force: true }));

  it('is what the corpus gives today, byte by byte', async () => {
    for (const name of readdirSync(built)) expect(readFileSync(join(BUNDLED, name)).equals(readFileSync(join(built, name))), name).toBe(true);
  });

  it('is at most 3 MB over the wire', async () => {
    const { list, facts } = (JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8')) as Manifest).files;
    expect(list.bytes + facts.bytes).toBeLessThan(3_000_000);
  });

  it('names a pinned commit and a licence for every source, and a link for every rule', async () => {
    for (const { commit, license, rules } of (await catalogIn(built)).about.sources) {
      expect(commit).toMatch(/^[0-9a-f]{40}$/);
      expect(license).not.toBe('');
      expect(rules).toBeGreaterThan(100);
    }
  });

  it('has the rules that the vendors tag with T1049', async () => {
    const counts = { Sigma: 9, Elastic: 9, Splunk: 22, Kusto: 0 };
    const vendors = new Set(READ.map((name) => sourceOf(name)!.vendor));
    const { rules } = JSON.parse(run('guide', 'T1049', '--catalog', built, '--json').stdout) as { readonly rules: Record<string, number> };
    if (vendors.has('sigma')) expect(rules['Sigma']).toBe(counts.Sigma);
    if (vendors.has('elastic')) expect(rules['Elastic']).toBe(counts.Elastic);
    if (READ.includes('splunk') && READ.includes('anvilogic')) expect(rules['Splunk']).toBe(counts.Splunk);
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
