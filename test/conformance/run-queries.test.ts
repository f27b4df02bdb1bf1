import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHARED } from './sigma-cases';

/**
 * What queries return, as suites of their vendors say: right at least, wrong at most, as shares of all cases. A refusal is neither.
 * What is wrong is understood: order among equal rows that a suite happened to fix; printed tables of documentation that are not what the engine gives;
 * a type (decimal, int beside long, a truth value inside JSON) that rows here do not tell apart.
 */
const SUITES = [
  ['eql', 0.95, 0.01],
  ['kuery', 1, 0],
  ['esql', 0.9, 0.01],
  ['kusto', 0.94, 0.023],
  ['spl', 0.95, 0.01],
  ['ppl-as-spl', 0.95, 0.01],
] as const;

describe('queries over rows', () => {
  for (const [suite, right, wrong] of SUITES)
    it(suite, () => {
      const tool = join(SHARED, 'tools', 'run-queries.mjs');
      const { status, stdout } = spawnSync('node', [tool, suite, '--show', '0', '--min-right', String(right), '--max-wrong', String(wrong)], {
        cwd: join(import.meta.dirname, '..', '..'),
        encoding: 'utf8',
      });
      console.log(stdout.trim().split('\n').at(-1));
      expect(status).toBe(0);
    });
});
