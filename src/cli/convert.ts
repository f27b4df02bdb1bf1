import { readFile } from 'node:fs/promises';
import { convert as converted } from '../convert/convert';
import { readMapping } from '../convert/mapping';
import { TARGETS } from '../convert/targets/list';
import { duckdbTarget } from '../convert/targets/sql';
import type { Target } from '../convert/manner';
import { FORMATS } from '../formats/registry';
import { TAXONOMIES } from '../knowledge/families';
import type { Conversion, ConversionOptions, Event, Rule } from '../model';
import { agreementOf } from '../convert/witnesses';
import { eventsIn } from './given-files';
import { contextWith, formatNamed } from './documents';
import { filesAt } from './files';
import { macrosNamed } from './macros';
import { outputTo } from './output';
import { openOver } from './over';
import { passedOver } from './passed-over';
import { rulesOf } from './rule-files';
import { type Converted, runOver } from './run-over';
import { columnsIn } from './table-columns';
import { attempted } from './time-limit';
import { parseWords, usageError } from './usage';

const FORM =
  'convert PATH… --to LANGUAGE [--fields FAMILY] [--names FILE] [--source TEXT] [--as FORMAT] [--table FILE | --over FILE] [--events FILE…] [--text] [--format F] [--macros DIR] [--json]';

/**
 * Writes rules in another language: a JSON line a rule with the text, what is lost and what cannot be said. With `--over` the text is run on a file, and the
 * line is that of `run` with it. Exit 1 when a rule is refused.
 */
export async function convert(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(
    words,
    {
      to: { type: 'string' },
      fields: { type: 'string' },
      names: { type: 'string' },
      source: { type: 'string' },
      as: { type: 'string' },
      table: { type: 'string' },
      over: { type: 'string' },
      events: { type: 'string', multiple: true },
      text: { type: 'boolean' },
      format: { type: 'string' },
      macros: { type: 'string' },
      json: { type: 'boolean' },
    },
    FORM,
  );
  if (positionals.length === 0) throw usageError(`Name a file or folder with rules. Use: ${FORM}`);
  const target = targetNamed(values.to);
  if (values.fields !== undefined && !TAXONOMIES.includes(values.fields))
    throw usageError(`There is no family of names "${values.fields}". Known: ${[...TAXONOMIES].join(', ')}.`);
  const options: ConversionOptions = {
    ...(values.fields === undefined ? null : { names: values.fields }),
    ...(values.names === undefined ? null : { own: await namesIn(values.names) }),
    ...(values.source === undefined ? null : { source: values.source }),
    ...(values.as === undefined ? null : { format: containerFor(values.as, target) }),
    ...(values.table === undefined ? null : { columns: await columnsFor(values.table, target) }),
  };
  const over = values.over === undefined ? null : await openOver(overFor(values.over, target, values));
  const events: Event[] = [];
  for (const path of values.events ?? []) for (const event of await eventsIn(path)) events.push(event);
  const context = contextWith(await macrosNamed(values.macros));
  const format = formatNamed(values.format);
  const output = outputTo(process.stdout);
  const skipped = passedOver();
  const toRun: Converted[] = [];
  let isRefused = false;
  for await (const { path, rules } of rulesOf(await filesAt(positionals), format, context, skipped)) {
    for (const [index, rule] of rules.entries()) {
      const fields = new Set<string>();
      const columns = over === null ? null : { columns: noting(over.columns, fields) };
      const conversion = conversionOf(rule, over === null ? target : ofEvents(target), { ...options, rules, ...columns }, events);
      isRefused ||= conversion.text === null;
      if (over !== null) {
        toRun.push({ path, index, rule, conversion, lost: lostOf(conversion), fields });
        continue;
      }
      const line = values.text === true ? (conversion.text ?? '') : JSON.stringify({ path, index, ...lineOf(conversion) });
      if (!(await output.line(line))) return 0;
    }
  }
  skipped.tell(false);
  if (over !== null) {
    for await (const line of runOver(over, toRun)) {
      isRefused ||= line.verdict === 'refused';
      if (!(await output.line(JSON.stringify(line)))) return 0;
    }
  }
  await output.end();
  return isRefused ? 1 : 0;
}

