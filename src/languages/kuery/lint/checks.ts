import { canHold, ecsFieldOf } from '../../../knowledge/ecs';
import { ECS_NAMES } from '../../../knowledge/ecs-names';
import type { Analysis, Check, FieldRef, Operand, Predicate, Span, Test } from '../../../model';
import { placeOf } from '../../../syntax/predicates';
import { keyedSlips, loneValues } from '../../../syntax/keyed-slips';
import { checkOf, type Finding, oddInWords } from '../../../syntax/query-check';
import { walkTests } from '../../../syntax/walk';
import { DIAGNOSTICS, type KueryDiagnostic } from '../diagnostics';

const check = (id: KueryDiagnostic, find: (text: string, analysis: Analysis) => readonly Finding[]): Check => checkOf(id, DIAGNOSTICS[id], find);

/** A check of each comparison. */
const testCheck = (id: KueryDiagnostic, find: (test: Test, text: string) => readonly Finding[]): Check =>
  check(id, (text, { predicate }) => {
    const found: Finding[] = [];
    walkTests(predicate, (test) => {
      for (const one of find(test, text)) found.push(one);
    });
    return found;
  });

/** A check of each value. */
const valueCheck = (id: KueryDiagnostic, find: (value: Operand, text: string, test: Test) => Finding | null): Check =>
  testCheck(id, (test, text) => test.values.flatMap((value) => find(value, text, test) ?? []));

const isQuoted = (text: string, { start }: Span): boolean => text[start] === '"';

/** What is well formed but may not mean what it seems to. */
export const CHECKS: readonly Check[] = [
  valueCheck('kuery/leading-wildcard', (value) =>
    value.kind === 'glob' && value.parts[0] === 'any-run'
      ? { span: value.span, message: 'A value that starts with a star makes the search read every term of the field.' }
      : null,
  ),
  valueCheck('kuery/quoted-star', (value, text) => {
    if (value.kind !== 'literal' || !isQuoted(text, value.span) || value.text === '*' || !value.text.includes('*')) return null;
    // Windows writes the share of another host so.
    if (value.text.startsWith('\\\\*\\') && value.text.lastIndexOf('*') === 2) return null;
    const bare = value.text.replace(/[\\():<>"{}]/g, '\\$&');
    const fix = /^[^\s]+$/.test(bare) ? { title: 'Write it without quotes', edits: [{ span: placeOf(value.span), text: bare }] } : undefined;
    return {
      span: value.span,
      message: 'A star in quotes is a plain character; without the quotes it is a wildcard.',
      ...(fix === undefined ? null : { fix }),
    };
  }),
  valueCheck('kuery/blank-in-value', (value, text, { left }) => {
    if (value.kind !== 'literal' || value.words !== true || !/\s/.test(value.text) || isEqualsSign(text, value, left)) return null;
    const source = text.slice(value.span.start, value.span.end);
    return {
      span: value.span,
      message: 'Unquoted words are one value, in any order on text fields; quote them to match them as they stand.',
      fix: { title: 'Quote the value', edits: [{ span: placeOf(value.span), text: `"${source.replace(/"/g, '\\"')}"` }] },
    };
  }),
  testCheck('kuery/blank-in-value', ({ left }, text) => {
    if (left?.kind !== 'field' || isQuoted(text, left.span) || !/\s/.test(text.slice(left.span.start, left.span.end).replace(/\\\s/g, ''))) return [];
    return [{ span: left.span, message: 'A field name with blanks: is `and` or `or` missing before the last word?' }];
  }),
  valueCheck('kuery/equals-in-text', (value, text, { left }) => {
    const sign = isEqualsSign(text, value, left);
    if (sign === null) return null;
    return {
      span: sign,
      message: 'This is searched as plain text: a field is compared with a colon, `field: value`.',
      fix: { title: 'Write a colon', edits: [{ span: placeOf(sign), text: ':' }] },
    };
  }),
  check('kuery/not-covers-one', (_text, { predicate }) => notsBefore(predicate)),
  valueCheck('kuery/wrong-kind', (value, _text, { left }) => {
    if (left?.kind !== 'field' || (value.kind !== 'literal' && value.kind !== 'time')) return null;
    const known = ecsFieldOf(left.name);
    if (known === undefined || canHold(known.type, value.text)) return null;
    return { span: value.span, message: `\`${known.name}\` holds ${known.type} values; \`${value.text.slice(0, 60)}\` is none.` };
  }),
  check('kuery/slip', (text, analysis) => keyedSlips(text, analysis, ECS_NAMES)),
  check('kuery/lone-value', (text, { predicate }) => loneValues(text, predicate)),
  testCheck('kuery/slip', ({ left, span }) =>
    left?.kind === 'field' && left.name === '_exists_' ? [{ span, message: '`_exists_` is Lucene’s: write `field: *`.' }] : [],
  ),
  check('kuery/odd-character', oddInWords),
];

/** `field = value` without a colon: the place of its sign. */
function isEqualsSign(text: string, value: Operand, left: Operand | null): Span | null {
  if (left !== null || value.kind !== 'literal' || isQuoted(text, value.span)) return null;
  const sign = /^\S+\s*(={1,2})\s*(?=\S)/.exec(text.slice(value.span.start, value.span.end));
  if (sign === null) return null;
  const start = value.span.start + sign[0].indexOf('=');
  return { start, end: start + sign[1]!.length };
}

/** `not f: a or f: b` excludes the first value only. */
function notsBefore(predicate: Predicate): readonly Finding[] {
  if (predicate.kind === 'test' || predicate.kind === 'unread') return [];
  if (predicate.kind === 'not') return notsBefore(predicate.of);
  const found = predicate.of.flatMap(notsBefore);
  if (predicate.kind === 'all') return found;
  predicate.of.forEach((part, index) => {
    const next = predicate.of[index + 1];
    if (part.kind !== 'not' || next === undefined || next.kind === 'not' || part.of.kind !== 'test') return;
    const [field, other] = [fieldOf(part.of), fieldOf(next)];
    // In a group of values both have the one field.
    if (field === null || other === null || field.name !== other.name || field.span.start === other.span.start) return;
    const message = `\`not\` covers only the first comparison: for both write \`not ${field.name}: (… or …)\`.`;
    found.push({ span: { start: part.span.start, end: part.span.start + 3 }, message });
  });
  return found;
}

const fieldOf = (predicate: Predicate): FieldRef | null =>
  predicate.kind === 'test' && predicate.left?.kind === 'field'
    ? predicate.left
    : predicate.kind === 'any' && predicate.of[0] !== undefined
      ? fieldOf(predicate.of[0])
      : null;
