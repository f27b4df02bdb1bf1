import { emptyLineOf, lineOf } from './analyze-line';
import { analyseText, contextWith, fileRemark, formatNamed } from './documents';
import { filesAt, readText } from './files';
import { macrosNamed } from './macros';
import { outputTo, progressOf } from './output';
import { parseWords, usageError } from './usage';

const FORM = 'analyze PATH… [--format F] [--macros DIR]';

/** Prints one JSON line per rule of the files, in path order; a file that cannot be read gets a line that says so. */
export async function analyze(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, { format: { type: 'string' }, macros: { type: 'string' } }, FORM);
  if (positionals.length === 0) throw usageError(`Name a file or folder. Use: ${FORM}`);
  const format = formatNamed(values.format);
  const context = contextWith(await macrosNamed(values.macros));
  const output = outputTo(process.stdout);
  const progress = progressOf('analysed');
  const files = await filesAt(positionals);
  for (const [at, { path, problem }] of files.entries()) {
    progress(at, files.length);
    const read = problem === null ? await readText(path) : { problem };
    const lines: string[] = [];
    if (read.problem !== undefined) lines.push(emptyLineOf(path, null, [fileRemark('unreadable', `${path} ${read.problem}.`)]));
    else {
      const document = analyseText(read.text, path, format, context);
      const note = read.note === null ? [] : [fileRemark('encoding', read.note)];
      for (const rule of document.rules)
        lines.push(lineOf(path, document.format, read.text, rule.index === 0 ? { ...rule, diagnostics: [...note, ...rule.diagnostics] } : rule));
      if (document.rules.length === 0 && document.loose.length + note.length > 0) lines.push(emptyLineOf(path, document.format, [...note, ...document.loose]));
    }
    for (const line of lines) if (!(await output.line(line))) return 0;
  }
  await output.end();
  return 0;
}
