import type { Analysis, Check, Operand, Predicate, Test } from '../../../model';
import { ECS_NAMES } from '../../../knowledge/ecs-names';
import { refusedValues, unfitValues } from '../../../knowledge/ecs-values';
import { fieldNameOf } from '../../../syntax/classify';
import { fieldSlips } from '../../../syntax/field-slips';
import { loneNots } from '../../../syntax/lone-not';
import { luceneFindings } from '../../../syntax/lucene-regex';
import { checkOf, isMeantWildcard, oddIn, signOf, testsIn, valuesIn, type Finding } from '../../../syntax/query-check';
import { walkTests } from '../../../syntax/walk';
import { DIAGNOSTICS, type EsqlCode } from '../diagnostics';

const check = (id: EsqlCode, find: (text: string, analysis: Analysis) => readonly Finding[]): Check => checkOf(id, DIAGNOSTICS[id], find);

const isLike = (text: string, test: Test): boolean => /like$/i.test(signOf(text, test));

/** What ES|QL checks beyond parsing, each on the query's own text. */
export const CHECKS: readonly Check[] = [
  check('esql/leading-wildcard', (text, analysis) =>
    valuesIn(analysis)
      .filter(({ test, value }) => value.kind === 'glob' && value.parts[0] === 'any-run' && value.parts.length > 1 && isLike(text, test))
      .map(({ value: { span } }) => ({ span, message: 'A pattern that starts with a star makes the search read every term of the field.' })),
  ),
  check('esql/plain-star', (text, analysis) =>
    valuesIn(analysis)
      .filter(({ test, value }) => isText(value) && isMeantWildcard(value.text) && /^(?:[=!]=|in|not\s+in)$/i.test(signOf(text, test)))
      .map(({ test, value: { span } }) => ({ span, message: `A star after \`${signOf(text, test)}\` is a plain character; \`like\` reads it as a wildcard.` })),
  ),
  check('esql/like-percent', (text, analysis) => valuesIn(analysis).flatMap(({ test, value }) => (isLike(text, test) ? percentFinding(text, value) : []))),
  check('esql/like-backslash', (text, analysis) =>
    valuesIn(analysis).flatMap(({ test, value }) => (value.kind === 'glob' && isLike(text, test) ? backslashFinding(text, value.span) : [])),
  ),
  check('esql/never-equal', (_, analysis) => valuesIn(analysis).flatMap(({ test, value }) => caseFinding(test, value))),
  check('esql/not-covers-one', (text, { predicate }) =>
    loneNots(text, predicate).map((span) => ({ span, message: '`not` covers only the first comparison: for both write `not (… or …)`.' })),
  ),
  check('esql/not-null', (_, { predicate }) => notNullFindings(predicate)),
  check('esql/null-in-list', (_, { predicate }) => {
    const found: Finding[] = [];
    walkTests(predicate, (test, negated) => {
      const nothing = test.values.find((value) => value.kind === 'literal' && value.type === 'null');
      if (negated && test.word === 'in' && nothing !== undefined)
        found.push({ span: nothing.span, message: 'With `null` in the list this holds of no row: leave it out, and ask `is not null` beside it.' });
    });
    return found;
  }),
  check('esql/null-comparison', (text, analysis) =>
    valuesIn(analysis)
      .filter(({ test, value }) => value.kind === 'literal' && value.type === 'null' && /^[=!]=$/.test(signOf(text, test)))
      .map(({ test }) => ({
        span: test.span,
        message: `Nothing equals null, and nothing differs from it: write \`is ${signOf(text, test) === '!=' ? 'not ' : ''}null\`.`,
      })),
  ),
  check('esql/unknown-field', (text, analysis) => fieldSlips(text, testsIn(analysis), ECS_NAMES)),
  check('esql/wrong-kind', (text, analysis) => {
    const tests = testsIn(analysis);
    return [...unfitValues(tests), ...refusedValues(tests.filter((test) => /^(?:[=!<>]=?|(?:not\s+)?in)$/i.test(signOf(text, test))))];
  }),
  check('esql/regex', (text, analysis) => valuesIn(analysis).flatMap(({ value }) => (value.kind === 'regex' ? luceneFindings(text, value) : []))),
  check('esql/odd-character', oddIn),
];

const isText = (value: Operand): value is Extract<Operand, { kind: 'literal' }> => value.kind === 'literal' && value.type === 'string';

