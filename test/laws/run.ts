// npm run laws [-- --seed N --minutes M --only WORD]: every file of tests that draws inputs, with one seed after the other, until the time is over; says each law that broke, with its seed.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, minutes: { type: 'string', default: '10' }, only: { type: 'string', default: '' } },
});
const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 30) : Number(values.seed);
const until = Date.now() + Number(values.minutes) * 60_000;
const root = join(import.meta.dirname, '..', '..');
const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts') && path.includes(values.only))
  .map((path) => join('test', path))
  .filter((path) => /from 'fast-check'/.test(readFileSync(join(root, path), 'utf8')))
  .sort();
if (files.length === 0 || !Number.isInteger(first) || Number.isNaN(until)) {
  console.error('Use: npm run laws -- [--seed N] [--minutes M] [--only WORD]. WORD is a part of a path below test/.');
  process.exit(2);
}

interface Report {
  readonly testResults: readonly { readonly name: string; readonly message: string; readonly assertionResults: readonly Verdict[] }[];
}
interface Verdict {
  readonly status: string;
  readonly fullName: string;
  readonly failureMessages: readonly string[];
}

/** A law that breaks again is told once. */
const broken = new Set<string>();
let rounds = 0;
console.log(`${files.length} files, the first seed is ${first}`);
for (let seed = first; Date.now() < until; seed++, rounds++) {
  const { stdout, stderr } = spawnSync('npx', ['vitest', 'run', '--reporter=json', ...files], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, LAWS_SEED: String(seed) },
    maxBuffer: 2 ** 28,
    shell: process.platform === 'win32',
  });
  const json = stdout.slice(stdout.indexOf('{"'));
  if (!json.startsWith('{')) {
    console.error(`${stdout}\n${stderr}`);
    process.exit(2);
  }
  const { testResults } = JSON.parse(json) as Report;
  for (const { name, message, assertionResults } of testResults) {
    const failures = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName, failureMessages }) => [fullName, failureMessages[0] ?? '']);
    if (message !== '' && failures.length === 0) failures.push(['', message]);
    for (const [law = '', what = ''] of failures) {
      const told = `${name.slice(root.length + 1)}: ${law}`;
      if (!broken.has(told)) console.log(`\n${told}\n  LAWS_SEED=${seed} ${what.slice(0, 3_000)}`);
      broken.add(told);
    }
  }
}
console.log(`\n${rounds} seeds from ${first}; ${broken.size} laws broke`);
for (const law of broken) console.log(`  ${law}`);
process.exit(broken.size === 0 ? 0 : 1);
