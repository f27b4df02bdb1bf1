import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

vi.setConfig({ testTimeout: 120_000 });

const ROOT = join(import.meta.dirname, '..', '..');
let scratch = '';
const rule = (title: string, lines: readonly string[]): string =>
  [
    'title: ' + title,
    'logsource:',
    '    category: process_creation',
    '    product: windows',
    'detection:',
    '    selection:',
    ...lines.map((line) => `        ${line}`),
    '    condition: selection',
    '',
  ].join('\n');

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'rulewright-'));
  writeFileSync(join(scratch, 'a.yml'), rule('Any task', ["Image|endswith: '\\schtasks.exe'"]));
  writeFileSync(join(scratch, 'b.yml'), rule('A task made', ["Image|endswith: '\\schtasks.exe'", "CommandLine|contains: '/create'"]));
  writeFileSync(join(scratch, 'c.yml'), rule('A task made, either dash', ["Image|endswith: '\\schtasks.exe'", "CommandLine|contains|windash: '-create'"]));
  writeFileSync(join(scratch, 'd.yml'), rule('Something else', ["Image|endswith: '\\reg.exe'", "CommandLine|contains: '/create'"]));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const run = (...words: string[]) => spawnSync(process.execPath, ['src/cli/bin.mjs', 'relate', ...words], { cwd: ROOT, encoding: 'utf8' });

it('says how rules stand to each other, with the conditions side by side', () => {
  const { status, stdout } = run(scratch, '--among');
  expect(status).toBe(0);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { title: string; related: { title: string; relation: string; conditions: { as: string }[] }[] });
  expect(lines.map(({ title, related }) => [title, related.map((one) => `${one.relation} ${one.title}`)])).toEqual([
    ['Any task', ['covered A task made, either dash', 'covered A task made']],
    ['A task made', ['covers A task made, either dash', 'covers Any task', 'contradicts Something else']],
    ['A task made, either dash', ['covers Any task', 'covered A task made', 'contradicts Something else']],
    ['Something else', ['contradicts A task made', 'contradicts A task made, either dash']],
  ]);
  expect(lines[1]!.related[1]!.conditions.map(({ as }) => as)).toEqual(['same', 'only-first']);
});

it('compares with the bundled catalog, and says what is wrong with its words', () => {
  const { status, stdout } = run(join(scratch, 'b.yml'), '--only', 'covers');
  expect(status).toBe(0);
  const [line] = stdout.trim().split('\n');
  const { compared, related } = JSON.parse(line!) as { compared: number; related: { relation: string }[] };
  expect(compared).toBeGreaterThan(10_000);
  expect(new Set(related.map(({ relation }) => relation))).toEqual(new Set(['covers']));
  expect(run().stderr).toMatch(/Name a file or folder with rules/);
  expect(run(scratch, '--among', '--catalog', 'x').status).toBe(2);
  expect(run(scratch, '--only', 'nearest').stderr).toMatch(/There is no relation "nearest"/);
});
