import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('the table of faults', () => {
  const [faults = ''] = read('docs/reliability.md').split('\n## How time grows');
  const rows = faults
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| fault'))
    .map((line) => line.slice(2, -2).split(' | '));

  it('says of each fault what is seen, what is kept and which test holds it', () => {
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) expect(row, row[0]).toHaveLength(4);
  });

  it('names tests that are there', () => {
    const missing = rows.flatMap(([fault, , , test = '']) => {
      const [, file = '', name = ''] = /^([^:]+):\s*(.*)$/.exec(test) ?? [];
      return existsSync(join(ROOT, file)) && read(file).replaceAll("\\'", "'").includes(name) ? [] : [`${fault}: ${test}`];
    });
    expect(missing).toEqual([]);
  });
});

describe('what hosts are told', () => {
  const policyOf = (text: string): string => /default-src 'none'[^"\n]*/.exec(text)![0].trim();

  it('is the policy of the page, and who may show it in a frame', () => {
    const written = [...read('vite.config.ts').matchAll(/^ {2}["']([a-z-]+ .*)["'],$/gm)].map((match) => match[1]).join('; ');
    expect(written).toContain("default-src 'none'");
    for (const file of readdirSync(join(ROOT, 'docs', 'hosting')))
      expect(policyOf(read(`docs/hosting/${file}`)), file).toBe(`${written}; frame-ancestors 'self'`);
  });
});

it('a release is of the version that is built, made by commands that there are', () => {
  expect(spawnSync(process.execPath, [join(ROOT, '.ci', 'release.mjs'), '--tag', 'v0.0.0-none'], { encoding: 'utf8' }).status).toBe(2);
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
  const asked = [...read('.ci/release.yml').matchAll(/- run: npm (?:run )?([\w:]+)/g)].map(([, name]) => name!);
  expect(asked).toEqual(['test', 'release']);
  for (const name of asked) expect(scripts, name).toHaveProperty(name);
});

it('the changelog begins with the version that is built', () => {
  const { version } = JSON.parse(read('package.json')) as { readonly version: string };
  expect(/^## (.*)$/m.exec(read('docs/changelog.md'))?.[1]).toBe(version);
});
