import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { isOwnSource, type RuleSource, SOURCE_NAMES, sourceOf } from '../knowledge/sources';
import { rulesInFile } from '../catalog/build/file-rules';
import { withoutCopies } from '../catalog/store/copies';
import type { CatalogRule } from '../catalog/store/encode';
import type { Manifest } from '../catalog/store/stored-format';
import { writeCatalog } from '../catalog/store/write';
import { MACROS, macroMap } from '../knowledge/macros';
import type { CatalogSource } from '../model';
import type { Catalog } from '../catalog/catalog';
import { attackIn } from './attack';
import { catalogIn } from './catalog-folder';
import { changeLines, changesOf, keepChange } from './changes';
import { commitOf } from './commit';
import { copyLines } from './copy-lines';
import { coverage, type Coverage } from './coverage';
import { contextWith } from './documents';
import { filesAt, readText, reasonOf } from './files';
import { listedRules } from './listing';
import { macrosIn } from './macros';
import { progressOf } from './output';
import { passedOver, type PassedOver } from './passed-over';
import { attempted } from './time-limit';
import { parseWords, usageError } from './usage';

const FORM = 'catalog --source NAME=DIR … [--attack DIR|FILE] [--with-texts] [--list-skipped] [--changes] --out DIR';

/** Builds a catalog from clones and prints what was read and understood. */
export async function catalog(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(
    words,
    {
      source: { type: 'string', multiple: true },
      attack: { type: 'string' },
      'with-texts': { type: 'boolean' },
      'list-skipped': { type: 'boolean' },
      changes: { type: 'boolean' },
      out: { type: 'string' },
    },
    FORM,
  );
  if (positionals.length > 0) throw usageError(`"${positionals[0]}" is no option. Use: ${FORM}`);
  if (values.out === undefined) throw usageError(`--out is missing: the folder to write to. Use: ${FORM}`);
  const named = await Promise.all((values.source ?? []).map(sourceNamed));
  if (named.length === 0) throw usageError(`--source is missing: at least one clone to read. Use: ${FORM}`);
  const twice = named.find(({ source }, at) => named.findIndex((other) => other.source === source) !== at);
  if (twice !== undefined) throw usageError(`--source ${twice.source.name} is given twice.`);
  const attack = values.attack === undefined ? { release: '', techniques: [] } : await attackIn(values.attack);

  const rules: CatalogRule[] = [];
  const sources: Omit<CatalogSource, 'rules'>[] = [];
  const understood = coverage();
  const remarks: string[] = [];
  const skipped = passedOver();
  for (const { source, folder } of named) {
    const { name, repository, license, lists } = source;
    const commit = await commitOf(folder);
    if (commit === '' && !isOwnSource(name)) remarks.push(`${name}: ${folder} is no clone and has no .commit file: its rules have no link to their source.`);
    sources.push({ name, repository, commit, license, ...(lists === null ? null : { lists }) });
    for (const rule of await readSource(source, folder, values['with-texts'] === true, { understood, remarks, skipped })) rules.push(rule);
  }

  const { rules: kept, leftOut } = withoutCopies(rules);
  const tagged = new Set(kept.flatMap((rule) => rule.techniques));
  const techniques = attack.techniques.filter(({ id, old }) => !old || tagged.has(id)).map(({ id, name, tactics }) => ({ id, name, tactics }));
  // A catalog of another version, or none, is no reason to fail: nothing is compared then.
  const before = values.changes === true ? await catalogIn(values.out).catch(() => null) : null;
  const files = writeCatalog({ rules: kept, sources, attack: { release: attack.release, techniques } });
  await writeFiles(values.out, files);
  const sizes = [...files].map(([name, bytes]) => `${name} ${bytes.length} bytes`).join(', ');
  skipped.tell(values['list-skipped'] === true);
  process.stdout.write(
    `${[...understood.lines(), '', ...copyLines(leftOut), '', ...remarks, `${countsOf(kept)}, ${techniques.length} techniques; ${sizes}`].join('\n')}\n`,
  );
  if (values.changes === true) await tellChanges(values.out, before);
  return 0;
}

/** Compares the catalog just built with the one that stood in its place. */
async function tellChanges(folder: string, before: Catalog | null): Promise<void> {
  const { files } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const change = before === null ? null : changesOf(before, await catalogIn(folder), files.facts.sha256, new Date().toISOString().slice(0, 10));
  await keepChange(folder, change?.sources.length === 0 ? null : change);
  process.stdout.write(`\n${(change === null ? ['There was no catalog of this version to compare with.'] : changeLines(change)).join('\n')}\n`);
}

