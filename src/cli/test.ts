import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { parse } from 'yaml';
import { detectFormat } from '../formats/detect';
import { openAt } from '../formats/open-at';
import type { Context, Event, Rule } from '../model';
import { runRule } from '../run/engines';
import { eventsGiven } from '../run/given';
import { contextWith } from './documents';
import { filesAt, readText } from './files';
import { eventsIn } from './given-files';
import { macrosNamed } from './macros';
import { outputTo } from './output';
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

/** `{ "rule": "file", "match": [events], "noMatch": [events] }`, the rule's file beside the test. */
async function ownTests(path: string, context: Context): Promise<readonly Outcome[]> {
  const written: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (typeof written !== 'object' || written === null) throw new Error('the test is no object');
  const { rule: named, match, noMatch } = written as { readonly rule?: unknown; readonly match?: unknown; readonly noMatch?: unknown };
  if (typeof named !== 'string') throw new Error('the test names no rule');
  const rulePath = join(dirname(path), named);
  const rules = await rulesIn(rulePath, context);
  const outcomes: Outcome[] = [];
  for (const [list, isWanted] of [
    [match, true],
    [noMatch, false],
  ] as const)
    for (const [at, event] of (Array.isArray(list) ? (list as readonly Event[]) : []).entries()) {
      const name = `${isWanted ? 'match' : 'noMatch'} ${at}`;
      outcomes.push({ path, rule: rulePath, name, why: whyNot(rules, [event], isWanted ? 1 : 0, isWanted ? Infinity : 0) });
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
    outcomes.push({ path, rule: rulePath, name, why: whyNot(rules, await eventsIn(named), wanted ?? 1, wanted ?? Infinity) });
  }
  return outcomes;
}

async function rulesIn(path: string, context: Context): Promise<readonly Rule[]> {
  const read = await readText(path);
  if (read.problem !== undefined) throw new Error(`the rule ${path} ${read.problem}`);
  const { rules } = openAt(detectFormat(read.text, path), read.text, path, context);
  if (rules.length === 0) throw new Error(`${path} holds no rule`);
  return rules;
}

/** Why a rule does not match as often as it must; null: it does. */
function whyNot(rules: readonly Rule[], events: readonly Event[], least: number, most: number): string | null {
  const given = eventsGiven(events, rules);
  const answer = runRule(rules.find(({ meta }) => meta.kind === 'correlation') ?? rules[0]!, given);
  if (answer.verdict === 'refused') return `it cannot be run: ${answer.refused[0]?.why ?? 'not read'}`;
  const count = answer.table?.rows.length ?? answer.matches.length;
  if (count >= least && count <= most) return null;
  const undecided = answer.undecided.length === 0 ? '' : `, ${answer.undecided.length} cannot be told`;
  return `${count} of ${events.length} events match, ${least === most ? least : `at least ${least}`} must${undecided}`;
}
