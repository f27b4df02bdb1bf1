import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { parse } from 'yaml';
import { detectFormat } from '../formats/detect';
import { openAt } from '../formats/open-at';
import type { Context, Event, Rule } from '../model';
import { testedRule, whyNot } from '../run/kept-test';
import { contextWith } from './documents';
import { filesAt, readText } from './files';
import { eventsIn } from './given-files';
import { macrosNamed } from './macros';
import { outputTo } from './output';
import { attempted } from './time-limit';
import { parseWords, usageError } from './usage';

const FORM = 'test PATH… [--macros DIR] [--json]';
const OWN = '.test.json';
const REGRESSION = 'info.yml';

/** One test's outcome; `why` null: it holds. */
interface Outcome {
  readonly path: string;
  readonly rule: string;
  readonly name: string;
  readonly why: string | null;
}

/** Runs the tests that stand beside rules: SigmaHQ's regression folders, and our own `NAME.test.json`. Exit 1 when one fails. */
export async function test(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, { json: { type: 'boolean' }, macros: { type: 'string' } }, FORM);
  if (positionals.length === 0) throw usageError(`Name a file or folder with tests. Use: ${FORM}`);
  const context = contextWith(await macrosNamed(values.macros));
  const files = await filesAt(positionals, (name) => name === REGRESSION || name.endsWith(OWN));
  const output = outputTo(process.stdout);
  let [held, failed] = [0, 0];
  for (const { path, problem } of files) {
    const outcomes = problem === null ? await outcomesOf(path, context) : [{ path, rule: '', name: '', why: `${path} ${problem}` }];
    for (const outcome of outcomes) {
      if (outcome.why === null) held++;
      else failed++;
      const line =
        values.json === true
          ? JSON.stringify({ ...outcome, held: outcome.why === null })
          : outcome.why === null
            ? null
            : `${outcome.path}: ${outcome.name}: ${outcome.why}`;
      if (line !== null && !(await output.line(line))) return 1;
    }
  }
  if (values.json !== true) await output.line(`${held} held, ${failed} failed`);
  await output.end();
  if (files.length === 0) throw usageError(`There is no test at ${positionals.join(', ')}: a test is called ${REGRESSION} or ends in ${OWN}.`);
  return failed > 0 ? 1 : 0;
}

async function outcomesOf(path: string, context: Context): Promise<readonly Outcome[]> {
  try {
    return path.endsWith(OWN) ? await ownTests(path, context) : await regressionTests(path, context);
  } catch (error) {
    return [{ path, rule: '', name: '', why: error instanceof Error ? error.message.replace(/\s*\n\s*/g, ' ') : String(error) }];
  }
}

/**
 * `{ "rule": "file", "match": [events], "noMatch": [events] }`, the rule's file beside the test. An entry that is a list is several events of one test;
 * `names` says what the tests are called, in the same order; `now` the moment they are judged at; `about` which rule of the file, by ID or title.
 */
async function ownTests(path: string, context: Context): Promise<readonly Outcome[]> {
  const written = jsonOf(await readFile(path, 'utf8'));
  if (typeof written !== 'object' || written === null) throw new Error('the test is no JSON object');
  const test = written as Readonly<Record<'rule' | 'match' | 'noMatch' | 'names' | 'now' | 'about', unknown>>;
  if (typeof test.rule !== 'string') throw new Error('the test names no rule');
  const rulePath = join(dirname(path), test.rule);
  const rules = await rulesIn(rulePath, context);
  const rule = testedRule(rules, typeof test.about === 'string' ? test.about : '')!;
  const moment = typeof test.now === 'string' ? Date.parse(test.now) : NaN;
  const now = Number.isNaN(moment) ? undefined : BigInt(moment) * 1_000_000n;
  const outcomes: Outcome[] = [];
  for (const [kind, isWanted] of [
    ['match', true],
    ['noMatch', false],
  ] as const) {
    const names = (test.names as Readonly<Record<string, unknown>> | undefined)?.[kind];
    for (const [at, entry] of (Array.isArray(test[kind]) ? (test[kind] as readonly unknown[]) : []).entries()) {
      const events: readonly unknown[] = Array.isArray(entry) ? entry : [entry];
      const given: unknown = Array.isArray(names) ? names[at] : undefined;
      const name = typeof given === 'string' && given !== '' ? given : `${kind} ${at}`;
      outcomes.push({
        path,
        rule: rulePath,
        name,
        why: events.every(isEvent) ? outcomeOf(rule, rules, events, isWanted ? 1 : 0, isWanted ? Infinity : 0, now) : 'it holds something that is no event',
      });
    }
  }
  return outcomes;
}

/** SigmaHQ's layout: the rule stands at the same place outside `regression_data`, its events beside the test. */
async function regressionTests(path: string, context: Context): Promise<readonly Outcome[]> {
  const written = parse(await readFile(path, 'utf8')) as { readonly regression_tests_info?: readonly Readonly<Record<string, unknown>>[] } | null;
  const tests = written?.regression_tests_info ?? [];
  const slashed = path.replaceAll('\\', '/');
  const at = `/${slashed}`.lastIndexOf('/regression_data/');
  const root = at < 0 ? '' : slashed.slice(0, Math.max(0, at - 1));
  const rulePath = `${`/${slashed}`
    .replace(/\/regression_data\//, '/')
    .replace(/\/info\.yml$/, '.yml')
    .slice(1)}`;
  const rules = tests.length === 0 ? [] : await rulesIn(rulePath, context);
  const outcomes: Outcome[] = [];
  for (const one of tests) {
    const file = typeof one['path'] === 'string' ? one['path'] : '';
    const named = [join(root, file), join(dirname(path), posix.basename(file))]
      .flatMap((place) => [place, place.replace(/\.\w+$/, '.json')])
      .find((place) => existsSync(place));
    const name = typeof one['name'] === 'string' ? one['name'] : 'test';
    if (named === undefined) {
      outcomes.push({ path, rule: rulePath, name, why: `its events ${file} are not there` });
      continue;
    }
    const wanted = typeof one['match_count'] === 'number' ? one['match_count'] : null;
    outcomes.push({ path, rule: rulePath, name, why: outcomeOf(testedRule(rules)!, rules, await eventsIn(named), wanted ?? 1, wanted ?? Infinity) });
  }
  return outcomes;
}

async function rulesIn(path: string, context: Context): Promise<readonly Rule[]> {
  const read = await readText(path);
  if (read.problem !== undefined) throw new Error(`the rule ${path} ${read.problem}`);
  const opened = attempted(`reading ${path}`, () => openAt(detectFormat(read.text, path), read.text, path, context).rules);
  if ('why' in opened) throw new Error(opened.why);
  if (opened.value.length === 0) throw new Error(`${path} holds no rule`);
  return opened.value;
}

/** Why a test does not hold; null: it does. */
function outcomeOf(...given: Parameters<typeof whyNot>): string | null {
  const judged = attempted('judging it', () => whyNot(...given));
  return 'value' in judged ? judged.value : judged.why;
}

const isEvent = (value: unknown): value is Event => typeof value === 'object' && value !== null && !Array.isArray(value);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
