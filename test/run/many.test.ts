import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event, EventRule, EventValue, Rule } from '../../src/model';
import { eventRuleOf } from '../support/event-rule';
import { reportOf } from '../../src/analysis/report';
import { TAXONOMIES } from '../../src/knowledge/families';
import { readyEventRule, type Judging } from '../../src/run/event-rule';
import type { Bag } from '../../src/run/value';
import { runRule } from '../../src/run/dialect/engines';
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
  fc.constantFrom<EventValue>(null, 1, 4688, '4688.0', ' 4688', '04688', true, [], ['abc', null, 'cmd.exe'], [null]),
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

const judging = (names: Judging['names'] = null): Judging => ({ names, types: new Map(), now: 0n, ignoreLogsource: false });
const eventRule = (one: Rule): EventRule | null => eventRuleOf(reportOf(one));

/** What each rule says alone, without any index. */
function alone(rules: readonly (EventRule | null)[], one: Event, how: Judging): { readonly matches: readonly number[]; readonly undecided: readonly number[] } {
  const truths = rules.map((rule) => (rule === null ? FALSE : (readyEventRule(rule, how)?.truth(one as Bag) ?? FALSE)));
  const of = (truth: Truth): readonly number[] => truths.flatMap((found, number) => (found === truth ? [number] : []));
  return { matches: of(TRUE), undecided: of(UNKNOWN) };
}

const WORDS = ['cmd.exe', 'abc', 'whoami', '4688', 'run -enc', 'a?b', 'C:\\\\Windows', 'straße', '10.1.2.3', 'x'];
/** Conditions of one language over a field and a word. */
const made = (
  format: string,
  join: readonly [and: string, or: string, not: string],
  forms: readonly ((field: string, word: string) => string)[],
  around: (text: string) => string,
) => {
  const part = fc.tuple(fc.constantFrom(...forms), fc.constantFrom(...NAMES), fc.constantFrom(...WORDS)).map(([form, field, word]) => form(field, word));
  const [and, or, not] = join;
  return fc
    .array(fc.tuple(part, fc.constantFrom(and, or), fc.boolean()), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map(([text, word, negated], at) => `${at === 0 ? '' : ` ${word} `}${negated ? `${not}(${text})` : text}`).join(''))
    .map((text) => FORMATS.get(format)!.open(around(text), { languages: LANGUAGES }).rules[0]!);
};
const NAMES = ['process.name', 'process.command_line', 'event.code', 'user.name', 'FileName', 'CommandLine', 'EventID', 'Other'];
const same = (text: string): string => text;
const queries: fc.Arbitrary<Rule> = fc.oneof(
  made(
    'kuery',
    ['and', 'or', 'not '],
    [
      (field, word) => `${field}: "${word}"`,
      (field, word) => `${field}: *${word.replace(/[^a-z0-9]/gi, '')}*`,
      (field) => `${field}: *`,
      (_field, word) => `"${word}"`,
    ],
    same,
  ),
  made(
    'eql',
    ['and', 'or', 'not '],
    [
      (field, word) => `${field} == "${word}"`,
      (field, word) => `${field} : "*${word}*"`,
      (field, word) => `${field} : ("${word}", "abc*")`,
      (field) => `${field} != null`,
      (field, word) => `${field} regex~ ".*${word.slice(0, 3).replace(/[^a-z]/gi, '')}.*"`,
      (field) => `length(${field}) > 3`,
    ],
    (text) => `process where ${text}`,
  ),
  made(
    'kusto',
    ['and', 'or', 'not'],
    [
      (field, word) => `${field} == "${word}"`,
      (field, word) => `${field} contains "${word}"`,
      (field, word) => `${field} has "${word}"`,
      (field, word) => `${field} in~ ("${word}", "abc")`,
      (field, word) => `${field} matches regex "${word.slice(0, 3).replace(/[^a-z]/gi, '')}."`,
      (field) => `isnotempty(${field})`,
      (field) => `${field} == 4688`,
      (field) => `${field} == 1`,
      (field, word) => `${field} == tolower("${word}")`,
      (field, word) => `${field} has_any (array_concat(nosuch("${word}"), nosuch("abc")))`,
    ],
    (text) => `DeviceProcessEvents | where ${text.replaceAll(/\b(?:process|event|user)\./g, '')}`,
  ),
  made(
    'spl',
    ['AND', 'OR', 'NOT '],
    [
      (field, word) => `${field}="${word}"`,
      (field, word) => `${field}="*${word}*"`,
      (field) => `${field}=*`,
      (_field, word) => `"${word}"`,
      (_field, word) => `"*${word.slice(1)}*"`,
      (_field, word) => `"${word.slice(0, 2)}*${word.slice(-1)}"`,
      (field) => `${field}!=4688`,
    ],
    (text) => `index=main ${text}`,
  ),
);
const queried: fc.Arbitrary<Event> = fc.oneof(
  fc.dictionary(fc.constantFrom(...NAMES, 'name', 'command_line', 'Image', 'Type', 'event.category', 'host.os.type'), value),
  fc.record({
    process: fc.dictionary(fc.constantFrom('name', 'command_line', 'executable'), value),
    event: fc.record({ category: fc.constantFrom('process', 'file'), code: value }),
  }),
  fc.record({
    Channel: fc.constantFrom('Security', 'Microsoft-Windows-Sysmon/Operational'),
    EventID: fc.constantFrom<EventValue>(1, 3, 4688, '4688'),
    Image: value,
    NewProcessName: value,
    CommandLine: value,
  }),
);

describe('many rules over many events', () => {
  it('say what each rule alone says', () => {
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 12 }), fc.array(event, { minLength: 1, maxLength: 12 }), (rules, events) => {
        const many = manyRules(rules.map(eventRule), { ...judging(), ignoreLogsource: true }, events.slice(1));
        const found = events.map((one) => many.judge(one));
        rules.forEach((one, number) => {
          const answer = runRule(one, given(events));
          // A rule that is not read at all asks nothing of an event: it is told once, as not run, and not of each event.
          if (many.ready[number] === null) return expect(answer.matches).toEqual([]);
          const undecided = found.flatMap((said, index) => (said.undecided.includes(number) ? [index] : []));
          const matches = found.flatMap((said, index) => (said.matches.includes(number) ? [index] : []));
          expect({ matches, undecided }).toEqual({ matches: answer.matches, undecided: answer.undecided });
        });
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('say so in every language, whatever the events call their fields', () => {
    const names = fc.constantFrom<Judging['names']>(null, ...TAXONOMIES);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(queries, rule), { minLength: 1, maxLength: 10 }),
        fc.array(fc.oneof(queried, event), { minLength: 1, maxLength: 10 }),
        fc.array(fc.oneof(queried, event), { maxLength: 4 }),
        names,
        (rules, events, sample, own) => {
          const all = rules.map(eventRule);
          const many = manyRules(all, judging(own), sample);
          for (const one of events) expect(many.judge(one)).toEqual(alone(all, one, judging(own)));
        },
      ),
      { numRuns: 150 },
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
