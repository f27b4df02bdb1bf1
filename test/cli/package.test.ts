import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const RULE = 'title: T\nlogsource:\n    product: windows\ndetection:\n    s:\n        Image|endswith: a.exe\n    condition: s and x\n';

// What `npm run package` makes is put into an empty project, with no registry to ask.
describe('the packed command line', { timeout: 240_000 }, () => {
  let folder = '';
  const inProject = (command: string, ...words: readonly string[]) =>
    spawnSync(command, words, {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
      env: { ...process.env, npm_config_registry: 'http://127.0.0.1:9' },
    });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rulewright-package-'));
    execFileSync(process.execPath, [join(ROOT, '.ci', 'package.mjs'), '--out', folder], { cwd: ROOT, stdio: 'pipe' });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    writeFileSync(join(folder, 'rule.yml'), RULE);
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
    const { status, stderr } = inProject('npm', 'install', '--offline', '--no-audit', '--no-fund', join(folder, tarball));
    expect(status, stderr).toBe(0);
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('needs nothing beside it and holds what it needs', () => {
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['rulewright']);
    const own = join(folder, 'node_modules', 'rulewright');
    expect(readdirSync(own).sort()).toEqual(['LICENSE', 'NOTICE', 'README.md', 'THIRD-PARTY', 'lib', 'package.json', 'public']);
    expect(readFileSync(join(own, 'THIRD-PARTY'), 'utf8')).toMatch(/^yaml [\d.]+: ISC$/m);
  });

  it('lints', () => {
    const { status, stdout } = inProject('npx', '--offline', 'rulewright', 'lint', 'rule.yml');
    expect(status).toBe(1);
    expect(stdout).toContain('rule.yml:7:22: error sigma/unknown-identifier');
    expect(JSON.parse(inProject('npx', '--offline', 'rulewright', 'lint', '--sarif', 'rule.yml').stdout)).toMatchObject({ version: '2.1.0' });
  });

  it('knows its catalog', () => {
    const { status, stdout } = inProject('npx', '--offline', 'rulewright', 'guide', 'T1049');
    expect(status).toBe(0);
    expect(stdout).toContain('System Network Connections Discovery');
  });
});
