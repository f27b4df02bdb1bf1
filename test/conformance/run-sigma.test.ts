import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event, Rule } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import type { Given } from '../../src/run/engine';
import { SHARED } from './sigma-cases';

const HOME = join(SHARED, 'expected', 'run', 'sigma');
const textAt = (path: string): string => {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};
const linesOf = <T>(file: string): readonly T[] =>
  textAt(join(HOME, file))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

const openRules = (text: string): readonly Rule[] => FORMATS.get('sigma')!.open(text, { languages: LANGUAGES }).rules;
const givenOf = (events: readonly Event[], rules: readonly Rule[], ignoreLogsource = true): Given => ({
  events,
  tables: new Map(),
  policies: new Map(),
  types: new Map(),
  names: null,
  ignoreLogsource,
  now: 0n,
  rules,
});

interface Hits {
  readonly path: string;
  readonly hits?: Readonly<Record<string, readonly number[]>>;
  readonly hitsWithLogsource?: Readonly<Record<string, readonly number[]>>;
  readonly undecided?: Readonly<Record<string, readonly number[]>>;
}

/** What begins with `_` is about the event and not of it. */
const eventsOf = (name: string): readonly Event[] =>
  linesOf<Event>(join('events', `${name}.ndjson.gz`)).map((event) => Object.fromEntries(Object.entries(event).filter(([key]) => !key.startsWith('_'))));

describe('Sigma rules on events, as two other engines judge them', () => {
  it('agrees on pairs of rule and event', () => {
    const rules = linesOf<Hits>('hits.ndjson.gz').map((hits) => ({ hits, rule: openRules(textAt(join(SHARED, 'corpus', 'sigma', hits.path)))[0]! }));
    const counts = { right: 0, missed: 0, extra: 0, undecided: 0, refused: 0, rightSourced: 0, missedSourced: 0 };
    const notes: string[] = [];
    for (const file of readdirSync(join(HOME, 'events')).sort()) {
      const name = file.replace('.ndjson.gz', '');
      const events = eventsOf(name);
      for (const { hits, rule } of rules) {
        const answer = runRule(rule, givenOf(events, []));
        if (answer.verdict === 'refused') {
          counts.refused++;
          continue;
        }
        const got = new Set(answer.matches.map((index) => index + 1));
        const free = new Set(hits.undecided?.[name]);
        const wanted = (hits.hits?.[name] ?? []).filter((line) => !free.has(line));
        counts.undecided += answer.undecided.length;
        const missed = wanted.filter((line) => !got.has(line));
        const extra = [...got].filter((line) => !wanted.includes(line) && !free.has(line));
        counts.right += wanted.length - missed.length;
        counts.missed += missed.length;
        counts.extra += extra.length;
        if (missed.length + extra.length > 0) notes.push(`${hits.path} over ${name}: missed ${missed.join(', ')} extra ${extra.join(', ')}`);
        const sourced = (hits.hitsWithLogsource?.[name] ?? []).filter((line) => !free.has(line));
        if (sourced.length === 0) continue;
        // What the detection does not match, its log source cannot make a match.
        const matched = answer.matches;
        const own = new Set(
          runRule(
            rule,
            givenOf(
              matched.map((index) => events[index]!),
              [],
              false,
            ),
          ).matches.map((at) => matched[at]! + 1),
        );
        const lost = sourced.filter((line) => !own.has(line));
        counts.rightSourced += sourced.length - lost.length;
        counts.missedSourced += lost.length;
        if (lost.length > 0) notes.push(`${hits.path} over ${name}, with its log source: missed ${lost.join(', ')}`);
      }
    }
    console.log(`Sigma pairs: ${JSON.stringify(counts)}\n${notes.slice(0, 40).join('\n')}`);
    expect(counts.right / (counts.right + counts.missed + counts.extra)).toBeGreaterThanOrEqual(0.999);
    expect(counts.rightSourced / (counts.rightSourced + counts.missedSourced)).toBeGreaterThanOrEqual(0.99);
  });

  it("agrees with SigmaHQ's regression pairs as corrected", () => {
    interface Pair {
      readonly rule: string;
      readonly lines: readonly number[];
      readonly expectedMatchCount: number | null;
      readonly upstreamCorrected: number | null;
    }
    const events = eventsOf('sigmahq-regression');
    const wrong: string[] = [];
    const pairs = linesOf<Pair>('regression.ndjson');
    for (const { rule: path, lines, expectedMatchCount, upstreamCorrected } of pairs) {
      const rule = openRules(textAt(join(SHARED, 'corpus', 'sigma', path)))[0]!;
      const { matches } = runRule(
        rule,
        givenOf(
          lines.map((line) => events[line - 1]!),
          [],
          false,
        ),
      );
      const wanted = upstreamCorrected ?? expectedMatchCount;
      if (wanted === null ? matches.length === 0 : matches.length !== wanted) wrong.push(`${path}: ${matches.length} for ${wanted ?? 'at least one'}`);
    }
    console.log(`Sigma regression pairs: ${pairs.length - wrong.length} of ${pairs.length}`);
    expect(wrong).toEqual([]);
  });

  it('agrees on modifiers', () => {
    interface Case {
      readonly rule: string;
      readonly event: Event;
      readonly expected: boolean | null;
      readonly status: string;
    }
    const decided = linesOf<Case>('modifiers.ndjson').filter(({ expected }) => expected !== null);
    const wrong = decided.filter(({ rule, event, expected }) => runRule(openRules(rule)[0]!, givenOf([event], [])).matches.length > 0 !== expected);
    console.log(`Sigma modifiers: ${decided.length - wrong.length} of ${decided.length}`);
    expect(wrong.map(({ rule }) => rule)).toEqual([]);
  });

  it('agrees on correlations, and says which reading it takes where the text leaves one', () => {
    interface Case {
      readonly id: string;
      readonly yaml: string;
      readonly events: readonly Event[];
      readonly expected: readonly unknown[] | null;
    }
    const cases = linesOf<Case>('correlations.ndjson');
    const wrong: string[] = [];
    for (const { id, yaml, events, expected } of cases) {
      const rules = openRules(yaml);
      const answer = runRule(rules.find(({ meta }) => meta.name === 'corr') ?? rules.at(-1)!, givenOf(events, rules));
      const got = [...new Set((answer.groups ?? []).map((group) => JSON.stringify({ group })))].sort();
      if (expected === null) {
        if (answer.verdict !== 'refused' && (answer.readings ?? []).length === 0) wrong.push(`${id}: says no reading`);
      } else if (JSON.stringify(got) !== JSON.stringify(expected.map((group) => JSON.stringify(group)).sort())) wrong.push(`${id}: ${got.join(' ')}`);
    }
    console.log(`Sigma correlations: ${cases.length - wrong.length} of ${cases.length}`);
    expect(wrong).toEqual([]);
  });
});
