import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { lintOf } from '../../src/lint/rule-checks';
import { reportOf } from '../../src/analysis/report';
import { exclusionRows, indicatorRows, type Row } from '../../src/analysis/rows';
import { FORMATS } from '../../src/formats/registry';
import table from '../../src/knowledge/fields.json';
import { fieldNames, knownFields } from '../../src/knowledge/fields';
import { LANGUAGES } from '../../src/languages/registry';
import type { Report, Taxonomy } from '../../src/model';

const SHARED = join(import.meta.dirname, '../../../shared');
const read = (path: string): string => readFileSync(join(SHARED, path), 'utf8');
const context = { languages: LANGUAGES };

const reportsOf = (format: string, text: string): readonly Report[] => FORMATS.get(format)!.open(text, context).rules.map(reportOf);

const shown = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ field, op, values }) => `${field} ${op} ${values.map(({ text }) => text).join(', ')}`.trimEnd());

function filesUnder(folder: string, ending: string): readonly string[] {
  return readdirSync(join(SHARED, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending) && !entry.parentPath.includes('_deprecated'))
    .map((entry) => join(entry.parentPath, entry.name));
}

describe.skipIf(!existsSync(SHARED))('analysis on the public rules', () => {
  test('page 000: exclusions, indicators, window and grouping', () => {
    const [report] = reportsOf('elastic', read('corpus/elastic/rules_building_block/discovery_system_network_connections.toml'));
    const page = read('reference/000_3d6f7d52b5881dfb.txt').split('\n');
    const excluded = page.slice(page.indexOf('FieldKindExcluded values') + 1, page.indexOf('Indicators') - 1).filter((line) => line !== '');
    expect(shown(exclusionRows(report!.leaves)).map((line) => line.replace(/^(\S+) (\S+) /, '$1$2'))).toEqual(excluded);
    const indicators = page.slice(page.indexOf('FieldKindValues') + 1).map((line) => line.replace(/^ {2}• /, ''));
    expect(indicatorRows(report!.leaves).flatMap(({ field, op, values }) => [`${field}${op}`, ...values.map(({ text }) => text)])).toEqual(indicators);
    expect(report!.timeWindow).toBe('119m');
    expect(report!.groupBy.join(', ')).toBe(page[page.indexOf('Group by') + 1]);
    expect(report!.platforms).toEqual(['linux', 'macos']);
  });

  test('names of the fields rules use are known', () => {
    const sets: readonly (readonly [string, string, readonly string[], string, number])[] = [
      [
        'sigma',
        'sigma',
        ['rules', 'rules-threat-hunting', 'rules-emerging-threats', 'rules-compliance'].map((folder) => `corpus/sigma/${folder}`),
        '.yml',
        0.97,
      ],
      ['elastic', 'ecs', ['corpus/elastic/rules', 'corpus/elastic/rules_building_block'], '.toml', 0.95],
    ];
    for (const [format, taxonomy, folders, ending, least] of sets) {
      const known = new Set(table.fields.map(({ name }) => name));
      let fields = 0;
      let named = 0;
      let lints = 0;
      let rules = 0;
      let ms = 0;
      for (const path of folders.flatMap((folder) => filesUnder(folder, ending))) {
        for (const rule of FORMATS.get(format)!.open(readFileSync(path, 'utf8'), context).rules) {
          const started = performance.now();
          const report = reportOf(rule);
          ms += performance.now() - started;
          rules++;
          lints += lintOf(report, '').filter(({ severity }) => severity !== 'info').length;
          for (const { triples, derived } of report.leaves) {
            const triple = triples[0];
            if (derived || triple === null || triple === undefined) continue;
            fields++;
            if (known.has(triple.field)) named++;
          }
        }
      }
      console.log(
        `${format}: ${rules} rules, ${(ms / rules).toFixed(3)} ms each, ${((100 * named) / fields).toFixed(1)} % of ${fields} comparisons on a known field, ${lints} lint warnings`,
      );
      expect(knownFields(taxonomy as Taxonomy).length).toBeGreaterThan(100);
      expect(named / fields).toBeGreaterThan(least);
      expect(lints / rules).toBeLessThan(0.01);
    }
  });

  test('exclusions of kuery and EQL rules agree with the upstream parsers', () => {
    let rules = 0;
    let agree = 0;
    for (const line of gunzipSync(readFileSync(join(SHARED, 'expected/elastic.ndjson.gz')))
      .toString()
      .split('\n')
      .filter(Boolean)) {
      const expected = JSON.parse(line) as { path: string; language: string; exclusions?: readonly (readonly [string, string, string?])[] };
      if (expected.exclusions === undefined || (expected.language !== 'kuery' && expected.language !== 'eql')) continue;
      const [report] = reportsOf('elastic', read(`corpus/elastic/${expected.path}`));
      const have = new Set(
        (report?.leaves ?? [])
          .filter(({ polarity }) => polarity === 'exclusion')
          .flatMap(({ field, values }) => (values.length === 0 ? [`${field} null`] : values.map(({ text }) => `${field} ${bare(text)}`))),
      );
      rules++;
      // `!=` and `rule.filters` exclude too, which the reference leaves out: everything it names is there.
      if (expected.exclusions.every(([field, , value]) => have.has(`${field} ${bare(value ?? 'null')}`))) agree++;
    }
    console.log(`exclusions: ${agree} of ${rules} rules`);
    expect(agree / rules).toBeGreaterThan(0.98);
  });

  test('columns of the field table exist', () => {
    const columns = new Map(
      Object.entries(JSON.parse(read('facts/kusto-tables.json')) as Record<string, Record<string, string>>).map(([name, row]) => [name.toLowerCase(), row]),
    );
    for (const { name, ...row } of table.fields) {
      for (const written of (row as { kusto?: readonly string[] }).kusto ?? []) {
        const [local = '', scopes = ''] = written.replace(/^</, '').split('@');
        for (const scope of scopes.split(',')) {
          const known = columns.get(scope);
          if (known === undefined || MISSING.has(`${scope} ${local}`)) continue;
          expect([name, scope, Object.hasOwn(known, local)]).toEqual([name, scope, true]);
          expect([local, scope, fieldNames('kusto', [scope]).canonical(local)]).toEqual([local, scope, expect.any(String)]);
        }
      }
    }
  });
});

/** Columns the rules use and the list of tables lacks. */
const MISSING: ReadonlySet<string> = new Set(['dnsevents Name']);

/** Stars stand outside in the reference and inside the kind here. */
const bare = (text: string): string => text.replaceAll('*', '').toLowerCase();
