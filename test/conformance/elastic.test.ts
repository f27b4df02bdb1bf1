import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { lineOf } from '../../src/cli/analyze-line';
import { analyseText } from '../../src/cli/documents';
import { elasticFormat } from '../../src/formats/elastic';
import { readToml } from '../../src/formats/elastic/toml';
import type { DocumentNode } from '../../src/formats/elastic/tree';
import { LANGUAGES } from '../../src/languages/registry';
import { readCorpus } from '../bench/corpus';
import { uncovered } from '../support/laws';
import { samePredicate } from '../support/same-predicate';
import { slowEdits } from '../support/slow-edits';

const SHARED = join(import.meta.dirname, '../../../shared');
const RESULTS = join(import.meta.dirname, '../../test-results');
const context = { languages: LANGUAGES };
const files = readCorpus('elastic', '.toml');
const rules = files.filter(({ path }) => path.startsWith('rules'));

const REFERENCE = join(SHARED, 'expected/elastic.ndjson.gz');

/** What compare.mjs says of all that `analyze` prints of a language's rules: its shares and the rules that differ. */
function compare(language: string): { readonly exact: number; readonly found: number; readonly notes: readonly string[] } {
  mkdirSync(RESULTS, { recursive: true });
  const actual = join(RESULTS, `elastic-${language}.ndjson`);
  const lines = rules.flatMap(({ path, text }) =>
    analyseText(text, path, elasticFormat, context)
      .rules.filter(({ report }) => report.rule.analysis.language === language)
      .map((rule) => lineOf(path, 'elastic', text, rule)),
  );
  writeFileSync(actual, lines.join('\n'));
  const { stdout } = spawnSync(process.execPath, [join(SHARED, 'tools/compare.mjs'), REFERENCE, '--language', language, '--show', '1000', '--actual', actual], {
    encoding: 'utf8',
  });
  const output = stdout.trim().split('\n');
  const summary = output.at(-1)!;
  console.log(`${language}: ${summary}`);
  const share = (name: string): number => Number(new RegExp(`${name} ([\\d.]+)%`).exec(summary)?.[1]);
  return { exact: share('exact'), found: share('predicates found'), notes: output.slice(0, -1) };
}

/** Rules where the reference differs, and why it is not followed. */
const KNOWN: Readonly<Record<string, string>> = {
  'rules/integrations/o365/defense_evasion_exchange_new_inbox_rule_delete_or_move.toml':
    'kuery decodes \\u0000 in quotes to one character; the reference keeps the six as written',
};

const unexplained = (notes: readonly string[]): readonly string[] => notes.filter((note) => !Object.keys(KNOWN).some((path) => note.startsWith(path)));

describe.skipIf(!existsSync(REFERENCE))('Elastic rules against an independent extraction', () => {
  it('kuery', () => {
    const { exact, notes } = compare('kuery');
    // One rule of 405 is not followed.
    expect(exact).toBeGreaterThanOrEqual(99.75);
    expect(unexplained(notes)).toEqual([]);
  });

  it('EQL', () => {
    const { exact, notes } = compare('eql');
    expect(exact).toBe(100);
    expect(unexplained(notes)).toEqual([]);
  });

  it('ES|QL, a cross-check', () => {
    expect(compare('esql').found).toBeGreaterThanOrEqual(97);
  });
});

/** The condition with every column as if the events had it, so that it can stand by itself. */
function asGiven<T>(part: T): T {
  if (Array.isArray(part)) return part.map(asGiven) as T;
  if (typeof part !== 'object' || part === null) return part;
  const isField = (part as { readonly kind?: unknown }).kind === 'field';
  const kept = Object.entries(part).filter(([key]) => !isField || (key !== 'derived' && key !== 'of'));
  return Object.fromEntries(kept.map(([key, inner]) => [key, asGiven(inner as unknown)])) as T;
}

const plain = (node: DocumentNode): unknown => {
  if (node.kind === 'text') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind === 'table') return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
  return node.source === 'true' ? true : node.source === 'false' ? false : Number(node.source.replaceAll('_', ''));
};

