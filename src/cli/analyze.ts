import { emptyLineOf, lineOf } from './analyze-line';
import { analyseText, contextWith, fileRemark, formatNamed } from './documents';
import { allFilesAt, readText } from './files';
import { macrosNamed } from './macros';
import { outputTo, progressOf } from './output';
import { passedOver } from './passed-over';
import { parseWords, usageError } from './usage';

const FORM = 'analyze PATH… [--format F] [--macros DIR] [--list-skipped]';

/** Prints one JSON line per rule of the files, in path order; a file that cannot be read gets a line that says so. */
export async function analyze(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, { format: { type: 'string' }, macros: { type: 'string' }, 'list-skipped': { type: 'boolean' } }, FORM);
  if (positionals.length === 0) throw usageError(`Name a file or folder. Use: ${FORM}`);
  const format = formatNamed(values.format);
  const context = contextWith(await macrosNamed(values.macros));
  const output = outputTo(process.stdout);
  const progress = progressOf('analysed');
  const files = await allFilesAt(positionals);
  const skipped = passedOver();
  for (const [at, { path, problem, isNamed, isOther }] of files.entries()) {
    progress(at, files.length);
    const lines: string[] = [];
    const pass = (what: string): void => {
      if (isNamed) lines.push(emptyLineOf(path, null, [fileRemark('no-rule', `${path} holds no rule: ${what}.`)]));
      else skipped.add(path, what);
    };
    const read =
      problem === null && !isOther ? await readText(path) : { problem: problem ?? 'has another ending', kind: isOther ? 'with other endings' : undefined };
    if (read.problem !== undefined) {
      if (!isNamed && read.kind !== undefined) pass(read.kind);
      else lines.push(emptyLineOf(path, null, [fileRemark('unreadable', `${path} ${read.problem}.`)]));
    } else {
      const document = analyseText(read.text, path, format, context);
      if (document.other !== null) pass(document.other);
      const note = read.note === null ? [] : [fileRemark('encoding', read.note)];
      for (const rule of document.rules)
        lines.push(lineOf(path, document.format ?? '', read.text, rule.index === 0 ? { ...rule, diagnostics: [...note, ...rule.diagnostics] } : rule));
      if (document.rules.length === 0 && document.loose.length + note.length > 0) lines.push(emptyLineOf(path, document.format, [...note, ...document.loose]));
    }
    for (const line of lines) if (!(await output.line(line))) return 0;
  }
  await output.end();
  skipped.tell(values['list-skipped'] === true);
  return 0;
}
