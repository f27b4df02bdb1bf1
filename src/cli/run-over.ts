import type { Conversion, Rule } from '../model';
import type { Over, OverAnswer } from './over';

/** A rule as it was converted, with the columns its text asks for. */
export interface Converted {
  readonly path: string;
  readonly index: number;
  readonly rule: Rule;
  readonly conversion: Conversion;
  /** Its losses as they are printed. */
  readonly lost: readonly object[];
  readonly fields: ReadonlySet<string>;
}

/** Runs converted rules: what `run` prints of each, with the text that was run and what it lost. */
export async function* runOver(over: Over, all: readonly Converted[]): AsyncGenerator<{ readonly verdict: string } & Readonly<Record<string, unknown>>> {
  const answers = over.answers(all.flatMap(({ conversion: { text }, fields }) => (text === null ? [] : [{ text, fields }])));
  for (const { path, index, rule, conversion, lost } of all) {
    const { text } = conversion;
    const answer = text === null ? null : ((await answers.next()).value as OverAnswer);
    const { id, title } = rule.meta;
    yield { path, index, id, title, language: rule.analysis.language, ...lineOf(rule, conversion, answer), text, lost };
  }
  // What was opened is closed when no more is asked for.
  await answers.return(undefined);
}

function lineOf({ span }: Rule, { refused }: Conversion, answer: OverAnswer | null) {
  const refusals = answer === null ? refused : 'why' in answer ? [{ span, why: answer.why }] : [];
  const { events, matches, undecided } = answer === null || 'why' in answer ? { events: undefined, matches: [], undecided: [] } : answer;
  const verdict = refusals.length > 0 ? 'refused' : 'events';
  return {
    ...(events === undefined ? null : { events }),
    verdict,
    matches,
    undecided,
    refused: refusals.map((one) => ({ start: one.span.start, end: one.span.end, why: one.why })),
  };
}
