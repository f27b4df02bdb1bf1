import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detect } from '../../src/formats/detect';
import { macroMap, MACROS } from '../../src/knowledge/macros';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event, Macro, Rule } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import { eventsGiven } from '../../src/run/given';
import { witnessOf } from '../../src/witness/witness';
import { readCorpus } from '../bench/corpus';
import { SHARED } from './sigma-cases';

const NOW = BigInt(Date.UTC(2026, 0, 5, 12)) * 1_000_000n;

const fires = (rule: Rule, rules: readonly Rule[], events: readonly Event[]): boolean => {
  const { matches, table } = runRule(rule, { ...eventsGiven(events, rules), now: NOW });
  return (table?.rows.length ?? matches.length) > 0;
};

/** What a content pack ships for the author to fill in: it filters nothing. */
const emptyMacro = (name: string): Macro => ({ name, arguments: [], definition: 'search *' });

interface Counts {
  rules: number;
  unjudged: number;
  found: number;
  misses: number;
  without: number;
}

/** Milliseconds that each rule took, by language. */
const times = new Map<string, number[]>();

const timesOf = (language: string): number[] => {
  const known = times.get(language) ?? [];
  times.set(language, known);
  return known;
};

/** The time that so much of all rules take at most, as a text. */
const within = (took: readonly number[], share: number): string =>
  took.toSorted((a, b) => a - b)[Math.min(took.length - 1, Math.floor(took.length * share))]!.toFixed(1);

function countsOver(source: string, ending: string, step: number): Map<string, Counts> {
  const byLanguage = new Map<string, Counts>();
  readCorpus(source, ending)
    .filter(({ path }) => !path.includes('regression_data'))
    .filter((_, at) => at % step === 0)
    .forEach(({ path, text }) => {
      const { format } = detect(text, path);
      if (format === null) return;
      const filters = [...text.matchAll(/`(\w+_filter)`/g)].map(([, name]) => emptyMacro(name!));
      const { rules } = format.open(text, { languages: LANGUAGES, macros: macroMap([...MACROS, ...filters]) });
      for (const rule of rules) {
        if (!LANGUAGES.has(rule.analysis.language)) continue;
        const { language } = rule.analysis;
        let counts = byLanguage.get(language);
        if (counts === undefined) byLanguage.set(language, (counts = { rules: 0, unjudged: 0, found: 0, misses: 0, without: 0 }));
        counts.rules++;
        const begun = performance.now();
        const found = witnessOf(rule, rules, NOW);
        timesOf(language).push(performance.now() - begun);
        if (found.withheld !== undefined) {
          if (/^it cannot be judged|are not run$/.test(found.withheld)) counts.unjudged++;
          continue;
        }
        counts.found++;
        counts.misses += found.misses.length;
        counts.without += found.without.length;
        expect(fires(rule, rules, found.events), path).toBe(true);
        for (const miss of found.misses) expect(fires(rule, rules, miss.events), `${path}: ${miss.condition}`).toBe(false);
      }
    });
  return byLanguage;
}

/** Of a hundred rules of a language that can be judged so many have one. */
const LEAST: Readonly<Record<string, number>> = { sigma: 99, eql: 99, kuery: 99, kusto: 93, spl: 94, esql: 95 };

describe.skipIf(!existsSync(SHARED))('witnesses over public rules', () => {
  it('most rules that can be judged have one; all fire, no near miss does', () => {
    const [found, judged] = [new Map<string, number>(), new Map<string, number>()];
    for (const [source, ending, step] of [
      ['sigma', '.yml', 16],
      ['elastic', '.toml', 8],
      ['sentinel', '.yaml', 3],
      ['bert-janp', '.md', 3],
      ['splunk', '.yml', 6],
    ] as const)
      for (const [language, one] of countsOver(source, ending, step)) {
        console.log(`${source}, ${language}: ${JSON.stringify(one)}`);
        found.set(language, (found.get(language) ?? 0) + one.found);
        judged.set(language, (judged.get(language) ?? 0) + one.rules - one.unjudged);
      }
    for (const [language, took] of times)
      console.log(
        `${language}: median ${within(took, 0.5)} ms, p95 ${within(took, 0.95)} ms, longest ${within(took, 1)} ms, ${took.filter((one) => one > 200).length} of ${took.length} over 200 ms`,
      );
    for (const [language, least] of Object.entries(LEAST)) {
      const share = (100 * (found.get(language) ?? 0)) / Math.max(1, judged.get(language) ?? 0);
      expect.soft(share, language).toBeGreaterThanOrEqual(least);
    }
  });
});
