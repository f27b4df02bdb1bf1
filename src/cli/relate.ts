import { join } from 'node:path';
import { draftFactsOf } from '../analysis/compare';
import { evidenceOf, relationIndexOf as catalogIndexOf, subjectOfDraft } from '../catalog/related';
import { relatedIn, relationIndexOf, type RelationIndex, type Subject } from '../catalog/relation-index';
import { rowOf } from '../catalog/store/metadata-columns';
import { RELATIONS } from '../model';
import { analyseText, contextWith, formatNamed } from './documents';
import { meaningsIn } from './catalog-folder';
import { allFilesAt, readText } from './files';
import { macrosNamed } from './macros';
import { outputTo, progressOf } from './output';
import { passedOver } from './passed-over';
import { attempted } from './time-limit';
import { parseWords, usageError } from './usage';

const FORM = 'relate PATH… [--catalog DIR] [--among] [--only RELATION] [--format F] [--macros DIR]';
const BUNDLED = join(import.meta.dirname, '..', '..', 'public', 'catalog');

/** A rule of the paths. */
interface Given {
  readonly about: { readonly path: string; readonly index: number; readonly id: string; readonly title: string };
  readonly subject: Subject | null;
  /** Why it was left. */
  readonly left?: string;
}

/** Prints how each rule stands to those of the catalog or, with `--among`, to each other: a JSON line a rule. */
export async function relate(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(
    words,
    {
      catalog: { type: 'string' },
      among: { type: 'boolean' },
      only: { type: 'string', multiple: true },
      format: { type: 'string' },
      macros: { type: 'string' },
    },
    FORM,
  );
  if (positionals.length === 0) throw usageError(`Name a file or folder with rules. Use: ${FORM}`);
  if (values.among === true && values.catalog !== undefined) throw usageError(`--among compares the rules with each other, not with a catalog. Use: ${FORM}`);
  for (const only of values.only ?? [])
    if (!RELATIONS.some((relation) => relation === only)) throw usageError(`There is no relation "${only}". Known: ${RELATIONS.join(', ')}.`);
  const format = formatNamed(values.format);
  const context = contextWith(await macrosNamed(values.macros));
  const given: Given[] = [];
  const skipped = passedOver();
  const files = await allFilesAt(positionals);
  const reading = progressOf('read');
  for (const [at, { path, problem, isNamed, isOther }] of files.entries()) {
    reading(at, files.length);
    if (isOther) continue;
    const read = problem === null ? await readText(path) : { problem };
    if (read.problem !== undefined) {
      process.stderr.write(`rulewright: ${path} ${read.problem}.\n`);
      continue;
    }
    const document = analyseText(read.text, path, format, context);
    if (document.other !== null) {
      if (isNamed) process.stderr.write(`rulewright: ${path} holds no rule: ${document.other}.\n`);
      else skipped.add(path, document.other);
    }
    for (const { report, index } of document.rules) {
      const about = { path, index, id: report.rule.meta.id, title: report.rule.meta.title };
      const facts = attempted('reading it', () => subjectOfDraft(draftFactsOf(report)));
      given.push('value' in facts ? { about, subject: facts.value } : { about, subject: null, left: facts.why });
    }
  }
  skipped.tell(false);
  const others = values.among === true ? amongThem(given) : await catalogOf(values.catalog ?? BUNDLED);
  const output = outputTo(process.stdout);
  const comparing = progressOf('compared');
  for (const [at, { about, subject, left }] of given.entries()) {
    comparing(at, given.length);
    const done = attempted('comparing it', () => (subject === null ? [] : relatedTo(subject, at)));
    const related = 'value' in done ? done.value : [];
    const why = left ?? ('why' in done ? done.why : null);
    const waits = subject?.fires === 'more' ? { waits: true } : null;
    if (
      !(await output.line(
        JSON.stringify({ ...about, compared: subject === null ? 0 : others.index.compared, ...waits, ...(why === null ? null : { left: why }), related }),
      ))
    )
      return 0;
  }
  await output.end();
  return 0;

  function relatedTo(subject: Subject, at: number): readonly object[] {
    return relatedIn(others.index, subject)
      .filter(({ rule, relation }) => (values.among !== true || rule !== at) && (values.only === undefined || values.only.includes(relation)))
      .map(({ rule, relation, reads, limits }) => ({
        relation,
        ...others.nameOf(rule),
        reads,
        ...(limits.length === 0 ? null : { limits }),
        conditions: evidenceOf(subject, others.index.subjects[rule]!),
      }));
  }
}

/** What rules are compared with, and what names one of them. */
interface Others {
  readonly index: RelationIndex;
  readonly nameOf: (rule: number) => object;
}

const amongThem = (given: readonly Given[]): Others => ({
  index: relationIndexOf(given.map(({ subject }) => subject)),
  nameOf: (rule) => given[rule]!.about,
});

async function catalogOf(folder: string): Promise<Others> {
  const { catalog, meanings } = await meaningsIn(folder);
  return {
    index: await catalogIndexOf(catalog, meanings, async () => {}),
    nameOf(rule) {
      const { source, key, id, title, vendor } = rowOf(catalog.list, rule);
      return { source, key, id, title, vendor };
    },
  };
}
