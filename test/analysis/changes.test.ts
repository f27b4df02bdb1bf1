import { expect, it } from 'vitest';
import { changesBetween } from '../../src/analysis/changes';
import { documentChanges } from '../../src/analysis/document-changes';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';

const context = { languages: LANGUAGES };

/** What changed, one line each: what, before, after, what it does. */
function changed(id: string, before: string, after: string): readonly string[] {
  const [was, is] = [before, after].map((text) => ({ text, report: reportOf(FORMATS.get(id)!.open(text, context).rules[0]!) }));
  return changesBetween(was!, is!).map(({ what, before: old, after: now, matches }) => `${what}: ${old} > ${now} (${matches})`);
}

const sigma = (selection: string, condition = 'selection', rest = ''): string => `title: x
logsource: {category: process_creation, product: windows}
detection:
    selection:
${selection}
${rest}
    condition: ${condition}
level: high
`;

const LIST = `        Image|endswith:
            - '\\a.exe'
            - '\\b.exe'`;

it('tells a value more or less, and the values alone', () => {
  const more = `${LIST}\n            - '\\c.exe'`;
  expect(changed('sigma', sigma(LIST), sigma(more))).toEqual(['condition widened:  > process_name is c.exe (more events)']);
  expect(changed('sigma', sigma(more), sigma(LIST))).toEqual(['condition narrowed: process_name is c.exe >  (fewer events)']);
  expect(changed('sigma', sigma(LIST), sigma(LIST.replace('a.exe', 'z.exe')))).toEqual([
    'condition changed: process_name is a.exe > process_name is z.exe (other events)',
  ]);
});

it('tells conditions and exclusions that came and went', () => {
  const filter = "    filter:\n        User: 'svc'";
  const with_ = sigma(LIST, 'selection and not filter', filter);
  expect(changed('sigma', sigma(LIST), with_)).toEqual(['exclusion added:  > not User is svc (fewer events)']);
  expect(changed('sigma', with_, sigma(LIST))).toEqual(['exclusion removed: not User is svc >  (more events)']);
  expect(changed('sigma', sigma(LIST), sigma(`${LIST}\n        CommandLine|contains: x`))).toEqual([
    'condition added:  > CommandLine contains x (fewer events)',
  ]);
});

it('tells what is narrower from the words alone', () => {
  const asking = (value: string): string => sigma(`        CommandLine|contains: '${value}'`);
  expect(changed('sigma', asking('/create'), asking(' /create '))).toEqual([
    'condition narrowed: CommandLine contains /create > CommandLine contains  /create  (fewer events)',
  ]);
});

it('says nothing of order, wording and remarks', () => {
  expect(changed('sigma', sigma(LIST), `# other\n${sigma(LIST.replace("'\\a.exe'\n            - '\\b.exe'", "'\\b.exe'\n            - '\\a.exe'"))}`)).toEqual(
    [],
  );
  expect(changed('spl', 'index=x a=1   b=2', 'search index=x b=2 a=1')).toEqual([]);
});

it('tells grouping, thresholds and steps of a pipeline', () => {
  const query = (by: string, least: number, more = ''): string => `index=x a=1 | stats count by ${by} ${more}| where count >= ${least}`;
  expect(changed('spl', query('host', 2), query('host', 3))).toEqual(['threshold narrowed: count at least 2 > count at least 3 (fewer events)']);
  expect(changed('spl', query('host', 2), query('host, user', 2))).toEqual([
    'grouping changed: host > host, user (other rows)',
    'step changed: | stats count by host > | stats count by host, user (not told)',
  ]);
  expect(changed('spl', query('host', 2), query('host', 2, '| foo bar '))).toContain('step added:  > | foo bar (not told)');
});

it('tells what the rule reads, and what it says of itself', () => {
  expect(changed('sigma', sigma(LIST), sigma(LIST).replace('windows', 'linux').replace('high', 'low'))).toEqual([
    expect.stringMatching(/^event source changed: .*windows.* > .*linux.* \(other events\)$/),
    'severity changed: high > low ()',
  ]);
});

/** Of each rule that changed: its name and what did. */
function changedRules(id: string, before: string, after: string): readonly string[] {
  const [was, is] = [before, after].map((text) =>
    FORMATS.get(id)!
      .open(text, context)
      .rules.map((rule) => ({ text, report: reportOf(rule) })),
  );
  return documentChanges(was!, is!).flatMap(({ name, changes }) => changes.map(({ what, matches }) => `${name}: ${what} (${matches})`));
}

it('compares every rule of a document with what it was, wherever it stands', () => {
  const rule = (title: string, id: string, value: string): string =>
    sigma(LIST.replace('a.exe', `${value}.exe`)).replace('title: x', `title: ${title}${id === '' ? '' : `\nid: ${id}`}`);
  const [one, other] = [rule('One', '', 'o'), rule('Other', '', 'p')];
  expect(changedRules('sigma', [one, other].join('---\n'), [other, one].join('---\n'))).toEqual([]);
  expect(changedRules('sigma', [one, other].join('---\n'), [one, rule('Other', '', 'q')].join('---\n'))).toEqual(['Other: condition changed (other events)']);
  // A title changes and the ID stays; the last rule is gone, the first is new.
  const [known, renamed] = [rule('Known', '5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11', 'k'), rule('Named anew', '5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11', 'n')];
  expect(changedRules('sigma', [known, one].join('---\n'), [rule('New', '', 'x'), renamed, other].join('---\n'))).toEqual([
    'New: rule added (more events)',
    'Named anew: condition changed (other events)',
    'Other: rule added (more events)',
    'One: rule removed (fewer events)',
  ]);
});

it('takes the one rule that is left for what it was, unless each says that it is another', () => {
  const [first, second] = ['5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11', '6b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c12'];
  const named = (title: string, id: string): string => sigma(LIST).replace('title: x', `title: ${title}\nid: ${id}`).replace('a.exe', `${title}.exe`);
  expect(changedRules('sigma', named('m', first), named('n', second))).toEqual(['n: condition changed (other events)']);
  const kept = sigma(LIST).replace('title: x', 'title: kept');
  expect(changedRules('sigma', [kept, named('m', first)].join('---\n'), [kept, named('n', second)].join('---\n'))).toEqual([
    'n: rule added (more events)',
    'm: rule removed (fewer events)',
  ]);
  expect(changedRules('kusto', 'T | where a == 1', 'T | where a == 2')).toEqual([expect.stringContaining('condition changed')]);
});
