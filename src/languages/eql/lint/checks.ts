import type { Analysis, Check } from '../../../model';
import { ECS_NAMES } from '../../../knowledge/ecs-names';
import { unfitValues } from '../../../knowledge/ecs-values';
import { fieldSlips } from '../../../syntax/field-slips';
import { loneNots } from '../../../syntax/lone-not';
import { luceneFindings } from '../../../syntax/lucene-regex';
import { checkOf, isMeantWildcard, oddIn, signOf, testsIn, valuesIn, type Finding } from '../../../syntax/query-check';
import { DIAGNOSTICS, type EqlCode } from '../diagnostics';

const check = (id: EqlCode, find: (text: string, analysis: Analysis) => readonly Finding[]): Check => checkOf(id, DIAGNOSTICS[id], find);

/** What EQL checks beyond parsing, each on the query's own text. */
export const CHECKS: readonly Check[] = [
  check('eql/leading-wildcard', (text, analysis) =>
    valuesIn(analysis)
      .filter(({ test, value }) => value.kind === 'glob' && value.parts[0] === 'any-run' && value.parts.length > 1 && signOf(text, test) === ':')
      .map(({ value: { span } }) => ({ span, message: 'A value that starts with a star makes the search read every term of the field.' })),
  ),
  check('eql/plain-star', (text, analysis) =>
    valuesIn(analysis)
      .filter(
        ({ test, value }) =>
          value.kind === 'literal' && value.type === 'string' && isMeantWildcard(value.text) && /^(?:[=!]=|in~?|not\s+in~?)$/i.test(signOf(text, test)),
      )
      .map(({ test, value: { span } }) => ({
        span,
        message: `A star after \`${signOf(text, test)}\` is a plain character; \`:\` and \`like\` read it as a wildcard.`,
      })),
  ),
  check('eql/not-covers-one', (text, { predicate }) =>
    loneNots(text, predicate).map((span) => ({ span, message: '`not` covers only the first comparison: for both write `not (… or …)`.' })),
  ),
  check('eql/unknown-field', (text, analysis) => fieldSlips(text, testsIn(analysis), ECS_NAMES)),
  check('eql/wrong-kind', (_, analysis) => unfitValues(testsIn(analysis))),
  check('eql/regex', (text, analysis) => valuesIn(analysis).flatMap(({ value }) => (value.kind === 'regex' ? luceneFindings(text, value) : []))),
  check('eql/odd-character', oddIn),
];
