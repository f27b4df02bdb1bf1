import type { Analysis, Check, Diagnostic, DiagnosticKind, Operand, Span, Test } from '../model';
import { isPlain, oddCharactersOf, remarkOnOdd, unmeantIn } from './odd-characters';
import { walkTests } from './walk';

/** What a check finds: a place, a sentence, and what puts it right. */
export interface Finding {
  readonly span: Span;
  readonly message: string;
  readonly fix?: Diagnostic['fix'];
}

/** A check of a query by its analysis; `kind` is its row of the language's table. */
export const checkOf = (id: Check['id'], kind: DiagnosticKind, find: (text: string, analysis: Analysis) => readonly Finding[]): Check => ({
  id,
  ...kind,
  check: (text, analysis) =>
    find(text, analysis).map(({ span: { start, end }, message, fix }) => ({
      code: id,
      severity: kind.severity,
      span: { start, end },
      message,
      ...(fix === undefined ? null : { fix }),
    })),
});

/** Every comparison of a query. */
export function testsIn({ predicate }: Analysis): readonly Test[] {
  const found: Test[] = [];
  walkTests(predicate, (test) => void found.push(test));
  return found;
}

/** Every value of every comparison, with the comparison. */
export const valuesIn = (analysis: Analysis): readonly { readonly test: Test; readonly value: Operand }[] =>
  testsIn(analysis).flatMap((test) => test.values.map((value) => ({ test, value })));

/** A comparison's sign, function or word as it is written; '' where only places say it. */
export const signOf = (text: string, { operator }: Test): string => (operator === undefined ? '' : text.slice(operator.start, operator.end));

/** Characters that are not seen or look like others, but those a comment or a text may well mean; one of a kind for each text. */
export function oddIn(text: string, { tokens }: Analysis): readonly Finding[] {
  const odd = oddCharactersOf(text);
  if (odd.length === 0) return [];
  const texts = tokens.filter(({ type }) => type === 'string' || type === 'comment' || type === 'regex');
  const isOutside = ({ start, end }: Span): boolean => !texts.some((token) => token.start <= start && end <= token.end);
  const within = texts.flatMap(({ type, start, end }) =>
    type === 'comment' ? [] : unmeantIn(text, { start, end }).filter((one, index, all) => all.findIndex(({ kind }) => kind === one.kind) === index),
  );
  return [...odd.filter(({ span }) => isOutside(span)), ...within].map((one) => ({ span: one.span, ...remarkOnOdd(one) }));
}

/** The same where words need no quotes: of what stands in double quotes only what is hardly meant, of every other name and value all. A quote is put right with its mate. */
export function oddInWords(text: string, { tokens }: Pick<Analysis, 'tokens'>): readonly Finding[] {
  const odd = (isPlain(text) ? [] : tokens).flatMap((token) =>
    token.type === 'comment' || token.type === 'regex' ? [] : text[token.start] === '"' ? unmeantIn(text, token) : oddCharactersOf(text, token),
  );
  const quotes = odd.filter(({ kind }) => kind === 'quote');
  let place = 0;
  return odd.map((one) => {
    const { message, fix } = remarkOnOdd(one);
    const mate = one.kind === 'quote' ? quotes[place++ ^ 1] : undefined;
    return { span: one.span, message, fix: mate === undefined ? fix : { ...fix, edits: [...fix.edits, ...remarkOnOdd(mate).fix.edits] } };
  });
}

/** Whether a star in a text compared as it stands was meant as a wildcard: in command lines and in the names of shares stars stand for themselves. */
export const isMeantWildcard = (text: string): boolean => text.length > 1 && text.includes('*') && !/\s/.test(text) && !text.startsWith('\\\\*\\');
