import { analyze } from './analyze';
import { catalog } from './catalog';
import { convert } from './convert';
import { fields } from './fields';
import { format } from './format';
import { guide } from './guide';
import { lint } from './lint';
import { relate } from './relate';
import { run } from './run';
import { test } from './test';
import { isUsageError } from './usage';
import { witness } from './witness';

/** Every command by name: what it takes, what it prints. */
const COMMANDS: Readonly<Record<string, { readonly run: (words: readonly string[]) => Promise<number>; readonly form: string; readonly help: string }>> = {
  analyze: {
    run: analyze,
    form: 'PATH… [--format F] [--macros DIR] [--list-skipped]',
    help: 'one JSON line per rule: stages, predicates, indicators, exclusions, diagnostics',
  },
  lint: {
    run: lint,
    form: 'PATH… [--json | --sarif] [--fix] [--baseline FILE] [--write-baseline FILE] [--macros DIR] [--list-skipped] | --rules',
    help: "the workbench's diagnostics, one a line, as JSON or SARIF; exit 1 when one is an error",
  },
  format: {
    run: format,
    form: 'PATH… [--check] [--list-skipped]',
    help: 'write each file in its usual form, comments kept and meaning unchanged; --check: only name those that would change, exit 1 when there are some',
  },
  fields: {
    run: fields,
    form: 'LOGSOURCE | --unnamed N [--catalog DIR] [--json]',
    help: 'the fields that rules of a log source compare, or those with N rules that the table of fields lacks',
  },
  guide: {
    run: guide,
    form: 'TECHNIQUE [--catalog DIR] [--platform P] [--domain D] [--vendor V] [--unsettled] [--json]',
    help: 'the guide of a technique: fields, values, exclusions, events, rules',
  },
  run: {
    run,
    form: 'RULE… --events FILE… [--table NAME=FILE …] [--explain N] [--fields NAMES] [--ignore-logsource]',
    help: 'judge events: one JSON line per rule with the events it matches; --batch FILE runs many queries in one start',
  },
  relate: {
    run: relate,
    form: 'PATH… [--catalog DIR] [--among] [--only RELATION] [--format F] [--macros DIR]',
    help: "how each rule stands to the catalog's, or to each other: same, covers, covered, overlaps, contradicts, with the conditions that decide",
  },
  convert: {
    run: convert,
    form: 'PATH… --to LANGUAGE [--fields FAMILY] [--names FILE] [--source TEXT] [--as FORMAT] [--table FILE | --over FILE] [--events FILE…] [--text] [--json]',
    help: 'write rules in another language: one JSON line per rule with the text, what is lost, what cannot be said; --over runs SQL on a Parquet or NDJSON file with DuckDB; exit 1 when a rule is refused',
  },
  test: { run: test, form: 'PATH… [--macros DIR] [--json]', help: 'run the tests that stand beside rules; exit 1 when one fails' },
  witness: {
    run: witness,
    form: 'PATH… [--format F] [--macros DIR]',
    help: 'one JSON line per rule: events that fire it, a near miss for each condition, or why there are none',
  },
  catalog: {
    run: catalog,
    form: '--source NAME=DIR … [--attack DIR|FILE] [--with-texts] [--list-skipped] [--changes] --out DIR',
    help: 'build a catalog from clones of rule repositories; the same input gives the same bytes',
  },
};

const HELP = [
  'rulewright COMMAND …',
  '',
  ...Object.entries(COMMANDS).flatMap(([name, { form, help }]) => [`  ${name} ${form}`, `      ${help}`]),
  '',
  'Exit 0; 1 when a check found errors; 2 for wrong usage.',
].join('\n');

/** Runs a command; gives the exit code. Wrong usage is one line on stderr. */
export async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === 'help' || name === '--help' || name === '-h' || rest.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  try {
    if (name === undefined) return wrong(`Name a command: ${Object.keys(COMMANDS).join(', ')}; --help tells more.`);
    if (!Object.hasOwn(COMMANDS, name)) return wrong(`There is no command "${name}". Known: ${Object.keys(COMMANDS).join(', ')}.`);
    return await COMMANDS[name]!.run(rest);
  } catch (error) {
    if (isUsageError(error)) return wrong(error.message);
    throw error;
  }
}

function wrong(message: string): number {
  process.stderr.write(`rulewright: ${message.replace(/\s*\n\s*/g, ' ')}\n`);
  return 2;
}
