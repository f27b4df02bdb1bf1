import type { Rule } from '../model';
import { witnessOf } from '../witness/witness';
import { contextWith, formatNamed } from './documents';
import { filesAt } from './files';
import { macrosNamed } from './macros';
import { outputTo, progressOf } from './output';
import { passedOver } from './passed-over';
import { rulesOf } from './rule-files';
import { attempted } from './time-limit';
import { parseWords, usageError } from './usage';

const FORM = 'witness PATH… [--format F] [--macros DIR]';

/** Prints one JSON line a rule: events that fire it, a near miss for each condition, or why there are none. Rules of one file see each other. */
export async function witness(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, { format: { type: 'string' }, macros: { type: 'string' } }, FORM);
  if (positionals.length === 0) throw usageError(`Name a file or folder. Use: ${FORM}`);
  const format = formatNamed(values.format);
  const context = contextWith(await macrosNamed(values.macros));
  const output = outputTo(process.stdout);
  const progress = progressOf('rules looked at in files');
  const skipped = passedOver();
  const now = BigInt(Date.now()) * 1_000_000n;
  const files = await filesAt(positionals);
  function* looked() {
    for (const [at, file] of files.entries()) {
      progress(at, files.length);
      yield file;
    }
  }
  for await (const { path, rules } of rulesOf(looked(), format, context, skipped)) {
    for (const [index, rule] of rules.entries()) {
      const about = { path, index, id: rule.meta.id, title: rule.meta.title, language: rule.analysis.language };
      if (!(await output.line(JSON.stringify({ ...about, ...lineOf(rule, rules, now) })))) return 0;
    }
  }
  await output.end();
  skipped.tell(false);
  return 0;
}

function lineOf(rule: Rule, rules: readonly Rule[], now: bigint): object {
  const found = attempted('looking for one', () => witnessOf(rule, rules, now));
  if ('why' in found) return { withheld: found.why };
  const { value } = found;
  if (value.withheld !== undefined) return value;
  return {
    events: value.events,
    misses: value.misses.map(({ span, ...rest }) => ({ start: span.start, end: span.end, ...rest })),
    without: value.without.map(({ span, ...rest }) => ({ start: span.start, end: span.end, ...rest })),
  };
}
