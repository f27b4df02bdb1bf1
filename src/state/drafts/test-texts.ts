import type { Event, KeptTest } from '../../model';

/** The tests as the command line runs them beside the rule's file: `NAME.test.json`. */
export function ownTestText(ruleFile: string, tests: readonly KeptTest[]): string {
  const [match, noMatch] = [tests.filter(({ mustMatch }) => mustMatch), tests.filter(({ mustMatch }) => !mustMatch)];
  const eventsOf = ({ events }: KeptTest): Event | readonly Event[] => (events.length === 1 ? events[0]! : events);
  const about = tests.find((test) => test.about !== '')?.about;
  const at = Math.max(0, ...tests.map((test) => test.at));
  const names = { match: match.map(({ name }) => name), noMatch: noMatch.map(({ name }) => name) };
  const written = {
    rule: ruleFile,
    ...(about === undefined ? null : { about }),
    ...(at === 0 ? null : { now: new Date(at).toISOString() }),
    match: match.map(eventsOf),
    noMatch: noMatch.map(eventsOf),
    names,
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}

/** The rule and its tests in folders as SigmaHQ keeps them: by path, the text of each file. `date` as yyyy-mm-dd. */
export function regressionFiles(
  rule: { readonly fileName: string; readonly text: string; readonly id: string; readonly title: string },
  tests: readonly KeptTest[],
  { id, date }: { readonly id: string; readonly date: string },
): Readonly<Record<string, string>> {
  const name = rule.fileName.replace(/\.\w+$/, '');
  const folder = `regression_data/rules/${name}`;
  const files = tests.map((test, at) => ({ test, path: `${folder}/${at + 1}.json` }));
  // JSON's texts are YAML's too.
  const quoted = (text: string): string => JSON.stringify(text);
  const info = [
    `id: ${id}`,
    'description: N/A',
    `date: ${date}`,
    'author: N/A',
    'rule_metadata:',
    `    - id: ${quoted(rule.id)}`,
    `      title: ${quoted(rule.title)}`,
    'regression_tests_info:',
    ...files.flatMap(({ test, path }, at) => [
      `    - name: ${quoted(test.name === '' ? `Test ${at + 1}` : test.name)}`,
      '      type: json',
      `      match_count: ${test.mustMatch ? test.events.length : 0}`,
      `      path: ${path}`,
    ]),
  ];
  return {
    [`rules/${name}.yml`]: rule.text,
    [`${folder}/info.yml`]: `${info.join('\n')}\n`,
    ...Object.fromEntries(files.map(({ test, path }) => [path, `${JSON.stringify(test.events.length === 1 ? test.events[0] : test.events, null, 2)}\n`])),
  };
}
