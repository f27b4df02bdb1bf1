// npm run catalog:build -- --from DIR [--from DIR …] [--out DIR]: the bundled catalog from folders of copies; of two that hold a source, the first.
// npm run catalog:refresh -- --clones DIR [--out DIR …]: clones every source below DIR, or updates it where git can reach it, then builds and says what changed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensurePackages, root } from './setup.mjs';

const [mode, ...words] = process.argv.slice(2);
const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));
const { named, attack } = readJson('.ci', 'catalog-sources.json');
const { sources } = readJson('src', 'knowledge', 'sources.json');

/** Takes `--name VALUE` out of the words. */
function option(name) {
  const at = words.indexOf(`--${name}`);
  return at < 0 ? undefined : words.splice(at, 2)[1];
}

const clones = option('clones');
const folders = [];
for (let from = option('from'); from !== undefined; from = option('from')) folders.push(from);
const out = option('out') ?? join('public', 'catalog');
if (mode === 'refresh' && clones === undefined) {
  console.error('Name the folder of the clones: npm run catalog:refresh -- --clones DIR');
  process.exit(2);
}
if (mode === 'build' && folders.length === 0) {
  console.error('Name the folders that hold the sources: npm run catalog:build -- --from DIR');
  process.exit(2);
}
ensurePackages();

const git = (...args) => spawnSync('git', args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });

/** What git says stopped it: its `fatal:` line, else its last. */
const reasonOf = (stderr) => {
  const lines = stderr.trim().split('\n');
  return lines.find((line) => line.startsWith('fatal: ')) ?? lines.at(-1);
};

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
    console.error(`${folder}: git could not reach it${isThere ? ', taken as it was' : ''}: ${reasonOf(stderr)}`);
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

const cli = (...args) =>
  spawnSync(process.execPath, ['src/cli/bin.mjs', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 2 ** 28 });
const { status, stdout } = cli('catalog', ...options, ...(mode === 'refresh' ? ['--changes'] : []), '--out', out, ...words);
process.stdout.write(stdout);
if (status === 0 && resolve(root, out) === join(root, 'public', 'catalog')) writeFileSync(join(root, 'docs', 'corpus.md'), documentOf(stdout));
process.exit(status ?? 1);

/** Without the folders of this machine. */
function withoutPlaces(report) {
  const bases = [...folders.map((base) => resolve(root, base)), ...(clones === undefined ? [] : [resolve(clones)])];
  return bases.reduce((text, base) => text.replaceAll(`${base}/`, ''), report);
}

/** What the bundled catalog holds, in words: the build's own report, its sources at their commits, and the names it met that no row of the table of fields has. */
function documentOf(report) {
  const manifest = readJson('public', 'catalog', 'manifest.json');
  const fence = (text) => `\`\`\`\n${text.trimEnd()}\n\`\`\``;
  const rows = manifest.sources.map(
    ({ name, repository, commit, license, rules }) => `| ${name} | ${repository} | ${commit.slice(0, 12)} | ${license} | ${rules} |`,
  );
  return `${[
    '# The corpus',
    'Written by `npm run catalog:build`; do not edit.',
    `${manifest.rules.toLocaleString('en')} rules, and ${manifest.listed.toLocaleString('en')} more that are only listed by title, techniques and tables: those count in no guide and no reach. ATT&CK ${manifest.attack}; the newest change is of ${manifest.newest}. A rule that names no date of a change has none here: "unknown".`,
    ['| source | repository | commit | licence | rules, copies aside |', '| --- | --- | --- | --- | --- |', ...rows].join('\n'),
    '## What was read, and what was left out',
    'Fully: nothing of the rule is unread. Partly: some of it is, and says so where it stands. A copy is left out where another place holds the same rule; its place is named on the page of the rule that stays.',
    fence(withoutPlaces(report.split('\n\nsince the last build')[0])),
    '## Field names without a row in the table of fields',
    'Names that 20 rules of a vendor or more compare (`fields --unnamed 20`). Those that name how a search is scoped, what a query computes, or what one product alone records have no counterpart elsewhere; the others are what the table can grow by.',
    fence(cli('fields', '--unnamed', '20').stdout),
  ].join('\n\n')}\n`;
}
