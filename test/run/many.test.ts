import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event, EventValue, Rule } from '../../src/model';
import { runRule } from '../../src/run/engines';
import type { Given } from '../../src/run/engine';
import { explainNodes } from '../../src/run/explain-rule';
import type { Explained } from '../../src/run/judge';
import { manyRules } from '../../src/run/many';
import { both, either, FALSE, NULL, notOf, TRUE, UNKNOWN, type Truth } from '../../src/run/truth';

const TEXTS = [
  'cmd.exe',
  'CMD',
  'whoami /all',
  'C:\\Windows\\System32\\cmd.exe',
  'abc',
  'aBcDe',
  '4688',
  '',
  ' x ',
  'straße',
  'ſystem',
  'Kelvin K',
  'a?b',
  '10.1.2.3',
  'xabcx',
  'run -enc AAAA',
];
const FIELDS = ['Image', 'CommandLine', 'EventID', 'User.Name', 'Data'];

const value: fc.Arbitrary<EventValue> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.constantFrom<EventValue>(null, 4688, true, [], ['abc', null, 'cmd.exe'], [null]),
  fc.string({ maxLength: 12 }),
  fc.tuple(fc.constantFrom(...TEXTS), fc.constantFrom(...TEXTS)).map(([a, b]) => a + b),
);
const event: fc.Arbitrary<Event> = fc.dictionary(fc.constantFrom(...FIELDS, 'Other'), value);

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const MODIFIERS = [
  '',
  '|contains',
  '|startswith',
  '|endswith',
  '|contains|all',
  '|cased',
  '|re',
  '|re|i',
  '|windash|contains',
  '|base64offset|contains',
  '|cidr',
  '|neq',
  '|gt',
  '|fieldref',
];
const PATTERNS = ['abc', 'cmd\\.exe', 'a.*c', '(foo|abc)d', '^c', 'system', 'k$', '\\d+', 'x(?=y)', 'wh[oa]ami'];

const item = fc
  .tuple(
    fc.constantFrom(...FIELDS),
    fc.constantFrom(...MODIFIERS),
    fc.array(fc.constantFrom(...TEXTS), { minLength: 1, maxLength: 3 }),
    fc.constantFrom(...PATTERNS),
  )
  .map(([field, modifier, texts, pattern]) => {
    if (modifier.startsWith('|re')) return `    ${field}${modifier}: ${quoted(pattern)}\n`;
    if (modifier === '|cidr') return `    ${field}|cidr: 10.0.0.0/8\n`;
    if (modifier === '|gt') return `    ${field}|gt: 5\n`;
    if (modifier === '|fieldref') return `    ${field}|fieldref: Data\n`;
    return `    ${field}${modifier}:\n${texts.map((text) => `      - ${quoted(text === '' ? '*' : text)}\n`).join('')}`;
  });
const section = fc.oneof(
  fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join('')),
  fc
    .array(fc.constantFrom(...TEXTS.filter((text) => text !== '')), { minLength: 1, maxLength: 3 })
    .map((words) => words.map((word) => `    - ${quoted(word)}\n`).join('')),
);
const condition = fc.constantFrom('a', 'not a', 'a and not b', 'a or b', '1 of them', 'all of them', 'not (a and b)', 'a and b');
const rule: fc.Arbitrary<Rule> = fc
  .tuple(section, section, condition)
  .map(
    ([a, b, of]) =>
      FORMATS.get('sigma')!.open(`title: t\nlogsource:\n  category: test\ndetection:\n  a:\n${a}  b:\n${b}  condition: ${of}\n`, { languages: LANGUAGES })
        .rules[0]!,
  );

const given = (events: readonly Event[]): Given => ({
  events,
  tables: new Map(),
  policies: new Map(),
  types: new Map(),
  names: null,
  ignoreLogsource: true,
  now: 0n,
  rules: [],
});

describe('many rules over many events', () => {
  it('say what each rule alone says', () => {
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 12 }), fc.array(event, { minLength: 1, maxLength: 12 }), (rules, events) => {
        const many = manyRules(rules, given(events));
        const found = events.map((one) => many.judge(one));
        rules.forEach((one, number) => {
          const alone = runRule(one, given(events));
          const undecided = found.flatMap((answer, index) => (answer.undecided.includes(number) ? [index] : []));
          const matches = found.flatMap((answer, index) => (answer.matches.includes(number) ? [index] : []));
          expect({ matches, undecided }).toEqual({ matches: alone.matches, undecided: alone.undecided });
        });
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

const TRUTHS: Readonly<Record<string, Truth>> = { true: TRUE, false: FALSE, unknown: UNKNOWN };

/** What the nodes below a node make of it. */
function joined(node: Explained): Truth {
  const own = TRUTHS[node.verdict]!;
  switch (node.predicate.kind) {
    case 'all':
      return node.of.map(joined).reduce(both, TRUE);
    case 'any':
      return node.of.map(joined).reduce(either, FALSE);
    case 'not':
      return notOf(joined(node.of[0]!));
    default:
      return own;
  }
}

describe('explaining a rule', () => {
  it('agrees with judging it, at every node', () => {
    fc.assert(
      fc.property(rule, event, (one, seen) => {
        const nodes = explainNodes(one, seen, given([seen]))!;
        const { matches, undecided } = runRule(one, given([seen]));
        expect(nodes.verdict).toBe(matches.length > 0 ? 'true' : undecided.length > 0 ? 'unknown' : 'false');
        const check = (node: Explained): void => {
          expect(joined(node)).toBe(TRUTHS[node.verdict] === NULL ? NULL : TRUTHS[node.verdict]);
          node.of.forEach(check);
        };
        check(nodes);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
