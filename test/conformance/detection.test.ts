import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { detectFormat } from '../../src/formats/detect';
import { markdownFormat } from '../../src/formats/markdown';
import { LANGUAGES } from '../../src/languages/registry';

const SHARED = join(import.meta.dirname, '../../../shared');

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}

/** A text with the format it is of, as its source says. */
interface Sample {
  readonly format: string;
  readonly text: string;
  readonly from: string;
}

const record = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = parseYaml(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

/** Whole files and the queries in them, each as bare text. */
function samples(): readonly Sample[] {
  const found: Sample[] = [];
  const put = (format: string, text: unknown, from: string): void => {
    if (typeof text === 'string' && text.trim() !== '') found.push({ format, text, from });
  };
  const each = (folder: string, ending: RegExp, take: (text: string, from: string) => void): void => {
    for (const path of filesBelow(join(SHARED, folder))) if (ending.test(path)) take(readFileSync(path, 'utf8'), relative(SHARED, path));
  };
  const YAML = /\.ya?ml$/;
  for (const folder of [
    'corpus/sigma/rules',
    'corpus/sigma/rules-threat-hunting',
    'corpus/sigma/rules-emerging-threats',
    'corpus/sigma/rules-compliance',
    'corpus-2026/mbabinski',
    'corpus-2026/mdecrevoisier',
    'corpus-2026/dfirreport',
    'corpus-2026/tsale',
  ])
    each(folder, YAML, (text, from) => {
      if (/^(?:detection|correlation):/m.test(text)) put('sigma', text, from);
    });
  for (const folder of ['corpus/splunk/detections', 'corpus-2026/splunk/detections'])
    each(folder, YAML, (text, from) => {
      const { search } = record(text);
      if (typeof search !== 'string') return;
      put('splunk', text, from);
      put('spl', search, from);
    });
  each('corpus/anvilogic', YAML, (text, from) => {
    const { logic, logic_format: language } = record(text);
    if (typeof logic !== 'string' || !/^splunk$/i.test(String(language))) return;
    put('anvilogic', text, from);
    put('spl', logic, from);
  });
  for (const folder of ['corpus/sentinel', 'corpus-2026/sentinel', 'corpus-2026/sentinel-2025', 'corpus-2026/noodle'])
    each(folder, YAML, (text, from) => {
      const { query } = record(text);
      if (typeof query !== 'string') return;
      put('sentinel', text, from);
      put('kusto', query, from);
    });
  each('corpus-2026/slimkql', /\.kql$/, (text, from) => put('kusto', text, from));
  for (const folder of ['corpus/bert-janp', 'corpus/alexverboon', 'corpus-2026/cyb3rmik3', 'corpus-2026/falconfriday'])
    each(folder, /\.md$/i, (text, from) => {
      const { rules } = markdownFormat.open(text, { languages: LANGUAGES });
      if (rules.length > 0) put('markdown', text, from);
      for (const { meta } of rules) put('kusto', text.slice(meta.places['query']!.start, meta.places['query']!.end), from);
    });
  for (const folder of ['corpus/elastic', 'corpus-2026/protections'])
    each(folder, /\.toml$/, (text, from) => {
      const { rule, hunt } = parseToml(text) as {
        readonly rule?: { readonly query?: string; readonly language?: string; readonly type?: string };
        readonly hunt?: object;
      };
      if (rule === undefined && hunt === undefined) return;
      put('elastic', text, from);
      if (rule !== undefined) put(rule.language ?? 'eql', rule.query, from);
    });
  for (const name of ['kusto', 'esql', 'eql', 'kuery'])
    for (const line of readFileSync(join(SHARED, `expected/run/queries/${name}.ndjson`), 'utf8').split('\n')) {
      if (line === '') continue;
      const { id, query, lang } = JSON.parse(line) as { readonly id: string; readonly query: string; readonly lang?: string };
      // Expressions without an event to ask are no queries.
      if (!id.startsWith('eql-fold')) put(lang ?? name, query, `${name} ${id}`);
    }
  return found;
}

/** Another language is as good an answer where the text is one of both. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {};

describe.skipIf(!existsSync(SHARED))('what a bare text is', () => {
  it('is told right for at least 998 of 1,000 texts of every corpus', { timeout: 600_000 }, () => {
    const counts = new Map<string, { seen: number; right: number }>();
    const wrong: string[] = [];
    for (const { format, text, from } of samples()) {
      const count = counts.get(format) ?? { seen: 0, right: 0 };
      counts.set(format, count);
      count.seen++;
      const told = detectFormat(text).id;
      if (told === format || ALIKE[format]?.includes(told) === true) count.right++;
      else wrong.push(`${format} told as ${told}: ${from}: ${JSON.stringify(text.slice(0, 160))}`);
    }
    for (const [format, { seen, right }] of counts) console.log(`${format}: ${right} of ${seen}, ${((100 * right) / seen).toFixed(2)} %`);
    const all = [...counts.values()];
    const share = all.reduce((sum, { right }) => sum + right, 0) / all.reduce((sum, { seen }) => sum + seen, 0);
    console.log(`together ${(100 * share).toFixed(3)} %\n${wrong.join('\n')}`);
    expect(share).toBeGreaterThanOrEqual(0.998);
  });
});
