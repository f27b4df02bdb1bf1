import { detect } from '../formats/detect';
import { openAt } from '../formats/open-at';
import type { Context, Format, Rule } from '../model';
import { type Found, readText } from './files';
import type { PassedOver } from './passed-over';

/** The rules of files, a file at a time, in their order. What cannot be read and a named file without a rule are a line on standard error each; what else is no rule is passed over. */
export async function* rulesOf(
  files: Iterable<Found>,
  forced: Format | null,
  context: Context,
  skipped: PassedOver,
): AsyncGenerator<{ readonly path: string; readonly rules: readonly Rule[] }> {
  for (const { path, problem, isNamed } of files) {
    const read = problem === null ? await readText(path) : { problem };
    if (read.problem !== undefined) {
      process.stderr.write(`rulewright: ${path} ${read.problem}.\n`);
      continue;
    }
    const found = detect(read.text, path);
    const format = forced ?? found.format;
    if (format !== null) yield { path, rules: openAt(format, read.text, path, context).rules };
    else if (isNamed) process.stderr.write(`rulewright: ${path} holds no rule: ${found.other}.\n`);
    else skipped.add(path, found.other!);
  }
}
