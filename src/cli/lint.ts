import { readFile, writeFile } from 'node:fs/promises';
import { allChecks } from '../lint/all-checks';
import { fixAll } from '../lint/fix-all';
import type { Context, Diagnostic } from '../model';
import { aligned } from './aligned';
import { analyseText, contextWith, fileRemark } from './documents';
import { allFilesAt, readText, reasonOf, type Found as FoundFile } from './files';
import { macrosNamed } from './macros';
import { outputTo, progressOf } from './output';
import { passedOver } from './passed-over';
import { type Found, sarifOf } from './sarif';
import { parseWords, usageError } from './usage';
import { lastStart } from '../syntax/binary-search';

const FORM = 'lint PATH… [--json | --sarif] [--fix] [--baseline FILE] [--write-baseline FILE] [--macros DIR] [--list-skipped] | lint --rules';

/** Prints the remarks on the files, one a line, as JSON or as SARIF; 1 when one of them is an error that no baseline knows. */
export async function lint(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(
    words,
    {
      json: { type: 'boolean' },
      sarif: { type: 'boolean' },
      fix: { type: 'boolean' },
      rules: { type: 'boolean' },
      baseline: { type: 'string' },
      'write-baseline': { type: 'string' },
      macros: { type: 'string' },
      'list-skipped': { type: 'boolean' },
    },
    FORM,
  );
  if (values.rules) return printChecks();
  if (positionals.length === 0) throw usageError(`Name a file or folder. Use: ${FORM}`);
  if (values.json && values.sarif) throw usageError(`Choose one of --json and --sarif. Use: ${FORM}`);
  const context = contextWith(await macrosNamed(values.macros));
  const known = values.baseline === undefined ? null : await baselineIn(values.baseline);
  const output = outputTo(process.stdout);
  const progress = progressOf('checked');
  const files = await allFilesAt(positionals);
  const skipped = passedOver();
  const kept: string[] = [];
  const found: Found[] = [];
  let errors = 0;
  let printed = 0;
  let fixes = 0;
  for (const [at, file] of files.entries()) {
    progress(at, files.length);
    let read = await remarksOn(file);
    if (values.fix && read.remarks.some(({ fix }) => fix !== undefined)) {
      const fixed = fixAll(read.text, (text) => remarksIn(text, file.path, context) ?? []);
      if (fixed.fixes > 0) {
        await writeFile(file.path, fixed.text);
        fixes += fixed.fixes;
        read = { text: fixed.text, remarks: remarksIn(fixed.text, file.path, context) ?? [] };
      }
    }
    const places = placesIn(read.text);
    for (const diagnostic of read.remarks) {
      const { span, severity, code, message } = diagnostic;
      const { line, column } = places(span.start);
      const key = keyOf(file.path, read.text, diagnostic);
      if (values['write-baseline'] !== undefined) kept.push(key);
      if (known?.delete(key) === true) continue;
      if (severity === 'error') errors++;
      if (values.sarif) {
        const end = places(span.end);
        found.push({ path: file.path, line, column, endLine: end.line, endColumn: end.column, diagnostic });
        continue;
      }
      const json = (): string => JSON.stringify({ path: file.path, line, column, start: span.start, end: span.end, severity, code, message });
      const isRead = await output.line(
        values.json ? `${printed++ === 0 ? '[' : ','}${json()}` : `${file.path}:${line}:${column}: ${severity} ${code} ${oneLine(message)}`,
      );
      if (!isRead) return errors > 0 ? 1 : 0;
    }
  }
  if (values.json) await output.line(printed === 0 ? '[]' : ']');
  if (values.sarif) await output.line(JSON.stringify(sarifOf(found, allChecks(), await versionOf()), null, 2));
  await output.end();
  if (values['write-baseline'] !== undefined) await writeFile(values['write-baseline'], `${JSON.stringify(kept.sort(), null, 1)}\n`);
  if (values.fix) process.stderr.write(`rulewright: ${fixes.toLocaleString('en')} ${fixes === 1 ? 'fix' : 'fixes'} written.\n`);
  skipped.tell(values['list-skipped'] === true);
  return errors > 0 ? 1 : 0;

  async function remarksOn({ path, problem, isNamed, isOther }: FoundFile): Promise<{ readonly text: string; readonly remarks: readonly Diagnostic[] }> {
    const pass = (what: string): { readonly text: string; readonly remarks: readonly Diagnostic[] } => {
      if (isNamed) return { text: '', remarks: [fileRemark('no-rule', `The file holds no rule: ${what}.`)] };
      skipped.add(path, what);
      return { text: '', remarks: [] };
    };
    if (isOther) return pass('with other endings');
    const read = problem === null ? await readText(path) : { problem };
    if (read.problem !== undefined) {
      if (!isNamed && read.kind !== undefined) return pass(read.kind);
      return { text: '', remarks: [fileRemark('unreadable', `The file ${read.problem}.`)] };
    }
    const { rules, loose, other } = analyseText(read.text, path, null, context);
    if (other !== null) return pass(other);
    const note = read.note === null ? [] : [fileRemark('encoding', read.note)];
    return { text: read.text, remarks: [...note, ...loose, ...rules.flatMap((rule) => rule.diagnostics)] };
  }
}

/** The remarks on a text; null where it is no rule. */
function remarksIn(text: string, path: string, context: Context): readonly Diagnostic[] | null {
  const { rules, loose, other } = analyseText(text, path, null, context);
  return other === null ? [...loose, ...rules.flatMap(({ diagnostics }) => diagnostics)] : null;
}

/** Every check: id, severity, whether it has a fix, what it is about. */
async function printChecks(): Promise<number> {
  const output = outputTo(process.stdout);
  const rows = allChecks().map(({ id, severity, fixable, sentence }) => [id, severity, fixable ? 'fix' : '', sentence]);
  for (const line of aligned([['check', 'severity', 'fix', 'about'], ...rows])) if (!(await output.line(line))) return 0;
  await output.line('');
  await output.line('Silence one with a comment in the rule: rulewright-disable-next-line ID, or rulewright-disable ID for the whole file.');
  await output.end();
  return 0;
}

/** A finding apart from its line, so that what stands above it may change. */
const keyOf = (path: string, text: string, { code, span, message }: Diagnostic): string =>
  JSON.stringify([path.replaceAll('\\', '/'), code, text.slice(span.start, span.end).slice(0, 200), message]);

/** The findings that a baseline knows; one that stands there once excuses one. */
async function baselineIn(path: string): Promise<{ delete(key: string): boolean }> {
  let listed: unknown;
  try {
    listed = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw usageError(error instanceof SyntaxError ? `The baseline ${path} is no JSON.` : `The baseline ${path} ${reasonOf(error)}.`);
  }
  if (!Array.isArray(listed) || !listed.every((one) => typeof one === 'string'))
    throw usageError(`The baseline ${path} is no list that --write-baseline wrote.`);
  const left = new Map<string, number>();
  for (const key of listed as readonly string[]) left.set(key, (left.get(key) ?? 0) + 1);
  return {
    delete(key) {
      const count = left.get(key) ?? 0;
      if (count > 0) left.set(key, count - 1);
      return count > 0;
    },
  };
}

const versionOf = async (): Promise<string> =>
  (JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string }).version;

const oneLine = (message: string): string => message.replace(/\s*\n\s*/g, ' ');

/** Offset → line and column, both from 1, columns in UTF-16 units. */
function placesIn(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const low = lastStart(starts, offset);
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}
