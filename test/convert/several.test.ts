import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { convert } from '../../src/convert/convert';
import { TARGETS } from '../../src/convert/targets/list';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event, LossKind, Rule } from '../../src/model';
import type { Given } from '../../src/run/engine';
import { runRule } from '../../src/run/dialect/engines';

// Every text is parsed, and most are run.
vi.setConfig({ testTimeout: 120_000 });

const RULE = (name: string, value: string): string =>
  `title: ${name}\nname: ${name}\nlogsource:\n    category: small\ndetection:\n    selection:\n        ${value}\n    condition: selection\n---\n`;

/** A correlation over two small rules, one of which may hold of what the other does. */
const correlation = fc
  .record({
    kind: fc.constantFrom('event_count', 'value_count', 'value_sum', 'value_avg', 'temporal', 'temporal_ordered', 'over', 'nested'),
    second: fc.constantFrom('kind: b', 'kind: a', 'n|gte: 2'),
    both: fc.boolean(),
    grouped: fc.boolean(),
    seconds: fc.constantFrom(5, 60),
    own: fc.constantFrom(5, 60),
    bound: fc.constantFrom('gte', 'gt', 'lt', 'eq'),
    number: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ kind, second, both, grouped, seconds, own, bound, number }) => {
    const isTemporal = kind.startsWith('temporal') || kind === 'over' || kind === 'nested';
    const by = grouped ? '    group-by:\n        - g\n' : '';
    const many = `title: many\nname: many\ncorrelation:\n    type: event_count\n    rules:\n        - one\n${by}    timespan: ${own}s\n    condition:\n        gte: ${number}\n---\n`;
    const field = kind === 'value_count' ? '        field: v\n' : kind.startsWith('value') ? '        field: n\n' : '';
    return [
      RULE('one', 'kind: a'),
      RULE('two', second),
      kind === 'nested' ? many : '',
      `title: both\ncorrelation:\n    type: ${kind === 'over' || kind === 'nested' ? 'temporal' : kind}\n    rules:\n        - ${kind === 'nested' ? 'many' : 'one'}\n${both || isTemporal ? '        - two\n' : ''}`,
      by,
      `    timespan: ${seconds}s\n`,
      kind === 'over' ? '    condition: one and not two\n' : isTemporal ? '' : `    condition:\n${field}        ${bound}: ${number}\n`,
    ].join('');
  });

/** A sequence or a sample of small events. */
const sequence = fc
  .record({
    how: fc.constantFrom('sequence', 'sequence', 'sample'),
    seconds: fc.constantFrom(null, 5, 60),
    steps: fc.array(fc.constantFrom('kind == "a"', 'kind == "b"', 'n >= 2', 'kind == "a" and n >= 2'), { minLength: 2, maxLength: 3 }),
    runs: fc.option(fc.integer({ min: 2, max: 3 }), { nil: null }),
    grouped: fc.boolean(),
  })
  .map(({ how, seconds, steps, runs, grouped }) => {
    const head = `${how}${grouped || how === 'sample' ? ' by g' : ''}${seconds === null || how === 'sample' ? '' : ` with maxspan=${seconds}s`}`;
    if (runs !== null && how === 'sequence') return `${head}\n[any where ${steps[0]!}] with runs=${runs}`;
    return [head, ...steps.map((step) => `[any where ${step}]`)].join('\n');
  });

/** A sum of small events with a condition on it. */
const search = fc
  .record({
    filter: fc.constantFrom('kind="a"', 'kind=*', 'n>=1'),
    seconds: fc.constantFrom(null, 5, 60),
    grouped: fc.boolean(),
    condition: fc.constantFrom(
      'c >= 2',
      'c < 3',
      'd > 1',
      'a > 0 AND b > 0',
      'a >= 2 AND b < 2',
      'c = 2',
      'a > 0 AND d >= 1',
      's >= 3',
      'a > 0 AND NOT (b > 0)',
      '',
    ),
  })
  .map(({ filter, seconds, grouped, condition }) => {
    const by = [...(grouped || condition === '' ? ['g'] : []), ...(seconds === null ? [] : ['_time'])];
    const sums = 'count AS c dc(v) AS d count(eval(kind="a")) AS a count(eval(kind="b")) AS b sum(n) AS s';
    return `${filter}${seconds === null ? '' : ` | bin _time span=${seconds}s`} | stats ${sums}${by.length === 0 ? '' : ` BY ${by.join(', ')}`} ${condition === '' ? '' : ` | where ${condition}`}`;
  });

/** What stands in each language, and the names its events have. */
const SOURCES = [
  { from: 'sigma', texts: correlation },
  { from: 'eql', texts: sequence },
  { from: 'spl', texts: search },
] as const;

