// npm run laws [-- --seed N --minutes M --only WORD]: the tests that draw inputs, with one seed after the other until the time is over; says each that fails, and with which seed it does.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { toolOptions } from '../support/tool-options';

const USAGE = 'Use: npm run laws -- [--seed N] [--minutes M] [--only WORD]. WORD is a part of a path.';
const values = toolOptions(USAGE, { seed: String(Math.floor(Math.random() * 2 ** 30)), minutes: '10', only: '' });
const first = Number(values.seed);
const until = Date.now() + Number(values.minutes) * 60_000;
const root = join(import.meta.dirname, '..', '..');
const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map((path) => join('test', path))
  .filter((path) => path.endsWith('.test.ts') && path.includes(values.only) && /from 'fast-check'/.test(readFileSync(join(root, path), 'utf8')))
  .sort();
if (files.length === 0 || !Number.isInteger(first) || Number.isNaN(until)) {
  console.error(USAGE);
  process.exit(2);
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages: readonly string[] }[];
  }[];
}

/** Seeds a start of the tests; what draws nothing runs once in each. */
const SEEDS = 20;
const failed = new Set<string>();
let seed = first;
console.log(`${files.length} files of tests, seeds from ${first}`);
for (; Date.now() < until; seed += SEEDS) {
  const { stdout, stderr } = spawnSync('npx', ['vitest', 'run', '--config', 'config/vitest.laws.ts', '--reporter=json', '--maxWorkers=1', ...files], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, LAWS_SEED: String(seed), LAWS_SEEDS: String(SEEDS) },
    maxBuffer: 2 ** 28,
    shell: process.platform === 'win32',
  });
  if (!stdout.startsWith('{')) {
    console.error(`${stdout}\n${stderr}`);
    process.exit(2);
  }
  for (const { name, message, assertionResults } of (JSON.parse(stdout) as Report).testResults) {
    const failures = assertionResults.flatMap(({ status, fullName, failureMessages: [what = ''] }) => (status === 'failed' ? [{ fullName, what }] : []));
    for (const { fullName, what } of message === '' || failures.length > 0 ? failures : [{ fullName: '', what: message }]) {
      const law = `${relative(root, name)}: ${fullName}`;
      if (!failed.has(law)) console.log(`\n${law}\n  ${what.slice(0, 3_000)}`);
      failed.add(law);
    }
  }
}
console.log(`\n${seed - first} seeds from ${first}; ${failed.size} laws failed`);
for (const law of failed) console.log(`  ${law}`);
process.exit(failed.size === 0 ? 0 : 1);