describe.skipIf(files.length === 0)('every Elastic file', () => {
  it('is read as a plain TOML parser reads it', () => {
    for (const { path, text } of files) expect(plain(readToml(text).root), path).toEqual(JSON.parse(JSON.stringify(parse(text))));
  });

  it('opens without an error', () => {
    for (const { path, text } of files) {
      const { rules: opened, diagnostics } = elasticFormat.open(text, context);
      expect(opened.length, path).toBeGreaterThan(0);
      expect(
        diagnostics
          .filter(({ severity, code }) => severity === 'error' && path.startsWith('rules') && code !== 'elastic/no-query')
          .map(({ message }) => `${path}: ${message}`),
      ).toEqual([]);
    }
  });

  it('places its values where they are written', () => {
    for (const { path, text } of rules.filter((_, index) => index % 10 === 0))
      for (const rule of elasticFormat.open(text, context).rules)
        for (const { values, op } of reportOf(rule).leaves)
          for (const { text: value, span, type } of values)
            if (type === 'string' && op !== 'regex_match' && /^[\w .-]{3,}$/.test(value)) expect(text.slice(span.start, span.end), path).toContain(value);
  });

  it('page 000: every metadata row', () => {
    const { text } = rules.find(({ text: source }) => source.includes('e2dc8f8c-5f16-42fa-b49e-0eb8057f7444'))!;
    const [rule] = elasticFormat.open(text, context).rules;
    const page = readFileSync(join(SHARED, 'reference/000_3d6f7d52b5881dfb.txt'), 'utf8').split('\n');
    const row = (name: string): string => page[page.indexOf(name) + 1]!;
    const report = reportOf(rule!);
    expect(rule!.meta.title).toBe(page[2]);
    expect(rule!.meta.status).toBe(row('Status'));
    expect(row('Kind').startsWith(rule!.meta.kind)).toBe(true);
    expect(rule!.meta.severity).toBe(row('Severity'));
    expect(report.timeWindow).toBe(row('Time window'));
    expect(report.groupBy.join(', ')).toBe(row('Group by'));
    expect(rule!.meta.author.join(', ')).toBe(row('Author'));
    expect(page).toContain(rule!.meta.description);
    expect(rule!.meta.techniques).toEqual(['T1016', 'T1049']);
    expect(rule!.meta.tactics).toEqual(['discovery']);
    const [stage, ...others] = rule!.analysis.stages;
    expect(others).toEqual([]);
    expect(page).toContain(`Stage 1: ${stage!.kind}`);
    for (const { name, value } of stage!.parameters!) expect(row(name)).toBe(value);
    expect(text.slice(stage!.span.start, stage!.span.end)).toBe(page.slice(page.indexOf('Stage 1: new_terms') + 2, page.indexOf('New terms')).join('\n'));
  });

  it('T1049 has nine Elastic rules', () => {
    const counted = rules
      .filter(({ path }) => !path.includes('_deprecated'))
      .flatMap(({ text }) => elasticFormat.open(text, context).rules)
      .filter(({ meta }) => meta.techniques.includes('T1049') && meta.kind !== 'alert feed');
    expect(counted).toHaveLength(9);
  });

  it('no token of a query is left aside, and a condition that is printed reads back as itself', { timeout: 600_000 }, () => {
    for (const id of ['eql', 'esql']) {
      const language = LANGUAGES.get(id)!;
      let printed = 0;
      let seen = 0;
      for (const { path, text } of rules) {
        const { rule } = parse(text) as { rule: { query?: string; language?: string } };
        if (rule.query === undefined || rule.language !== id) continue;
        seen++;
        const analysis = language.analyse(rule.query, context);
        expect(uncovered(rule.query, analysis), path).toEqual([]);
        const predicate = asGiven(analysis.predicate);
        const result = language.print!(predicate);
        if ('refused' in result) continue;
        printed++;
        if (!samePredicate(language.analyse(result.text, context).predicate, predicate)) expect.fail(`${path}: reads back as something else: ${result.text}`);
      }
      console.log(`${id}: ${printed} of ${seen} conditions printed`);
      // What is refused holds a part that is not read, a model's answer, or a query in KQL, which is true or false of a missing field.
      expect(printed / seen).toBeGreaterThanOrEqual(id === 'eql' ? 0.99 : 0.8);
    }
  });

  it('a hundred thousand random edits of queries: no exception, no time out of proportion', { timeout: 1_200_000 }, () => {
    const queries = rules.flatMap(({ text }) => {
      const { rule } = parse(text) as { rule: { query?: string; language?: string } };
      return rule.query === undefined || rule.language === undefined ? [] : [{ text: rule.query, language: LANGUAGES.get(rule.language)! }];
    });
    expect(new Set(queries.map(({ language }) => language.id))).toEqual(new Set(['eql', 'kuery', 'esql', 'lucene']));
    expect(slowEdits(queries, 2192, (text, { language }) => void language.analyse(text, context))).toEqual([]);
  });
});
