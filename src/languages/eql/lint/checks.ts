import type { Analysis, Check, Diagnostic, Operand, Span, Test } from '../../../model';
import { unfitValues } from '../../../knowledge/ecs-values';
import { loneNots } from '../../../syntax/lone-not';
import { luceneFaults } from '../../../syntax/lucene-regex';
import { oddCharactersOf, remarkOnOdd, unmeantIn } from '../../../syntax/odd-characters';
import { walkTests } from '../../../syntax/walk';
import { DIAGNOSTICS, type EqlCode } from '../diagnostics';

type Finding = { readonly span: Span; readonly message: string; readonly fix?: Diagnostic['fix'] };

/** A check of a query by its comparisons. */
function checkOf(id: EqlCode, find: (text: string, analysis: Analysis) => readonly Finding[]): Check {
  const { severity } = DIAGNOSTICS[id];
  return {
    id,
    ...DIAGNOSTICS[id],
    check: (text, analysis) =>
      find(text, analysis).map(({ span: { start, end }, message, fix }) => ({
        code: id,
        severity,
        span: { start, end },
        message,
        ...(fix === undefined ? null : { fix }),
      })),
  };
}

/** Every value of every comparison, with the comparison. */
function valuesIn({ predicate }: Analysis): readonly { readonly test: Test; readonly value: Operand }[] {
  const found: { test: Test; value: Operand }[] = [];
  walkTests(predicate, (test) => {
    for (const value of test.values) found.push({ test, value });
  });
  return found;
}

const signOf = (text: string, { operator }: Test): string => (operator === undefined ? '' : text.slice(operator.start, operator.end));

/** What EQL checks beyond parsing, each on the query's own text. */
export const CHECKS: readonly Check[] = [
  checkOf('eql/leading-wildcard', (text, analysis) =>
    valuesIn(analysis)
      .filter(({ test, value }) => value.kind === 'glob' && value.parts[0] === 'any-run' && value.parts.length > 1 && signOf(text, test) === ':')
      .map(({ value: { span } }) => ({ span, message: 'A value that starts with a star makes the search read every term of the field.' })),
  ),
  checkOf('eql/plain-star', (text, analysis) =>
    valuesIn(analysis)
      .filter(({ test, value }) => value.kind === 'literal' && value.type === 'string' && /^\*|\*$/.test(value.text) && /^[=!]=$/.test(signOf(text, test)))
      .map(({ test, value: { span } }) => ({
        span,
        message: `A star after \`${signOf(text, test)}\` is a plain character; \`:\` and \`like\` read it as a wildcard.`,
      })),
  ),
  checkOf('eql/not-covers-one', (text, { predicate }) =>
    loneNots(text, predicate).map((span) => ({ span, message: '`not` covers only the first comparison: for both write `not (… or …)`.' })),
  ),
  checkOf('eql/wrong-kind', (_, { predicate }) => unfitValues(predicate)),
  checkOf('eql/regex', (text, analysis) =>
    valuesIn(analysis).flatMap(({ value }) => {
      if (value.kind !== 'regex') return [];
      const { start, end } = value.span;
      const from = start + (text.startsWith('"""', start) ? 3 : 1);
      const isVerbatim = text.slice(from, from + value.text.length) === value.text;
      return luceneFaults(value.text).map(({ offset, length, message }) => ({
        span: isVerbatim ? { start: from + offset, end: from + offset + length } : { start, end },
        message,
      }));
    }),
  ),
  checkOf('eql/odd-character', (text, { tokens }) => {
    const inTexts = tokens.filter(({ type }) => type === 'string' || type === 'comment');
    const outside = oddCharactersOf(text).filter(({ span }) => !inTexts.some(({ start, end }) => start <= span.start && span.end <= end));
    const within = inTexts.filter(({ type }) => type === 'string').flatMap(({ start, end }) => unmeantIn(text, { start, end }));
    return [...outside, ...within].map((odd) => ({ span: odd.span, ...remarkOnOdd(odd) }));
  }),
];
