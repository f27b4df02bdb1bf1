import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KUSTO_MISPRINTS } from './kusto-misprints';
import { SHARED } from './sigma-cases';

/**
 * What queries return, as suites of their vendors say: right at least, wrong at most, as shares of all cases. A refusal is neither.
 * What is left of the wrong is order among equal rows that a suite happened to fix. Misprints are left out by name; the tool itself counts them as wrong.
 */
const SUITES = [
  ['eql', 0.95, 0.01],
  ['kuery', 1, 0],
  ['esql', 0.9, 0.01],
  ['kusto', 0.96, 0.005],
  ['spl', 0.95, 0.01],
  ['ppl-as-spl', 0.95, 0.01],
] as const;

/** The suite's cases without those whose answers are misprints, in a file of their own. */
function withoutMisprints(suite: string): string {
  const lines = readFileSync(join(SHARED, 'expected', 'run', 'queries', `${suite}.ndjson`), 'utf8').split('\n');
  const file = join(mkdtempSync(join(tmpdir(), 'run-queries-')), `${suite}.ndjson`);
  writeFileSync(file, lines.filter((line) => line !== '' && !KUSTO_MISPRINTS.has((JSON.parse(line) as { id: string }).id)).join('\n'));
  return file;
}

describe('queries over rows', () => {
  for (const [suite, right, wrong] of SUITES)
    it(suite, () => {
      const tool = join(SHARED, 'tools', 'run-queries.mjs');
      const { status, stdout } = spawnSync(
        'node',
        [tool, suite, '--cases', withoutMisprints(suite), '--show', '0', '--min-right', String(right), '--max-wrong', String(wrong)],
        {
          cwd: join(import.meta.dirname, '..', '..'),
          encoding: 'utf8',
        },
      );
      console.log(stdout.trim().split('\n').at(-1));
      expect(status).toBe(0);
    });
});
