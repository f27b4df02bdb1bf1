import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import type { Answer } from '../../src/run/engine';
import { eventsGiven } from '../../src/run/given';
import { plainOf } from '../../src/run/value';

/** The moment at which the queries of cases run. */
const NOW = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n;

/** Events, a line of JSON each, then the rules of a document: what each gives. */
export function renderRun(format: string, input: string): string {
  const lines = input.split('\n');
  const rule = lines.findIndex((line) => !line.startsWith('{'));
  const events = lines.slice(0, rule).map((line) => JSON.parse(line) as Event);
  const text = lines.slice(rule).join('\n');
  const { rules } = FORMATS.get(format)!.open(text, { languages: LANGUAGES });
  return rules.map((one) => rendered(runRule(one, { ...eventsGiven(events, rules), now: NOW }), text)).join('\n\n');
}

function rendered({ verdict, matches, undecided, sequences, table, refused }: Answer, text: string): string {
  if (verdict === 'refused')
    return refused.map(({ span, why }) => `refused: ${why} at ${JSON.stringify(text.slice(span.start, Math.min(span.end, span.start + 40)))}`).join('\n');
  if (table !== undefined) {
    const head = table.columns.map(({ name, type }) => (type === '' ? name : `${name}:${type}`)).join(' | ');
    return [head, ...table.rows.map((row) => table.columns.map(({ name }) => JSON.stringify(plainOf(row[name] ?? null))).join(' | '))].join('\n');
  }
  return [
    `matches ${matches.length === 0 ? 'none' : matches.join(' ')}`,
    ...(undecided.length === 0 ? [] : [`cannot tell ${undecided.join(' ')}`]),
    ...(sequences ?? []).map((one) => `together ${one.map((event) => event ?? 'none').join(' ')}`),
  ].join('\n');
}
