import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentOf, isFree, packagesIn } from '../.ci/licences.mjs';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
}
const lock = JSON.parse(read('package-lock.json')) as { readonly lockfileVersion: number; readonly packages: Readonly<Record<string, Locked>> };
const about = JSON.parse(read('package.json')) as Readonly<Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>>;
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

describe('the packages', () => {
  it('are pinned, and the lock file has what is pinned', () => {
    for (const [name, version] of Object.entries({ ...about.dependencies, ...about.devDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });

  it('come from the registry alone, each with the hash of what it is', () => {
    for (const [path, { integrity, resolved, link, optional, os }] of locked) {
      expect(link, path).toBeUndefined();
      if (resolved !== undefined) expect(resolved, path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
      // npm knows the hashes only of the platform it runs on; others' are checked where they are installed.
      if (integrity === undefined) expect(optional === true && os !== undefined, path).toBe(true);
      else expect(integrity, path).toMatch(/^sha512-[\w+/]{86}==$/);
    }
  });

  it('run nothing of their own when they are installed, but for those that are known', () => {
    expect(locked.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path)).toEqual(['node_modules/esbuild']);
  });

  it('are there for a reason that CONTRIBUTING.md gives', () => {
    const reasons = read('CONTRIBUTING.md')
      .split('## Dependencies')[1]!
      .split(/[\s,;()]+/);
    expect(
      Object.keys({ ...about.dependencies, ...about.devDependencies }).filter((name) => !reasons.some((word) => word.replace(/[.:]$/, '') === name)),
    ).toEqual([]);
  });

  it('are free to hand on, and listed', () => {
    const named = packagesIn(lock).filter(({ isPlatform }) => !isPlatform);
    expect(named.filter(({ licence }) => !isFree(licence)).map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
    expect(documentOf(lock), 'run npm run licences').toBe(read('docs/licences.md'));
  });
});