const countsOf = (rules: readonly CatalogRule[]): string => {
  const listed = rules.filter(({ kind }) => kind === 'no query text').length;
  return `${rules.length - listed} rules${listed === 0 ? '' : `, ${listed} more that are only listed`}`;
};

async function sourceNamed(option: string): Promise<{ readonly source: RuleSource; readonly folder: string }> {
  const at = option.indexOf('=');
  const source = sourceOf(option.slice(0, at));
  const folder = option.slice(at + 1);
  if (at < 0 || folder === '') throw usageError(`--source ${option} should be NAME=DIR.`);
  if (source === undefined) throw usageError(`There is no source "${option.slice(0, at)}". Known: ${SOURCE_NAMES.join(', ')}.`);
  const problem = await stat(folder).then(
    (about) => (about.isDirectory() ? null : 'is not a folder'),
    (error: unknown) => reasonOf(error),
  );
  if (problem !== null) throw usageError(`--source ${source.name}: ${folder} ${problem}.`);
  return { source, folder };
}

/** What is told of a build at its end. */
interface Told {
  readonly understood: Coverage;
  readonly remarks: string[];
  readonly skipped: PassedOver;
}

/** Reads the rules of a source; files that cannot be read get a remark. */
async function readSource(source: RuleSource, folder: string, withTexts: boolean, { understood, remarks, skipped }: Told): Promise<CatalogRule[]> {
  if (source.lists !== null) return listingIn(source, folder, remarks);
  const { name } = source;
  // The macros that ship stand for those a source does not bring itself.
  const own = source.macros === null ? [] : await macrosIn(join(folder, source.macros)).catch(() => []);
  const context = contextWith(macroMap([...MACROS, ...own]));
  const files = (await filesAt([folder])).flatMap(({ path, problem }) => {
    const inside = relative(folder, path).replaceAll(sep, '/');
    const reading = source.reads.find((one) => one.files.test(inside));
    if (problem !== null) remarks.push(`${name}: ${path} ${problem}.`);
    return reading === undefined || problem !== null ? [] : [{ path, inside, reading }];
  });
  if (files.length === 0) remarks.push(`${name}: there are no rules in ${folder}; expected ${source.expected}.`);
  const progress = progressOf(`${name}: read`);
  const rules: CatalogRule[] = [];
  for (const [at, { path, inside, reading }] of files.entries()) {
    progress(at, files.length);
    const read = await readText(path);
    if (read.problem !== undefined) {
      remarks.push(`${name}: ${path} ${read.problem}.`);
      continue;
    }
    const found = readRules(read.text, { source, reading, inside, path, withText: withTexts }, context);
    if (typeof found === 'string') {
      remarks.push(`${name}: ${path}: ${found}`);
      continue;
    }
    if (found.other !== null) skipped.add(path, found.other);
    for (let nothing = 0; nothing < found.unread; nothing++) remarks.push(`${name}: ${path} holds nothing that could be read as a rule.`);
    for (const { rule, report } of found.rules) {
      understood.add(name, report);
      rules.push(rule);
    }
  }
  return rules;
}

/** The rules of a text, or why there are none. */
function readRules(...given: Parameters<typeof rulesInFile>): ReturnType<typeof rulesInFile> | string {
  const read = attempted('The analysis', () => rulesInFile(...given));
  return 'value' in read ? read.value : `${read.why}.`;
}

/** The rules that a source lists. */
async function listingIn(source: RuleSource, folder: string, remarks: string[]): Promise<CatalogRule[]> {
  const rules: CatalogRule[] = [];
  for (const { path } of await filesAt([folder], (file) => source.reads.some(({ files }) => files.test(file)))) {
    const read = await readText(path);
    if (read.problem === undefined) rules.push(...listedRules(read.text, source));
    else remarks.push(`${source.name}: ${path} ${read.problem}.`);
  }
  if (rules.length === 0) remarks.push(`${source.name}: nothing is listed in ${folder}; expected ${source.expected}.`);
  return rules;
}

/** Writes the files, each under another name first, so that a reader never meets half a file; the manifest comes last. */
async function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, bytes] of files) await writeFile(join(folder, `${name}.part`), bytes);
    for (const name of files.keys()) await rename(join(folder, `${name}.part`), join(folder, name));
  } catch (error) {
    throw usageError(`Nothing could be written to ${folder}: it ${reasonOf(error)}.`);
  }
}
