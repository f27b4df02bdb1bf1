import { canHold, ecsFieldOf } from '../../../knowledge/ecs';
import { ECS_NAMES } from '../../../knowledge/ecs-names';
import type { Analysis, Check, Operand, Span, Test } from '../../../model';
import { keyedSlips, loneValues } from '../../../syntax/keyed-slips';
import { checkOf, type Finding, oddInWords } from '../../../syntax/query-check';
import { walkTests } from '../../../syntax/walk';
import { DIAGNOSTICS, type LuceneDiagnostic } from '../diagnostics';

const check = (id: LuceneDiagnostic, find: (text: string, analysis: Analysis) => readonly Finding[]): Check => checkOf(id, DIAGNOSTICS[id], find);

/** A check of each value. */
const valueCheck = (id: LuceneDiagnostic, find: (value: Operand, text: string, test: Test) => Finding | null): Check =>
  check(id, (text, { predicate }) => {
    const found: Finding[] = [];
    walkTests(predicate, (test) => {
      for (const one of test.values.flatMap((value) => find(value, text, test) ?? [])) found.push(one);
    });
    return found;
  });

const isQuoted = (text: string, { start }: Span): boolean => text[start] === '"';

/** What is well formed but may not mean what it seems to. */
export const CHECKS: readonly Check[] = [
  valueCheck('lucene/leading-wildcard', (value) =>
    value.kind === 'glob' && typeof value.parts[0] === 'string'
      ? { span: value.span, message: 'A value that starts with a wildcard makes the search read every term of the field.' }
      : null,
  ),
  valueCheck('lucene/quoted-star', (value, text) =>
    value.kind === 'literal' && isQuoted(text, value.span) && value.text.length > 1 && value.text.includes('*') && !value.text.startsWith('\\\\*\\')
      ? { span: value.span, message: 'A star in quotes is a plain character; without the quotes it is a wildcard.' }
      : null,
  ),
  valueCheck('lucene/wrong-kind', (value, _text, { left, compare }) => {
    if (left?.kind !== 'field' || compare === 'regex' || (value.kind !== 'literal' && value.kind !== 'time')) return null;
    const known = ecsFieldOf(left.name);
    if (known === undefined || canHold(known.type, value.text)) return null;
    return { span: value.span, message: `\`${known.name}\` holds ${known.type} values; \`${value.text.slice(0, 60)}\` is none.` };
  }),
  valueCheck('lucene/equals-in-text', (value, text, { left }) => {
    if (left !== null || value.kind !== 'literal' || isQuoted(text, value.span)) return null;
    const sign = /^[\w.@]+?(!?={1,2})\S/.exec(text.slice(value.span.start, value.span.end));
    if (sign === null) return null;
    const start = value.span.start + sign[0].search(/[!=]/);
    const span = { start, end: start + sign[1]!.length };
    if (sign[1]!.startsWith('!')) return { span, message: 'This is searched as plain text: write `NOT field:value`.' };
    const message = 'This is searched as plain text: a field is compared with a colon, `field:value`.';
    return { span, message, fix: { title: 'Write a colon', edits: [{ span, text: ':' }] } };
  }),
  check('lucene/slip', (text, analysis) => keyedSlips(text, analysis, ECS_NAMES)),
  check('lucene/lone-value', (text, { predicate }) => loneValues(text, predicate)),
  check('lucene/odd-character', oddInWords),
];
