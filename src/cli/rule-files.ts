import { detect } from '../formats/detect';
import { openAt } from '../formats/open-at';
import type { Context, Diagnostic, Format, Rule } from '../model';
import { type Found, readText } from './files';
import type { PassedOver } from './passed-over';
import { attempted } from './time-limit';

/** The rules of files, a file at a time, in their order. What cannot be read, what is of a known form without a rule, and a named file of none are a line on standard error each; what else is no rule is passed over. */
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
    const opened = attempted('reading it', () => {
      const found = detect(read.text, path);
      const format = forced ?? found.format;
      return format === null ? { other: found.other! } : openAt(format, read.text, path, context);
    });
    if ('why' in opened) process.stderr.write(`rulewright: ${path}: ${opened.why}.\n`);
    else if ('other' in opened.value) {
      if (isNamed) process.stderr.write(`rulewright: ${path} holds no rule: ${opened.value.other}.\n`);
      else skipped.add(path, opened.value.other);
    } else {
      const { rules, diagnostics } = opened.value;
      if (rules.length === 0) process.stderr.write(`rulewright: ${path} holds no rule that can be read${reasonIn(diagnostics)}.\n`);
      else yield { path, rules };
    }
  }
}

/** The first error of a document, to stand behind what was said of it. */
function reasonIn(diagnostics: readonly Diagnostic[]): string {
  const first = diagnostics.find(({ severity }) => severity === 'error') ?? diagnostics[0];
  return first === undefined ? '' : `: ${first.message.replace(/\s+/g, ' ').replace(/\.$/, '')}`;
}