function targetNamed(id: string | undefined): Target {
  const target = TARGETS.get(id ?? '');
  if (target === undefined) throw usageError(`--to takes one of ${[...TARGETS.keys()].join(', ')}. Use: ${FORM}`);
  return target;
}

function containerFor(id: string, target: Target): string {
  const known = [...FORMATS.values()].filter(({ write }) => write?.languages.includes(target.language ?? '') === true).map((format) => format.id);
  if (!known.includes(id))
    throw usageError(
      known.length === 0
        ? `${target.label} stands in no container: leave --as out.`
        : `No rule in ${target.label} is written as "${id}". Known: ${known.join(', ')}.`,
    );
  return id;
}

async function namesIn(path: string): Promise<ReadonlyMap<string, string>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw usageError(`${path} cannot be read.`);
  }
  const mapping = readMapping(text);
  if ('why' in mapping) throw usageError(`${path} gives no names: ${mapping.why}.`);
  if (mapping.left.length > 0) process.stderr.write(`${path} does more than name fields, which is left out: ${mapping.left.join(', ')}.\n`);
  return mapping.names;
}

async function columnsFor(path: string, target: Target): Promise<NonNullable<ConversionOptions['columns']>> {
  if (target.takesColumns !== true) throw usageError(`--table tells of columns, which only SQL is written by; ${target.label} takes --source.`);
  const kinds = await columnsIn(path);
  return (name) => kinds.get(name) ?? null;
}

/** The file that is run on, where the other options leave it to be. */
function overFor(path: string, target: Target, given: { readonly table?: string; readonly source?: string; readonly text?: boolean }): string {
  if (target.id !== duckdbTarget.id) throw usageError(`--over runs SQL of DuckDB: use it with --to ${duckdbTarget.id}.`);
  const other = (['table', 'source', 'text'] as const).find((name) => given[name] !== undefined);
  if (other !== undefined) throw usageError(`--over says what is read, and prints what was found: leave --${other} out.`);
  return path;
}

/** The same target without what asks for several events together, whose rows are none of the file's. */
function ofEvents(target: Target): Target {
  const { several: _, ...single } = target;
  return single;
}

/** The same, keeping the names of the columns that are asked for. */
const noting =
  (columns: NonNullable<ConversionOptions['columns']>, asked: Set<string>): NonNullable<ConversionOptions['columns']> =>
  (name) => {
    asked.add(name);
    return columns(name);
  };

function conversionOf(rule: Rule, target: Target, options: ConversionOptions, events: readonly Event[]): Conversion {
  const done = attempted('converting it', () => {
    const conversion = converted(rule, target, options);
    if (events.length === 0) return conversion;
    const { witnesses, agree } = agreementOf(rule, options.rules ?? [], conversion, options.format ?? target.container ?? target.language)(events);
    return { ...conversion, proof: { ...conversion.proof, witnesses, agree } };
  });
  if ('value' in done) return done.value;
  return {
    from: rule.analysis.language,
    to: target.id,
    text: null,
    lost: [],
    refused: [{ span: rule.span, why: done.why }],
    proof: { readsBack: false, witnesses: 0, agree: 0 },
  };
}

const lostOf = ({ lost }: Conversion): readonly object[] =>
  lost.map(({ span, kind, why, effect }) => ({ start: span.start, end: span.end, kind, why, effect }));

const lineOf = (conversion: Conversion): object => {
  const { from, to, text, refused, proof } = conversion;
  return {
    from,
    to,
    text,
    lost: lostOf(conversion),
    refused: refused.length === 0 ? null : refused.map(({ why }) => why).join('; '),
    ...(refused.length === 0 ? null : { unsaid: refused.map(({ span, why }) => ({ start: span.start, end: span.end, why })) }),
    proof,
  };
};
