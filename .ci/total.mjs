// The last line of .ci/run: the tests of npm test and of conformance together.
import { existsSync, readFileSync } from 'node:fs';

const read = (name) => {
  const file = new URL(`../test-results/${name}.json`, import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
};
const own = read('total') ?? { passed: 0, failed: 1 };
const conformance = read('conformance');
console.log(`${own.passed + (conformance?.numPassedTests ?? 0)} passed, ${own.failed + (conformance?.numFailedTests ?? 0)} failed`);
