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

/** Steps after which a row is no single event any more, or holds what was cut out of a text: what only filters has none of them. */
const BEYOND_FILTERS: ReadonlySet<string> = new Set(['aggregate', 'join', 'union', 'fork', 'extract', 'rows', 'range', 'lookup', 'distinct']);

/** Told from the text where it saves reading it. */
const SUMS_UP = /\|\s*(?:t?stats|summarize|join) /;

const isFilter = ({ analysis }: Rule): boolean => analysis.stages.every((stage) => (stage.operations ?? []).every(({ kind }) => !BEYOND_FILTERS.has(kind)));

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

function countsOver(source: string, ending: string, step: number): Map<string, Counts> {
  const byLanguage = new Map<string, Counts>();
  readCorpus(source, ending)
    .filter(({ path }) => !path.includes('regression_data'))
    .filter(({ text }, at) => at % step === 0 && !SUMS_UP.test(text))
    .forEach(({ path, text }) => {
      const { format } = detect(text, path);
      if (format === null) return;
      const filters = [...text.matchAll(/`(\w+_filter)`/g)].map(([, name]) => emptyMacro(name!));
      const { rules } = format.open(text, { languages: LANGUAGES, macros: macroMap([...MACROS, ...filters]) });
      for (const rule of rules) {
        if (!LANGUAGES.has(rule.analysis.language) || !isFilter(rule)) continue;
        const { language } = rule.analysis;
        let counts = byLanguage.get(language);
        if (counts === undefined) byLanguage.set(language, (counts = { rules: 0, unjudged: 0, found: 0, misses: 0, without: 0 }));
        counts.rules++;
        const found = witnessOf(rule, rules, NOW);
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

describe.skipIf(!existsSync(SHARED))('witnesses over public rules', () => {
  it('at least 95 of 100 rules that can be judged and only filter have one; all fire, no near miss does', () => {
    let [found, judged] = [0, 0];
    for (const [source, ending, step] of [
      ['sigma', '.yml', 4],
      ['elastic', '.toml', 4],
      ['sentinel', '.yaml', 1],
      ['splunk', '.yml', 1],
    ] as const)
      for (const [language, one] of countsOver(source, ending, step)) {
        console.log(`${source}, ${language}: ${JSON.stringify(one)}`);
        found += one.found;
        judged += one.rules - one.unjudged;
      }
    console.log(`${found} of ${judged}`);
    expect(found / judged).toBeGreaterThanOrEqual(0.95);
  });
});
