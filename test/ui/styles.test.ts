import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../src/knowledge/families';

const SOURCE = join(import.meta.dirname, '..', '..', 'src');

const stylesBelow = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? stylesBelow(path) : name.endsWith('.css') ? [path] : [];
  });

const SHEETS = ['ui', 'panels', 'pages']
  .flatMap((folder) => stylesBelow(join(SOURCE, folder)))
  .map((path) => ({ path: relative(SOURCE, path), text: readFileSync(path, 'utf8') }));
const defined = new Set([...SHEETS.find(({ path }) => path === 'ui/tokens.css')!.text.matchAll(/^ {2,4}(--[\w-]+):/gm)].map((match) => match[1]!));
/** Set by components on the element itself. */
const OWN = new Set(['--share', '--filled', '--available-height', '--letter-ink', '--letter-ground']);

describe('styles', () => {
  it('use only tokens that there are', () => {
    const unknown = SHEETS.flatMap(({ path, text }) =>
      [...text.matchAll(/var\((--[\w-]+)/g)]
        .map((match) => match[1]!)
        .filter((name) => !defined.has(name) && !OWN.has(name))
        .map((name) => `${path} ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('write colours and times nowhere but among the tokens', () => {
    const written = SHEETS.filter(({ path }) => path !== 'ui/tokens.css').flatMap(({ path, text }) =>
      [...text.matchAll(/#[0-9a-f]{3,8}\b(?=[;\s,)])|\brgb\(|\d(?:ms|s)\b/g)].map((match) => `${path} ${match[0]}`),
    );
    expect(written).toEqual([]);
  });

  it('leave no token unused', () => {
    const tokens = SHEETS.find(({ path }) => path === 'ui/tokens.css')!.text;
    const used = new Set([...textsBelow(SOURCE), ...(tokens.match(/var\(--[\w-]+/g) ?? [])].flatMap((text) => text.match(/--[\w-]+/g) ?? []));
    // Sizes of panes are asked for by a name that is put together: `--${name}-narrow`.
    const composed = /^--(?:rail|guide|lower)(?:-|$)/;
    for (const { colour } of FAMILIES) used.add(colour).add(`${colour}-soft`);
    expect([...defined].filter((name) => !used.has(name) && !composed.test(name))).toEqual([]);
  });
});

function textsBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return textsBelow(path);
    return /\.(?:tsx?|css)$/.test(name) && name !== 'tokens.css' ? [readFileSync(path, 'utf8')] : [];
  });
}
