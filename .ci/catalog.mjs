// npm run catalog:build [-- --out DIR …]: the bundled catalog from the folders that catalog-sources.json names; of two that hold a source, the first.
// npm run catalog:refresh -- --clones DIR [--out DIR …]: clones every source below DIR, or updates it where git can reach it, then builds and says what changed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensurePackages, root } from './setup.mjs';

const [mode, ...words] = process.argv.slice(2);
const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));
const { folders, named, attack } = readJson('.ci', 'catalog-sources.json');
const { sources } = readJson('src', 'knowledge', 'sources.json');

/** Takes `--name VALUE` out of the words. */
function option(name) {
  const at = words.indexOf(`--${name}`);
  return at < 0 ? undefined : words.splice(at, 2)[1];
}

const clones = option('clones');
const out = option('out') ?? join('public', 'catalog');
if (mode === 'refresh' && clones === undefined) {
  console.error('Name the folder of the clones: npm run catalog:refresh -- --clones DIR');
  process.exit(2);
}
ensurePackages();

const git = (...args) => spawnSync('git', args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });

/** A clone of the source, as new as git can make it; null where there is none and none can be made. */
function cloned(folder, repository) {
  const at = resolve(clones, folder);
  const isThere = existsSync(at);
  if (repository === '') return isThere ? at : null;
  if (isThere && !existsSync(join(at, '.git'))) {
    console.error(`${folder}: no clone, taken as it is.`);
    return at;
  }
  console.error(`${folder}: ${isThere ? 'update' : 'clone'} ${repository}`);
  const steps = isThere
    ? [
        ['-C', at, 'fetch', '--depth', '1', 'origin', 'HEAD'],
        ['-C', at, 'checkout', '--quiet', '--detach', 'FETCH_HEAD'],
      ]
    : [['clone', '--depth', '1', `https://github.com/${repository}.git`, at]];
  for (const step of steps) {
    const { status, stderr } = git(...step);
    if (status === 0) continue;
    console.error(`${folder}: git could not reach it${isThere ? ', taken as it was' : ''}: ${stderr.trim().split('\n').at(-1)}`);
    break;
  }
  return existsSync(at) ? at : null;
}

/** The folder of a source; null where it is nowhere. */
function folderOf({ folder, repository }) {
  if (mode === 'refresh') return cloned(folder, repository);
  return folders.map((base) => resolve(root, base, folder)).find((path) => existsSync(path)) ?? null;
}

if (mode === 'refresh') mkdirSync(clones, { recursive: true });
const options = [];
for (const { name, repository, own } of sources) {
  if (own === true) continue;
  const path = folderOf({ folder: named[name] ?? name, repository });
  if (path === null) console.error(`${name}: left out, there is no copy of it.`);
  else options.push('--source', `${name}=${path}`);
}
const names = folderOf(attack);
if (names !== null) options.push('--attack', existsSync(join(names, attack.file)) ? join(names, attack.file) : names);

const { status } = spawnSync(
  process.execPath,
  ['src/cli/bin.mjs', 'catalog', ...options, ...(mode === 'refresh' ? ['--changes'] : []), '--out', out, ...words],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
