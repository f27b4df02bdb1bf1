// npm run conformance [-- NAME]: the checks against the reference corpus beside the project, all or those of the test files whose path contains the name.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { ensurePackages, root } from './setup.mjs';

if (!existsSync(`${root}/../shared/corpus`)) {
  console.log('The reference corpus is not beside the project: nothing to check.');
  process.exit(0);
}
ensurePackages();
mkdirSync(`${root}/test-results`, { recursive: true });
const { status } = spawnSync(
  'npx',
  [
    'vitest',
    'run',
    ...process.argv.slice(2),
    '--config',
    'config/vitest.conformance.ts',
    '--reporter=default',
    '--reporter=json',
    '--outputFile=test-results/conformance.json',
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
