import { describe, expect, it } from 'vitest';
import { lex } from '../../src/languages/kusto/parse/lexer';
import { parse } from '../../src/languages/kusto/parse/parser';
import { loadMicrosoft, syntaxErrors } from '../kusto/microsoft';
import { inputsOf } from '../support/cases';
import { randomFrom } from '../support/random-edits';
import { kustoQueries } from './kusto-corpus';

const microsoft = loadMicrosoft();

/** How often both say the same of texts, and where they do not. */
interface Agreement {
  readonly sameVerdict: number;
  readonly samePlace: number;
  readonly notes: readonly string[];
}

/** Errors by both parsers: whether there is one, and whether the first stands within one token of the other's. */
function compare(texts: readonly string[]): Agreement {
  const notes: string[] = [];
  let [verdicts, both, near] = [0, 0, 0];
  for (const text of texts) {
    const [theirs] = syntaxErrors(microsoft.parse(text));
    // An assignment in a condition is no error of grammar to Microsoft's parser, which finds it when it looks names up.
    const [ours] = parse(text).diagnostics.filter(({ code, severity }) => severity === 'error' && code !== 'kusto/assignment');
    if ((theirs === undefined) === (ours === undefined)) verdicts++;
    else notes.push(`${theirs === undefined ? ours!.message : theirs.message} ⟨${around(text, theirs?.start ?? ours!.span.start)}⟩`);
    if (theirs === undefined || ours === undefined) continue;
    both++;
    if (Math.abs(tokenAt(text, theirs.start) - tokenAt(text, ours.span.start)) <= 1) near++;
    else notes.push(`${theirs.message} ⟨${around(text, theirs.start)}⟩ and ${ours.message} ⟨${around(text, ours.span.start)}⟩`);
  }
  return { sameVerdict: verdicts / texts.length, samePlace: both === 0 ? 1 : near / both, notes };
}

const around = (text: string, at: number): string => `${text.slice(Math.max(0, at - 40), at)}‸${text.slice(at, at + 30)}`.replace(/\s+/g, ' ');

function tokenAt(text: string, offset: number): number {
  const { lexemes } = lex(text);
  const index = lexemes.findIndex(({ end }) => end >= offset);
  return index < 0 ? lexemes.length : index;
}

/** One small slip somewhere in a text: a token left out, written twice or swapped with the next, a sign too many, the end missing. */
function slipped(text: string, random: () => number): string {
  const { lexemes } = lex(text);
  const at = Math.floor(random() * Math.max(1, lexemes.length - 1));
  const [token, next] = [lexemes[at], lexemes[at + 1]];
  if (token === undefined || next === undefined) return text;
  const place = Math.floor(random() * text.length);
  switch (Math.floor(random() * 6)) {
    case 0:
      return text.slice(0, token.start) + text.slice(token.end);
    case 1:
      return `${text.slice(0, token.end)} ${text.slice(token.start)}`;
    case 2:
      return text.slice(0, token.start) + text.slice(next.start, next.end) + text.slice(token.end, next.start) + text.slice(token.start, token.end) + text.slice(next.end); // prettier-ignore
    case 3:
      return text.slice(0, place) + '()[]{}|;,"\'=.\n x'[Math.floor(random() * 16)] + text.slice(place);
    case 4:
      return text.slice(0, place) + text.slice(place + 1);
    default:
      return text.slice(0, token.start);
  }
}

const shown = (name: string, { sameVerdict, samePlace }: Agreement, count: number): string =>
  `${name} (${count}): same verdict ${(100 * sameVerdict).toFixed(2)}%, first error within one token ${(100 * samePlace).toFixed(2)}%`;

const QUERIES = kustoQueries();

describe('syntax errors are those of Microsoft’s parser', () => {
  it.skipIf(QUERIES.length === 0)('in the public queries', () => {
    const texts = QUERIES.map(({ text }) => text);
    const agreement = compare(texts);
    console.log([shown('public queries', agreement, texts.length), ...agreement.notes].join('\n'));
    expect(agreement.sameVerdict).toBeGreaterThanOrEqual(0.995);
    expect(agreement.samePlace).toBeGreaterThanOrEqual(0.97);
  });

  it('in the cases', () => {
    const texts = inputsOf('kusto');
    const agreement = compare(texts);
    console.log([shown('cases', agreement, texts.length), ...agreement.notes].join('\n'));
    expect(agreement.sameVerdict).toBeGreaterThanOrEqual(0.95);
  });

  it.skipIf(QUERIES.length === 0)('after small slips', () => {
    const random = randomFrom(4688);
    const texts = Array.from({ length: 4_000 }, (_, round) => slipped(QUERIES[round % QUERIES.length]!.text, random));
    const agreement = compare(texts);
    console.log([shown('slips', agreement, texts.length), ...agreement.notes.slice(0, 40)].join('\n'));
    expect(agreement.sameVerdict).toBeGreaterThanOrEqual(0.985);
    expect(agreement.samePlace).toBeGreaterThanOrEqual(0.95);
  });
});
