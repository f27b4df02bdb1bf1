import { readFile, writeFile } from 'node:fs/promises';
import { detect } from '../formats/detect';
import { LANGUAGES } from '../languages/registry';
import { type Formatted, formatText } from '../lint/format-text';
import { allFilesAt, readText, type Found } from './files';
import { outputTo, progressOf } from './output';
import { passedOver } from './passed-over';
import { attempted } from './time-limit';
import { parseWords, usageError } from './usage';

const FORM = 'format PATH… [--check] [--list-skipped]';

/** Writes each file in its language's usual form and names those that changed; `--check` only names them, and 1 then says that there are some. */
export async function format(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, { check: { type: 'boolean' }, 'list-skipped': { type: 'boolean' } }, FORM);
  if (positionals.length === 0) throw usageError(`Name a file or folder. Use: ${FORM}`);
  const isCheck = values.check === true;
  const output = outputTo(process.stdout);
  const progress = progressOf('formatted');
  const skipped = passedOver();
  const files = await allFilesAt(positionals);
  let changed = 0;
  let failed = 0;
  for (const [at, file] of files.entries()) {
    progress(at, files.length);
    const found = await formatted(file);
    if ('other' in found) {
      if (!file.isNamed) skipped.add(file.path, found.other);
      else left(file.path, `holds no rule: ${found.other}`);
    } else if ('problem' in found) left(file.path, found.problem);
    else if ('refused' in found.result) process.stderr.write(`${file.path}: ${found.result.refused}\n`);
    else if (found.result.text !== found.text) {
      changed++;
      if (!isCheck) await writeFile(file.path, found.mark + found.result.text);
      if (!(await output.line(file.path))) break;
    }
  }
  await output.end();
  process.stderr.write(`rulewright: ${changed.toLocaleString('en')} ${changed === 1 ? 'file' : 'files'} ${isCheck ? 'would change' : 'changed'}.\n`);
  skipped.tell(values['list-skipped'] === true);
  return failed > 0 || (isCheck && changed > 0) ? 1 : 0;

  function left(path: string, why: string): void {
    failed++;
    process.stderr.write(`${path}: ${why}\n`);
  }
}

type Outcome = { readonly other: string } | { readonly problem: string } | { readonly text: string; readonly mark: string; readonly result: Formatted };

/** A file's text in its usual form. One in another encoding than UTF-8 is not written, for it would become another file. */
async function formatted({ path, problem, isNamed, isOther }: Found): Promise<Outcome> {
  if (isOther) return { other: 'with other endings' };
  const read = problem === null ? await readText(path) : { problem };
  if (read.problem !== undefined) return !isNamed && read.kind !== undefined ? { other: read.kind } : { problem: read.problem };
  const { text } = read;
  const bytes = await readFile(path);
  const mark = bytes.equals(Buffer.from(`\ufeff${text}`)) ? '\ufeff' : '';
  if (mark === '' && !bytes.equals(Buffer.from(text))) return { problem: 'is not in UTF-8, so it stays as it is' };
  const done = attempted('writing it anew', (): Outcome => {
    const found = detect(text, path);
    if (found.format === null) return { other: found.other };
    return { text, mark, result: formatText(text, found.format, { languages: LANGUAGES }) };
  });
  return 'value' in done ? done.value : { problem: done.why };
}
