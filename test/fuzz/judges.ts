import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event, EventValue, Rule } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import { explainRule } from '../../src/run/explain-rule';
import { eventsGiven } from '../../src/run/given';
import { walkTests } from '../../src/syntax/walk';
import { valuesOf } from '../../src/syntax/classify';
import { context } from './languages';
import { textIn } from './texts';
import { targetOf, type AnyTarget, type Random } from './target';

const VALUES: readonly EventValue[] = [
  '',
  'x',
  'net.exe',
  'C:\\Windows\\net.exe',
  '10.0.0.7',
  '2026-10-01T00:00:00Z',
  '5',
  5,
  -1,
  0.5,
  true,
  null,
  ['x', 'y'],
  { a: 'x' },
  '\ud800',
  'é\u{1F600}',
];

interface Given {
  readonly language: string;
  readonly text: string;
}

/** The bare format of a language, in which a query alone is a rule. */
const formatOf = (language: string) => FORMATS.get(language) ?? [...FORMATS.values()].find((format) => format.language === language)!;

/** Events whose fields and values are the rule's own, and others. */
function eventsFor(rule: Rule, random: Random): readonly Event[] {
  const fields = new Set<string>(['@timestamp', 'TimeGenerated', '_time', 'EventID', 'host']);
  const values: EventValue[] = [...VALUES];
  walkTests(rule.analysis.predicate, (test) => {
    if (test.left?.kind === 'field') fields.add(test.left.name);
    for (const { text } of valuesOf(test)) values.push(text);
  });
  const names = [...fields].filter((name) => name !== '__proto__');
  return Array.from(
    { length: random.upTo(6) },
    () => Object.fromEntries(Array.from({ length: random.upTo(6) }, () => [random.of(names), random.of(values)])) as Event,
  );
}

function judged({ language, text }: Given, random: Random): readonly string[] {
  const broken: string[] = [];
  const { rules } = formatOf(language).open(text, context);
  for (const rule of rules.slice(0, 3)) {
    const events = eventsFor(rule, random);
    const given = { ...eventsGiven(events, rules), now: 1_790_000_000_000_000_000n };
    const answer = runRule(rule, given);
    const { matches, undecided, sequences = [], refused } = answer;
    for (const number of [...matches, ...undecided, ...sequences.flat().filter((one) => one !== null)])
      if (!(Number.isInteger(number) && number >= 0 && number < events.length)) broken.push(`event ${number} of ${events.length}`);
    if (matches.some((number) => undecided.includes(number))) broken.push('an event matches and is undecided');
    if (answer.verdict === 'refused' && (refused.length === 0 || matches.length > 0)) broken.push('refused without a reason, or with matches');
    for (const { span } of refused) if (span.start < 0 || span.end > text.length || span.start > span.end) broken.push(`refused at ${span.start}-${span.end}`);
    for (const event of events.slice(0, 2))
      for (const { start, end } of explainRule(rule, event, given))
        if (start < 0 || end > text.length || start > end) broken.push(`explained at ${start}-${end}`);
  }
  return broken;
}

/** For each language: whatever the rule and the events, judging gives an answer about these events, in places of this text. */
export const judgeTargets: readonly AnyTarget[] = [...LANGUAGES.keys()].map((language) =>
  targetOf({
    name: `${language}: judge`,
    input: (random): Given => ({ language, text: textIn(language, random) }),
    check: judged,
    shown: ({ text }) => text,
  }),
);
