import type { Diagnostic } from '../model';
import { analyseText, contextWith, fileRemark } from './documents';
import { allFilesAt, readText, type Found } from './files';
import { macrosNamed } from './macros';
import { outputTo, progressOf } from './output';
import { passedOver } from './passed-over';
import { parseWords, usageError } from './usage';

const FORM = 'lint PATH… [--macros DIR] [--json] [--list-skipped]';

/** Prints the remarks on the files, one a line or as one JSON list; 1 when one of them is an error. */
export async function lint(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, { json: { type: 'boolean' }, macros: { type: 'string' }, 'list-skipped': { type: 'boolean' } }, FORM);
  if (positionals.length === 0) throw usageError(`Name a file or folder. Use: ${FORM}`);
  const context = contextWith(await macrosNamed(values.macros));
  const output = outputTo(process.stdout);
  const progress = progressOf('checked');
  const files = await allFilesAt(positionals);
  const skipped = passedOver();
  let errors = 0;
  let printed = 0;
  for (const [at, file] of files.entries()) {
    progress(at, files.length);
    const { text, remarks } = await remarksOn(file);
    const places = placesIn(text);
    for (const { span, severity, code, message } of remarks) {
      if (severity === 'error') errors++;
      const { line, column } = places(span.start);
      const json = (): string => JSON.stringify({ path: file.path, line, column, start: span.start, end: span.end, severity, code, message });
      const isRead = await output.line(
        values.json ? `${printed++ === 0 ? '[' : ','}${json()}` : `${file.path}:${line}:${column}: ${severity} ${code} ${oneLine(message)}`,
      );
      if (!isRead) return errors > 0 ? 1 : 0;
    }
  }
  if (values.json) await output.line(printed === 0 ? '[]' : ']');
  await output.end();
  skipped.tell(values['list-skipped'] === true);
  return errors > 0 ? 1 : 0;

  async function remarksOn({ path, problem, isNamed, isOther }: Found): Promise<{ readonly text: string; readonly remarks: readonly Diagnostic[] }> {
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

const oneLine = (message: string): string => message.replace(/\s*\n\s*/g, ' ');

/** Offset → line and column, both from 1, columns in UTF-16 units. */
function placesIn(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}
