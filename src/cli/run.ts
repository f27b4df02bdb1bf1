import { formatNamed, contextWith } from './documents';
import { NO_METADATA } from '../formats/metadata';
import { TAXONOMIES } from '../knowledge/families';
import { LANGUAGES } from '../languages/registry';
import type { Context, Event, Rule, Taxonomy } from '../model';
import { runRule } from '../run/dialect/engines';
import { refusal, type Given, type Policy, type Table } from '../run/engine';
import { explainRule } from '../run/explain-rule';
import { eventsGiven } from '../run/given';
import { plainOf, type Value } from '../run/value';
import { filesAt, readText } from './files';
import { eventsIn, tableIn } from './given-files';
import { macrosNamed } from './macros';
import { outputTo } from './output';
import { passedOver } from './passed-over';
import { rulesOf } from './rule-files';
import { attempted } from './time-limit';
import { parseWords, usageError } from './usage';

const FORM =
  'run RULE… --events FILE… [--table NAME=FILE …] [--explain N] [--fields NAMES] [--ignore-logsource] [--format F] [--macros DIR] [--json] | run --batch FILE';

/** Runs rules on events: a JSON line a rule. With `--batch` each line of a file is a query with what it is run on. */
export async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(
    words,
    {
      events: { type: 'string', multiple: true },
      table: { type: 'string', multiple: true },
      explain: { type: 'string' },
      fields: { type: 'string' },
      'ignore-logsource': { type: 'boolean' },
      format: { type: 'string' },
      macros: { type: 'string' },
      json: { type: 'boolean' },
      batch: { type: 'string' },
    },
    FORM,
  );
  const context = contextWith(await macrosNamed(values.macros));
  if (values.batch !== undefined) return runBatch(values.batch, context);
  if (positionals.length === 0) throw usageError(`Name a file or folder with rules. Use: ${FORM}`);
  if (values.fields !== undefined && !TAXONOMIES.includes(values.fields))
    throw usageError(`There is no family of names "${values.fields}". Known: ${[...TAXONOMIES].join(', ')}.`);
  const explainedAt = values.explain === undefined ? null : Number(values.explain);
  if (explainedAt !== null && !Number.isInteger(explainedAt)) throw usageError(`--explain takes the number of an event, from 0. Use: ${FORM}`);
  const events: Event[] = [];
  for (const path of values.events ?? []) for (const event of await eventsIn(path)) events.push(event);
  const tables = new Map<string, Table>();
  for (const pair of values.table ?? []) {
    const at = pair.indexOf('=');
    if (at <= 0) throw usageError(`--table takes NAME=FILE. Use: ${FORM}`);
    const table = await tableOf(pair.slice(at + 1));
    if (table !== null) tables.set(pair.slice(0, at), table);
  }
  const format = formatNamed(values.format);
  const opened: { readonly path: string; readonly rules: readonly Rule[] }[] = [];
  const skipped = passedOver();
  for await (const one of rulesOf(await filesAt(positionals), format, context, skipped)) opened.push(one);
  skipped.tell(false);
  const alone = eventsGiven(
    events,
    opened.flatMap(({ rules }) => rules),
  );
  const names = (values.fields as Taxonomy | undefined) ?? alone.names;
  const given: Given = { ...alone, tables, names, ignoreLogsource: values['ignore-logsource'] === true };
  const output = outputTo(process.stdout);
  for (const { path, rules } of opened) {
    for (const [index, rule] of rules.entries()) {
      const about = { path, index, id: rule.meta.id, title: rule.meta.title };
      const event = explainedAt === null ? undefined : events[explainedAt];
      const explained = event === undefined ? null : attempted('explaining it', () => explainRule(rule, event, given));
      const explanation = explained === null ? {} : { explain: 'value' in explained ? explained.value : explained.why };
      if (!(await output.line(JSON.stringify({ ...about, ...lineOf(rule, given), ...explanation })))) return 0;
    }
  }
  await output.end();
  return 0;
}

/** A second more for each thousand events than what holds no events may take. */
const secondsFor = ({ events }: Given): number => 20 + Math.ceil(events.length / 1_000);

