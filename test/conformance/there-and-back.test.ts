import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { convert } from '../../src/convert/convert';
import { equalsText } from '../../src/convert/events';
import { jointOf } from '../../src/convert/joint/of-rule';
import type { Target } from '../../src/convert/manner';
import { meaningOf } from '../../src/convert/meaning';
import { TARGETS } from '../../src/convert/targets/list';
import { detect } from '../../src/formats/detect';
import { FORMATS } from '../../src/formats/registry';
import { SOURCES } from '../../src/knowledge/sources';
import { LANGUAGES } from '../../src/languages/registry';
import type { Conversion, Rule } from '../../src/model';
import { allOf } from '../../src/syntax/predicates';
import { sourceFolder } from './source-folder';

const CONTEXT = { languages: LANGUAGES };
const FILE = join(import.meta.dirname, '..', '..', 'docs', 'conversion.md');
const isWritten = process.env['UPDATE'] === '1';
/** One in so many files is taken, of every source; all of them for the table of docs/conversion.md, which `UPDATE=1` writes. */
const SHARE = isWritten ? 1 : 16;
const OTHERS = ['spl', 'kusto', 'kuery', 'lucene', 'eql', 'esql'];
const WAYS = [...OTHERS.map((id) => [id, 'sigma'] as const), ...OTHERS.map((id) => ['sigma', id] as const)];

/** Every rule of single events of the corpora, by its language. */
function rulesByLanguage(): ReadonlyMap<string, readonly (readonly [path: string, rule: Rule])[]> {
  const byLanguage = new Map<string, (readonly [string, Rule])[]>();
  const folders = new Set(SOURCES.flatMap(({ name }) => sourceFolder(name) || []));
  for (const folder of folders) {
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:ya?ml|toml|md|kql|txt)$/.test(path) && !path.includes('regression_data'))
      .sort()
      .filter((_, at) => at % SHARE === 0);
    for (const path of paths) {
      const text = readFileSync(join(folder, path), 'utf8');
      const rules = detect(text, path).format?.open(text, CONTEXT).rules ?? [];
      for (const rule of rules) {
        const { language } = rule.analysis;
        if (rule.meta.kind === 'filter' || jointOf(rule, rules, TARGETS.get(language)?.several, false) !== null) continue;
        byLanguage.set(language, [...(byLanguage.get(language) ?? []), [join(folder, path), rule]]);
      }
    }
  }
  return byLanguage;
}

/** A rule written in a language with every name kept, and that text as a rule; null: it cannot be said there. */
function written(rule: Rule, target: Target): { readonly rule: Rule; readonly lost: Conversion['lost'] } | null {
  const { text, lost } = convert(rule, target, { names: rule.taxonomy, readBack: false, ...(target.id === 'sigma' ? { source: '/any/' } : null) });
  const read = text === null ? undefined : FORMATS.get(target.container ?? target.language!)!.open(text, CONTEXT).rules[0];
  return read === undefined ? null : { rule: read, lost: lost.filter(({ effect }) => effect !== 'shown') };
}

/** What a rule asks; a category of events that its language names before the conditions is one of them, and where values are compared by how they are written a truth value is a text. */
function asked({ analysis }: Rule, { category, manner }: Target): string {
  const pair = category?.(analysis.stages[0]?.kind ?? '') ?? null;
  const all =
    pair === null
      ? analysis.predicate
      : allOf([{ ...equalsText(pair, analysis.predicate.span), missing: 'unknown' }, analysis.predicate], analysis.predicate.span);
  return manner.isTyped === true ? meaningOf(all) : meaningOf(all).replace(/ v boolean "/g, ' v "');
}

const counted = (names: Iterable<string>): string => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
};

describe('rules that go to another language and return', () => {
  const all = rulesByLanguage();
  const rows: string[] = [];
  for (const [own, other] of WAYS) {
    const [from, over] = [TARGETS.get(own)!, TARGETS.get(other)!];
    it.skipIf(!all.has(own))(`${from.label}, ${over.label}, ${from.label}: are the same, or what is lost on the way says why not`, () => {
      const counts = { rules: 0, unwritten: 0, refused: 0, same: 0, said: 0 };
      const kinds: string[] = [];
      const unsaid: string[] = [];
      for (const [path, rule] of all.get(own)!) {
        counts.rules++;
        const alone = written(rule, from);
        const there = alone === null ? null : written(rule, over);
        const back = there === null ? null : written(there.rule, from);
        if (alone === null) counts.unwritten++;
        else if (there === null || back === null) counts.refused++;
        else {
          kinds.push(...new Set(there.lost.map(({ kind }) => kind)));
          const [before, after] = [asked(alone.rule, from), asked(back.rule, from)];
          if (before === after) counts.same++;
          else if (there.lost.length + back.lost.length > 0) counts.said++;
          else unsaid.push(`${path}\n  ${before}\n  ${after}`);
        }
      }
      const way = [from, over, from].map(({ label }) => label.replace('|', '\\|')).join(', ');
      rows.push(`| ${way} | ${[counts.rules, counts.unwritten, counts.refused, counts.same, counts.said, unsaid.length].join(' | ')} | ${counted(kinds)} |`);
      console.log(rows.at(-1));
      expect(unsaid).toEqual([]);
    });
  }
  afterAll(() => {
    if (!isWritten) return;
    const text = readFileSync(FILE, 'utf8');
    const head = /\| way \|.*\n\|[-|: ]+\|\n/.exec(text)!;
    const from = head.index + head[0].length;
    writeFileSync(FILE, `${text.slice(0, from)}${rows.join('\n')}\n${text.slice(from).replace(/^(?:\|.*\n)*/, '')}`);
  });
});
