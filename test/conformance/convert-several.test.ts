import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { convert } from '../../src/convert/convert';
import { jointOf } from '../../src/convert/joint/of-rule';
import { TARGETS } from '../../src/convert/targets/list';
import { detect } from '../../src/formats/detect';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event, Rule } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import { eventsGiven } from '../../src/run/given';
import { witnessOf } from '../../src/witness/witness';
import { readCorpus } from '../bench/corpus';
import { SHARED } from './sigma-cases';

const SOURCES = [
  ['elastic', '.toml'],
  ['splunk', '.yml'],
  ['sentinel', '.yaml'],
  ['bert-janp', '.md'],
] as const;

/** The rules of a source that ask for several events together. */
function severalIn(source: string, ending: string): readonly { readonly path: string; readonly rule: Rule }[] {
  return readCorpus(source, ending).flatMap(({ path, text }) => {
    const { format } = detect(text, path);
    const rules = format?.open(text, { languages: LANGUAGES }).rules ?? [];
    return rules.filter((rule) => jointOf(rule, rules, TARGETS.get(rule.analysis.language)?.several, false) !== null).map((rule) => ({ path, rule }));
  });
}

const kindOf = (why: string): string => why.replace(/`[^`]*`/g, '`…`').replace(/(?:, )?`…`(?:(?:, | and )`…`)+/g, '`…`');

describe.skipIf(!existsSync(SHARED))('rules of several events in other languages', () => {
  for (const [source, ending] of SOURCES)
    it(`${source}: reads back as what it was made of, or is refused with the reason`, () => {
      const all = severalIn(source, ending);
      const languages = new Set(all.map(({ rule }) => rule.analysis.language));
      for (const language of languages)
        for (const target of TARGETS.values()) {
          const own = all.filter(({ rule }) => rule.analysis.language === language);
          const conversions = own.map(({ path, rule }) => ({ path, ...convert(rule, target) }));
          const written = conversions.filter(({ text }) => text !== null);
          const refused = new Map<string, number>();
          for (const one of conversions) for (const why of new Set(one.refused.map((part) => kindOf(part.why)))) refused.set(why, (refused.get(why) ?? 0) + 1);
          const reasons = [...refused].sort((a, b) => b[1] - a[1]).map(([why, count]) => `${count} ${why}`);
          console.log(`${source}, ${language} → ${target.id}: ${written.length} of ${own.length}; ${reasons.slice(0, 6).join(', ')}`);
          expect(written.filter(({ proof }) => proof.readsBack !== true).map(({ path, text }) => `${path}\n${text}`)).toEqual([]);
        }
    }, 600_000);

  it('gives the verdicts of the original on events made for it, or the list of losses says why not', () => {
    const now = BigInt(Date.UTC(2026, 0, 5, 12)) * 1_000_000n;
    const fires = (rule: Rule, rules: readonly Rule[], events: readonly Event[]): boolean | null => {
      const { verdict, matches, table, undecided } = runRule(rule, { ...eventsGiven(events, rules), ignoreLogsource: true, now });
      return verdict === 'refused' || undecided.length > 0 ? null : (table?.rows.length ?? matches.length) > 0;
    };
    for (const id of ['sigma', 'spl', 'esql', 'eql']) {
      const counts = { rules: 0, events: 0, same: 0, said: 0, untold: 0 };
      const wrong: string[] = [];
      for (const { path, rule } of severalIn('elastic', '.toml').filter((_, at) => at % 3 === 0)) {
        const { text, lost } = convert(rule, TARGETS.get(id)!, { names: rule.taxonomy, ...(id === 'sigma' ? { source: '/any/' } : null) });
        const made = text === null ? null : witnessOf(rule, [], now);
        if (made === null || made.withheld !== undefined) continue;
        const others = FORMATS.get(id)!.open(text!, { languages: LANGUAGES }).rules;
        const effects = new Set(lost.map(({ effect }) => effect));
        counts.rules++;
        for (const [events, wanted] of [[made.events, true] as const, ...made.misses.map((miss) => [miss.events, false] as const)]) {
          counts.events++;
          const got = fires(others.at(-1)!, others, events);
          if (got === null) counts.untold++;
          else if (got === wanted) counts.same++;
          else if (effects.has('either') || effects.has(wanted ? 'stricter' : 'looser')) counts.said++;
          else wrong.push(`${path} ${wanted ? 'misses' : 'finds more'}\n${text}\n${JSON.stringify(events)}`);
        }
      }
      console.log(`${id} on events made for the original: ${JSON.stringify(counts)}`);
      expect(wrong).toEqual([]);
    }
  }, 600_000);
});
