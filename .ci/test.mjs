// npm test: installs if needed, finds or gets a Chromium, then types, lint, unit, build and end-to-end. Ends in `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ensureChromium, ensurePackages, root, run } from './setup.mjs';

ensurePackages();
const chromium = await ensureChromium();
const results = `${root}/test-results`;
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

run('npm', ['run', '-s', 'types']);
run('npm', ['run', '-s', 'lint']);

/** Runs a test runner that writes a JSON report; a runner that dies before its report counts as one failure. */
function count(name, args, env, read) {
  const { status } = spawnSync('npx', args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' });
  const report = `${results}/${name}.json`;
  const counts = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 0 };
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const unit = count('unit', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile=${results}/unit.json`], {}, (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
}));
run('npx', ['vite', 'build', '--logLevel', 'warn']);
const browser = count(
  'e2e',
  ['playwright', 'test', '--reporter=line,json'],
  { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: `${results}/e2e.json` },
  ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }),
);

const total = { passed: unit.passed + browser.passed, failed: unit.failed + browser.failed };
mkdirSync(results, { recursive: true });
writeFileSync(`${results}/total.json`, JSON.stringify(total));
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
