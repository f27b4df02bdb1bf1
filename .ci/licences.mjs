// npm run licences: writes docs/licences.md, every package of the lock file with its licence; a test holds it to the lock file.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);

/** Licences that let the code be bundled and handed on with a notice alone. */
const FREE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Every package of a lock file: name, version, licence, and whether it is part of what people are given or only used to build and test. */
export function packagesIn(lock) {
  return Object.entries(lock.packages)
    .filter(([path, { link }]) => path !== '' && link !== true)
    .map(([path, { version, license = '', dev = false, optional = false, os }]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      version,
      licence: license,
      isDevelopment: dev,
      isPlatform: optional && os !== undefined,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
}

/** Whether a licence is among those that we may use: of a choice one, of several at once all. */
export const isFree = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(/ OR /)
    .some((one) => one.split(/ AND /).every((part) => FREE.has(part.trim())));

export function documentOf(lock) {
  const packages = packagesIn(lock).filter(({ isPlatform }) => !isPlatform);
  const table = (rows) =>
    [
      '| package | version | licence |',
      '|---|---|---|',
      ...rows.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence || 'not named'} |`),
    ].join('\n');
  const [used, building] = [packages.filter(({ isDevelopment }) => !isDevelopment), packages.filter(({ isDevelopment }) => isDevelopment)];
  return `${[
    '# Licences of the packages',
    'Written by `npm run licences` from the lock file; do not edit. Packages that hold one program for one platform are left out: they have the licence of the package that asks for them.',
    `## What people are given (${used.length})`,
    table(used),
    `## What only builds and tests (${building.length})`,
    table(building),
  ].join('\n\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));
  writeFileSync(new URL('docs/licences.md', root), documentOf(lock));
  console.log(`docs/licences.md: ${packagesIn(lock).length} packages`);
}
