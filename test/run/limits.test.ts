import { describe, expect, it } from 'vitest';
import { NO_METADATA } from '../../src/formats/metadata';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Rule } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import { eventsGiven } from '../../src/run/given';

const EVENTS = [{ a: 'b' }, { a: 'c' }, { a: 'd' }];

/** Why a query is refused over three events; null: it ran. */
function refusedWhy(id: string, query: string): string | null {
  const language = LANGUAGES.get(id)!;
  const analysis = language.analyse(query, { languages: LANGUAGES });
  const rule: Rule = { span: { start: 0, end: query.length }, meta: NO_METADATA, analysis, taxonomy: language.taxonomy };
  return runRule(rule, eventsGiven(EVENTS, [rule])).refused[0]?.why ?? null;
}

const many = (count: number, of: (at: number) => string): string => Array.from({ length: count }, (_, at) => of(at)).join('');

// Each step makes its table anew: thousands of them would take their square, and thirty doublings all of the memory.
describe('what a pipeline may grow to is bounded, and said', () => {
  const ROOM = 'more steps over more rows and columns than are followed';
  const TEXT = 'a text of more than 4,000,000 characters';
  it.each([
    ['esql', `FROM x\n${many(1_500, (at) => `| EVAL a${at + 1} = a${at} + 1\n`)}`, ROOM],
    ['kusto', `T\n${many(1_500, (at) => `| extend a${at + 1} = a${at}\n`)}`, ROOM],
    ['spl', `index=x\n${many(1_500, () => '| append [search a=b]\n')}`, ROOM],
    [
      'esql',
      `ROW ${many(2_500, (at) => `a${at} = ${at}, `)}z = 1
`,
      ROOM,
    ],
    // Though no row is left.
    ['kusto', `T\n${many(2_500, (at) => `| join kind=inner (J${at} | where b == ${at}) on x\n`)}`, ROOM],
    ['esql', `FROM x\n${many(60, () => '| EVAL a = CONCAT(a, a)\n')}`, TEXT],
    ['kusto', `T\n${many(60, () => '| extend a = strcat(a, a)\n')}`, TEXT],
    ['spl', `index=x\n${many(60, () => '| eval a=a.a\n')}`, TEXT],
  ])('%s: %.40s…', (id, query, why) => expect(refusedWhy(id, query)).toBe(why));

  it.each([
    ['esql', `FROM x\n${many(60, (at) => `| EVAL a${at + 1} = CONCAT(a, "x")\n`)}`],
    ['kusto', `T\n${many(60, (at) => `| extend a${at + 1} = strcat(a, "x")\n`)}`],
    ['spl', `index=x\n${many(60, (at) => `| eval a${at + 1}=a."x"\n`)}`],
  ])('%s: sixty steps are no reason', (id, query) => expect(refusedWhy(id, query)).toBeNull());
});

// Twenty rules on each of seven levels that name all twenty below: each is run once, not once for each way that leads to it.
it('correlations of correlations take time that goes with their number', () => {
  const names = (level: number): readonly string[] => Array.from({ length: 20 }, (_, at) => `r${level}x${at}`);
  const single = names(0).map((name) => `title: T\nname: ${name}\nlogsource: { product: x }\ndetection:\n    s:\n        a: b\n    condition: s\n`);
  const joint = [1, 2, 3, 4, 5, 6].flatMap((level) =>
    names(level).map((name) => `title: T\nname: ${name}\ncorrelation:\n    type: temporal\n    rules: [${names(level - 1).join(', ')}]\n    timespan: 5m\n`),
  );
  const { rules } = FORMATS.get('sigma')!.open([...single, ...joint].join('---\n'), { languages: LANGUAGES });
  expect(runRule(rules.at(-1)!, { ...eventsGiven([{ a: 'b', '@timestamp': '2026-01-01T00:00:00Z' }], rules), ignoreLogsource: true }).verdict).not.toBe(
    'refused',
  );
});