/** `LIKE "a%"` as SQL writes it: ES|QL's signs are `*` and `?`. A pattern that has one of them may mean the percent sign itself, as may one inside a text. */
function percentFinding(text: string, { span: { start, end } }: Operand): readonly Finding[] {
  const source = text.slice(start, end);
  const [, quote = '', content = ''] = /^("{3}|")([\s\S]*)\1$/.exec(source) ?? [];
  const signs = [...content.matchAll(/^%|%$/g)].map(({ index }) => start + quote.length + index);
  if (signs.length === 0 || /[*?]/.test(content)) return [];
  const edits = signs.map((at) => ({ span: { start: at, end: at + 1 }, text: '*' }));
  const message = 'A percent sign is a plain character here: `*` stands for any text, `?` for one character.';
  return [{ span: { start, end }, message, fix: { title: 'Write a star', edits } }];
}

/** In a pattern a backslash takes the meaning from what follows: `"*\\AppData\\*"` looks for `AppData*`. */
function backslashFinding(text: string, { start, end }: Operand['span']): readonly Finding[] {
  const source = text.slice(start, end);
  const isRaw = source.startsWith('"""');
  const one = isRaw ? '\\' : '\\\\';
  const content = isRaw ? source.slice(3, -3) : source.slice(1, -1);
  const pairs = [...content.matchAll(isRaw ? /\\([^\r\n]?)/g : /\\\\(\\\\|\\?[^\\\r\n]|$)/g)];
  const isLetter = (next = ''): boolean => !/^[*?\\]/.test(next);
  const hasLetter = pairs.some(({ 1: next }) => isLetter(next));
  // A plain star stands in no path; alone, as in `100\\*`, it may well be meant.
  const isPath = pairs.some(({ 1: next = '' }) => next.startsWith('\\') && !/^\\[*?]/.test(next));
  const lone = pairs.filter(
    ({ 1: next = '', index, 0: whole }) => isLetter(next) || (/^[*?]/.test(next) && (isPath || (hasLetter && index + whole.length >= content.length))),
  );
  if (lone.length === 0) return [];
  const from = start + (isRaw ? 3 : 1);
  const edits = lone.map(({ index }) => ({ span: { start: from + index, end: from + index }, text: one }));
  const message = `In a pattern a backslash makes the next character plain and is not looked for: a path’s backslash is written \`${one}${one}\`.`;
  return [{ span: { start, end }, message, fix: { title: 'Look for the backslash', edits } }];
}

/** `to_lower(x) == "A"`: never. */
function caseFinding(test: Test, value: Operand): readonly Finding[] {
  const { left, compare } = test;
  const fn = left?.kind === 'call' ? left.fn : '';
  if ((fn !== 'to_lower' && fn !== 'to_upper') || compare !== 'equals') return [];
  const texts = isText(value)
    ? [value.text]
    : value.kind === 'glob'
      ? value.parts.flatMap((part) => (typeof part === 'object' && 'text' in part ? [part.text] : []))
      : [];
  const isOther = texts.some((text) => text !== (fn === 'to_lower' ? text.toLowerCase() : text.toUpperCase()));
  return isOther ? [{ span: value.span, message: `\`${fn}\` gives ${fn === 'to_lower' ? 'no capital' : 'no small'} letters: this never holds.` }] : [];
}

/** A conjunct that excludes by a comparison leaves out rows without the field as well, unless another conjunct asks for a value. */
function notNullFindings(predicate: Predicate): readonly Finding[] {
  const conjuncts = predicate.kind === 'all' ? predicate.of.flatMap((part) => (part.kind === 'all' ? part.of : [part])) : [predicate];
  const present = new Set<string>();
  for (const part of conjuncts) if (part.kind === 'test' && part.compare !== 'absent') present.add(fieldNameOf(part) ?? '');
  const found: Finding[] = [];
  for (const part of conjuncts) {
    if (part.kind !== 'not') continue;
    const fields = new Map<string, Test>();
    let isWhole = true;
    walkTests(part.of, (test) => {
      const name = fieldNameOf(test);
      if (test.missing !== 'unknown' || name === null) isWhole = false;
      else if (test.left?.kind === 'field' && test.left.derived !== true && !present.has(name)) fields.set(name, test);
    });
    const [name] = fields.keys();
    if (!isWhole || name === undefined) continue;
    found.push({
      span: part.span,
      message: `Rows without \`${name}\` are left out too, for \`not\` of null is null; \`${name} is null or …\` keeps them.`,
    });
  }
  return found;
}