/** Events in order of time, each with its time under every name; what is not asked for may be missing. */
const events = fc
  .array(
    fc.record({
      after: fc.constantFrom(0, 1, 2, 4, 5, 30, 61),
      kind: fc.constantFrom('a', 'b', 'c'),
      g: fc.option(fc.constantFrom('p', 'q'), { nil: undefined }),
      v: fc.constantFrom('x', 'y', 'z'),
      n: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 9 },
  )
  .map((list) => {
    let at = Date.UTC(2024, 0, 1, 12, 0, 58);
    return list.map(({ after, g, ...rest }): Event => {
      at += after * 1000;
      const time = new Date(at).toISOString();
      return { '@timestamp': time, _time: at / 1000, TimeGenerated: time, ...rest, ...(g === undefined ? null : { g }) };
    });
  });

/** Losses that these events know nothing of: all have one value a field, under one name, in one place. */
const ELSEWHERE: ReadonlySet<LossKind> = new Set(['several', 'field', 'source']);

const open = (format: string, text: string): readonly Rule[] => FORMATS.get(format)!.open(text, { languages: LANGUAGES }).rules;

const given = (all: readonly Event[], rules: readonly Rule[]): Given => ({
  events: all,
  tables: new Map(),
  policies: new Map(),
  types: new Map([
    ['TimeGenerated', 'datetime'],
    ['@timestamp', 'date'],
    ['n', 'long'],
  ]),
  names: null,
  ignoreLogsource: true,
  now: 0n,
  rules,
});

/** The groups a rule fires for, '' where there are none; a text: it cannot be run. */
function firedFor(rules: readonly Rule[], all: readonly Event[]): ReadonlySet<string> | string {
  const answer = runRule(rules.at(-1)!, given(all, rules));
  if (answer.verdict === 'refused') return answer.refused[0]!.why;
  if (answer.verdict === 'rows') return new Set((answer.table?.rows ?? []).map((row) => String(row['g'] ?? '')));
  const isGrouped = rules.at(-1)!.analysis.groupBy.length > 0;
  return new Set((answer.sequences ?? []).map((slots) => (isGrouped ? String(all[slots[0]!]!['g']) : '')));
}

describe('several events in another language', () => {
  for (const { from, texts } of SOURCES)
    for (const id of ['spl', 'kusto', 'esql', 'eql', 'sigma'])
      test(`${from} → ${id}: fires for the same groups, or a loss says which way it differs`, () => {
        let told = 0;
        fc.assert(
          fc.property(texts, fc.array(events, { minLength: 1, maxLength: 4 }), (text, lists) => {
            const rules = open(from, text);
            const rule = rules.at(-1)!;
            const {
              text: made,
              lost,
              proof,
            } = convert(rule, TARGETS.get(id)!, { rules, names: rule.taxonomy, ...(id === 'sigma' ? { source: '/small/' } : null) });
            // Where there are no sums, one that is only shown is left out, and each event stands by itself.
            if (made === null || (from === 'spl' && !text.includes('| where') && (id === 'eql' || id === 'sigma'))) return;
            expect([made, proof.readsBack]).toEqual([made, true]);
            const effects = new Set(lost.filter(({ kind }) => !ELSEWHERE.has(kind)).map(({ effect }) => effect));
            const others = open(id, made);
            for (const list of lists) {
              const [before, after] = [firedFor(rules, list), firedFor(others, list)];
              if (typeof before === 'string' || typeof after === 'string') {
                if (list.length > 0) expect([text, made, before, after]).toEqual([]);
                continue;
              }
              told++;
              const isMissed = [...before].some((one) => !after.has(one));
              const isExtra = [...after].some((one) => !before.has(one));
              if (isMissed && !effects.has('stricter') && !effects.has('either')) expect.fail(`${text}\nmisses: ${made}\n${JSON.stringify(list)}`);
              if (isExtra && !effects.has('looser') && !effects.has('either')) expect.fail(`${text}\nfinds more: ${made}\n${JSON.stringify(list)}`);
            }
          }),
          { numRuns: 150 },
        );
        expect(told).toBeGreaterThan(20);
      });

  for (const target of TARGETS.values())
    test(`${target.id}: reads back as what it was made of`, () => {
      fc.assert(
        fc.property(correlation, (text) => {
          const rules = open('sigma', text);
          const { text: made, proof } = convert(rules.at(-1)!, target, { rules, ...(target.id === 'sigma' ? { source: '/small/' } : null) });
          if (made !== null && proof.readsBack !== true) expect.fail(made);
        }),
        { numRuns: 100 },
      );
    });
});
