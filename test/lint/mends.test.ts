import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { mendsOf } from '../../src/lint/mends';
import { SAMPLE_VERDICTS, type Event, type KeptTest } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import { explainRule, failingOf } from '../../src/run/explain-rule';
import { eventsGiven } from '../../src/run/given';
import { edited } from '../../src/syntax/edits';
import { judgedMends } from '../../workers/judged-mends';

const context = { languages: LANGUAGES };

/** The edits that are offered for an event among others, each with its count and the lines that it changes. */
function offered(id: string, text: string, events: readonly Event[], number = 0, tests: readonly KeptTest[] = []): readonly string[] {
  const format = FORMATS.get(id)!;
  const read = (document: string) => {
    const { rules } = format.open(document, context);
    return { rules, rule: rules[0] };
  };
  const { rules, rule } = read(text);
  const given = eventsGiven(events, rules);
  const verdicts = new Uint8Array(events.length).fill(SAMPLE_VERDICTS.indexOf('does-not'));
  for (const at of runRule(rule!, given).matches) verdicts[at] = SAMPLE_VERDICTS.indexOf('matches');
  const event = events[number]!;
  const [part, ...more] = failingOf(rule!, given)!(event);
  expect(more).toEqual([]);
  const seen = new Map(explainRule(rule!, event, given).map((test) => [test.start, test.seen]));
  const failing = {
    text,
    report: reportOf(rule!),
    index: 0,
    part: part!,
    seenOf: ({ span }: { span: { start: number } }) => (seen.get(span.start) ?? null) as string | null,
  };
  return judgedMends(mendsOf(failing, format, context), { number, events, verdicts, tests }, (edits) => read(edited(text, edits))).map(
    ({ title, edits, changes }) => `${title} (${changes}): ${linesChanged(text, edited(text, edits))}`,
  );
}

const linesChanged = (before: string, after: string): string =>
  after
    .split('\n')
    .filter((line) => !before.split('\n').includes(line))
    .map((line) => line.trim())
    .join(' / ');

const sigma = (selection: string, rest = '    condition: selection'): string => `title: t
logsource:
    category: process_creation
    product: windows
detection:
    selection:
${selection}
${rest}
`;

const event = (CommandLine: string, more: Event = {}): Event => ({ EventID: 1, Image: 'C:\\Windows\\System32\\schtasks.exe', CommandLine, ...more });

describe('edits with which a rule matches an event', () => {
  it('take any dash for the one that is written', () => {
    expect(offered('sigma', sigma("        CommandLine|contains: ' /create '"), [event('schtasks -create -tn x'), event('schtasks /query')])).toEqual([
      "Add |windash (1): CommandLine|contains|windash: ' /create '",
    ]);
  });

  it('look for a part of what was compared whole, where that alone changes least', () => {
    expect(offered('sigma', sigma("        CommandLine|startswith: 'schtasks /create'"), [event('cmd /c schtasks /create'), event('whoami')])).toEqual([
      "contains in place of startswith (1): CommandLine|contains: 'schtasks /create'",
    ]);
  });

  it('drop what tells letters apart', () => {
    expect(offered('sigma', sigma("        CommandLine|contains|cased: 'Create'"), [event('schtasks /create')])).toEqual([
      "Drop |cased (1): CommandLine|contains: 'Create'",
    ]);
  });

  it("add the event's own value beside the rule's, of a path its file name", () => {
    const rule = sigma("        Image|endswith:\n            - '\\at.exe'\n            - '\\cmd.exe'");
    expect(offered('sigma', rule, [event('x'), event('y', { Image: 'C:\\Windows\\cmd.exe' })])).toEqual(["Add \\schtasks.exe (1): - '\\schtasks.exe'"]);
    expect(offered('eql', 'process where process.name == "at.exe"', [{ event: { category: 'process' }, process: { name: 'AT.exe' } }])).toEqual([
      ': in place of == (1): process where process.name : "at.exe"',
    ]);
    expect(offered('kuery', 'process.name: "at.exe"', [{ process: { name: 'cmd.exe' } }])).toEqual(['Add cmd.exe (1): process.name: ("at.exe" or "cmd.exe")']);
  });

  it('take an exclusion out', () => {
    const rule = sigma(
      "        Image|endswith: '\\schtasks.exe'",
      '    filter:\n        User:\n            - bob\n            - eve\n    condition: selection and not filter',
    );
    expect(offered('sigma', rule, [event('x', { User: 'eve' }), event('y', { User: 'bob' })])).toEqual(['Remove eve (1): ']);
  });

  it('are none that loses a match, or a test that holds', () => {
    const rule = sigma("        CommandLine|contains: ' /create '");
    const test: KeptTest = { id: 'a', name: '', mustMatch: false, events: [event('schtasks -create -tn y')], about: '', at: 0 };
    expect(offered('sigma', rule, [event('schtasks -create -tn x')], 0, [test])).toEqual([]);
  });

  it('say how many other verdicts change', () => {
    const rule = sigma("        CommandLine|contains: ' /create '");
    expect(offered('sigma', rule, [event('schtasks -create -tn x'), event('schtasks -create -tn y')])).toEqual([
      "Add |windash (2): CommandLine|contains|windash: ' /create '",
    ]);
  });
});