/** What is printed of an answer. */
function lineOf(rule: Rule, given: Given): object {
  const run = attempted('running it', () => runRule(rule, given), secondsFor(given));
  const answer = 'value' in run ? run.value : refusal(rule.span, run.why);
  const { verdict, matches, undecided, sequences, groups, table, refused, joined, readings } = answer;
  return {
    language: rule.analysis.language,
    events: given.events.length,
    verdict,
    matches,
    undecided,
    ...(sequences === undefined ? null : { sequences }),
    ...(groups === undefined ? null : { groups: groups.map((group) => plainOf(group)) }),
    ...(table === undefined ? null : { columns: table.columns, rows: table.rows.map((row) => table.columns.map(({ name }) => plainOf(row[name] ?? null))) }),
    refused: refused.map(({ span, why }) => ({ start: span.start, end: span.end, why })),
    ...(joined.length === 0 ? null : { joined }),
    ...(readings === undefined ? null : { readings }),
  };
}

async function tableOf(path: string): Promise<Table | null> {
  const read = await tableIn(path);
  if (read === null) return null;
  const { columns } = read;
  const rows = read.rows.map((cells) => {
    const row: Record<string, Value> = Object.create(null);
    columns.forEach(({ name }, at) => {
      row[name] = cells[at] ?? null;
    });
    return row;
  });
  return { columns, rows };
}

interface Case {
  readonly id: string;
  readonly language: string;
  readonly query: string;
  readonly events?: readonly Event[];
  readonly eventsFile?: string;
  readonly tables?: Readonly<Record<string, string>>;
  readonly policies?: Readonly<Record<string, { file: string; match_field: string; type: string; enrich_fields: readonly string[] }>>;
  readonly types?: Readonly<Record<string, string>>;
}

async function runBatch(file: string, context: Context): Promise<number> {
  const read = await readText(file);
  if (read.problem !== undefined) throw usageError(`${file} ${read.problem}.`);
  const output = outputTo(process.stdout);
  const tables = new Map<string, Table | null>();
  const tableAt = async (path: string): Promise<Table | null> => {
    if (!tables.has(path)) tables.set(path, await tableOf(path));
    return tables.get(path) ?? null;
  };
  const files = new Map<string, readonly Event[]>();
  const eventsAt = async (path: string): Promise<readonly Event[]> => {
    let found = files.get(path);
    if (found === undefined) files.set(path, (found = await eventsIn(path)));
    return found;
  };
  for (const line of read.text.split('\n')) {
    if (line.trim() === '') continue;
    let one: Case;
    try {
      one = JSON.parse(line) as Case;
    } catch {
      process.stderr.write(`rulewright: a line of ${file} is no JSON.\n`);
      continue;
    }
    const language = LANGUAGES.get(one.language);
    if (language === undefined) {
      process.stderr.write(`rulewright: there is no language "${one.language}". Known: ${[...LANGUAGES.keys()].join(', ')}.\n`);
      continue;
    }
    const rule: Rule = {
      span: { start: 0, end: one.query.length },
      meta: NO_METADATA,
      analysis: language.analyse(one.query, context),
      taxonomy: language.taxonomy,
    };
    const named = new Map<string, Table>();
    for (const [name, path] of Object.entries(one.tables ?? {})) {
      const table = await tableAt(path);
      if (table !== null) named.set(name, table);
    }
    const policies = new Map<string, Policy>();
    for (const [name, { file: path, match_field, type, enrich_fields }] of Object.entries(one.policies ?? {})) {
      const table = await tableAt(path);
      if (table !== null) policies.set(name, { table, matchField: match_field, type, fields: enrich_fields });
    }
    const given: Given = {
      events: one.events ?? (one.eventsFile === undefined ? [] : await eventsAt(one.eventsFile)),
      tables: named,
      policies,
      types: new Map(Object.entries(one.types ?? {})),
      names: null,
      ignoreLogsource: true,
      now: BigInt(Date.now()) * 1_000_000n,
      rules: [rule],
    };
    if (!(await output.line(JSON.stringify({ id: one.id, ...lineOf(rule, given) })))) return 0;
  }
  await output.end();
  return 0;
}
