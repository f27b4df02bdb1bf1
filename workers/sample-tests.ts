import { parse } from 'yaml';
import type { Event, KeptTest, Rule, TestOutcome, TestsRead } from '../src/model';
import { readEvents } from '../src/run/events/read';
import { testedRule, whyNot } from '../src/run/kept-test';

const NANOS = 1_000_000n;
const LIMITS = { limitBytes: 8 * 2 ** 20, limitEvents: 2000 } as const;

/** What becomes of tests under these rules. */
export const outcomesOf = (rules: readonly Rule[], tests: readonly KeptTest[]): readonly TestOutcome[] =>
  tests.map(({ id, about, events, mustMatch, at }) => {
    const rule = testedRule(rules, about);
    const why = rule === undefined ? 'there is no rule' : whyNot(rule, rules, events, mustMatch ? 1 : 0, mustMatch ? Infinity : 0, BigInt(at) * NANOS);
    return { id, why };
  });

interface Given {
  readonly name: string;
  readonly bytes: Uint8Array;
}
type ReadTest = TestsRead['tests'][number];

const baseOf = (path: string): string => path.split(/[/\\]/).at(-1)!;
const bare = (path: string): string => baseOf(path).replace(/\.\w+$/, '');
const textOf = ({ bytes }: Given): string => new TextDecoder().decode(bytes);

/** Tests of files: `NAME.test.json`, and SigmaHQ's `info.yml` with the files of its events, which come with it. */
export async function testsIn(files: readonly Given[]): Promise<TestsRead> {
  const tests: ReadTest[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      if (file.name.endsWith('.test.json')) tests.push(...ownTests(JSON.parse(textOf(file))));
      else if (/(?:^|[/\\])info\.ya?ml$/.test(file.name)) tests.push(...(await regressionTests(parse(textOf(file)), files, problems)));
    } catch (error) {
      problems.push(`${file.name} could not be read: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
  }
  return { tests, problems };
}

const isEvent = (value: unknown): value is Event => typeof value === 'object' && value !== null && !Array.isArray(value);

function ownTests(written: unknown): readonly ReadTest[] {
  if (typeof written !== 'object' || written === null) throw new Error('the test is no object');
  const test = written as Readonly<Record<'rule' | 'match' | 'noMatch' | 'names' | 'now' | 'about', unknown>>;
  const moment = typeof test.now === 'string' ? Date.parse(test.now) : NaN;
  return (['match', 'noMatch'] as const).flatMap((kind) => {
    const names = (test.names as Readonly<Record<string, unknown>> | undefined)?.[kind];
    return (Array.isArray(test[kind]) ? (test[kind] as readonly unknown[]) : []).flatMap((entry, at): readonly ReadTest[] => {
      const events = (Array.isArray(entry) ? (entry as readonly unknown[]) : [entry]).filter(isEvent);
      const name: unknown = Array.isArray(names) ? names[at] : undefined;
      if (events.length === 0) return [];
      return [
        {
          name: typeof name === 'string' ? name : '',
          mustMatch: kind === 'match',
          events,
          about: typeof test.about === 'string' ? test.about : '',
          rule: '',
          file: typeof test.rule === 'string' ? baseOf(test.rule) : '',
          at: Number.isNaN(moment) ? null : moment,
        },
      ];
    });
  });
}

interface Info {
  readonly rule_metadata?: readonly { readonly id?: unknown }[];
  readonly regression_tests_info?: readonly { readonly name?: unknown; readonly path?: unknown; readonly match_count?: unknown }[];
}

async function regressionTests(written: unknown, files: readonly Given[], problems: string[]): Promise<readonly ReadTest[]> {
  const info = (typeof written === 'object' ? written : null) as Info | null;
  const id = info?.rule_metadata?.[0]?.id;
  const tests: ReadTest[] = [];
  for (const { name, path, match_count: wanted } of info?.regression_tests_info ?? []) {
    const wantedName = typeof path === 'string' ? bare(path) : '';
    // The same events stand there as JSON and as EVTX.
    const own = files.filter((file) => wantedName !== '' && bare(file.name) === wantedName && !/\.ya?ml$/.test(file.name));
    const file = own.find((one) => one.name.endsWith('.json')) ?? own[0];
    if (file === undefined) {
      problems.push(`The events ${typeof path === 'string' ? baseOf(path) : 'of a test'} were not among the files: give the whole folder.`);
      continue;
    }
    const events: Event[] = [];
    await readEvents(baseOf(file.name), file.bytes, { ...LIMITS, onEvents: (batch) => events.push(...batch) });
    if (events.length === 0) problems.push(`${baseOf(file.name)} holds no events that could be read.`);
    else
      tests.push({
        name: typeof name === 'string' ? name : '',
        mustMatch: wanted !== 0,
        events,
        about: typeof id === 'string' ? id : '',
        rule: typeof id === 'string' ? id : '',
        file: '',
        at: null,
      });
  }
  return tests;
}
