import type { Analysis, Operand, Predicate, Test } from '../model';
import { fieldSlips, type Names } from './field-slips';
import type { ForeignSign } from './foreign-signs';
import { type Finding, testsIn } from './query-check';

/* Slips that the languages of fields before colons share. */

/** What stands where a search bar takes no more; both languages write these so. */
export const KEYED_SIGNS: readonly ForeignSign[] = [
  [/:/y, 'A colon within a value is written `\\:`, or the value stands in quotes.'],
  [/\|/y, 'A search has no pipes: it is one condition.'],
  [/(?<=!=\s{0,9})\S/y, 'There is no `!=`: write `not field: value`.'],
  [/["(](?<=\b(?:in|like)\s{1,9}["(])/iy, 'A field is compared with a colon: `field: (a or b)`.'],
];

/** Fields of a schema one slip away, a minus or exclamation mark before a name, values in single quotes. */
export function keyedSlips(text: string, analysis: Analysis, names: Names): readonly Finding[] {
  const tests = testsIn(analysis);
  return [
    ...fieldSlips(
      text,
      tests.filter(({ left }) => left?.kind !== 'field' || /^\w+\./.test(left.name)),
      names,
    ),
    ...tests.flatMap((test) => [...signFinding(text, test), ...test.values.flatMap((value) => singleFinding(text, value))]),
  ];
}

function signFinding(text: string, { left }: Test): readonly Finding[] {
  const sign = left?.kind === 'field' ? /^[-!](?=\w)/.exec(text.slice(left.span.start, left.span.end)) : null;
  if (left?.kind !== 'field' || sign === null) return [];
  const span = { start: left.span.start, end: left.span.start + 1 };
  return [{ span, message: `\`${sign[0]}\` is read as a part of the name: write \`not\`.`, fix: { title: 'Write not', edits: [{ span, text: 'not ' }] } }];
}

function singleFinding(text: string, { span: { start, end } }: Operand): readonly Finding[] {
  const source = text.slice(start, end);
  if (!/^'[^'"]*'?$/.test(source) || source.length < 2) return [];
  const span = { start, end };
  // In Lucene a blank ends the value.
  if (!source.endsWith("'")) return [{ span, message: 'Single quotes are part of the value, and hold nothing together: texts stand in double quotes.' }];
  const plain = `"${source.slice(1, -1)}"`;
  return [{ span, message: `Single quotes are part of the value: write ${plain}.`, fix: { title: 'Write double quotes', edits: [{ span, text: plain }] } }];
}

/** `a: b or c`: the last word is looked for in every field. */
export function loneValues(text: string, predicate: Predicate): readonly Finding[] {
  if (predicate.kind === 'not') return loneValues(text, predicate.of);
  if (predicate.kind !== 'all' && predicate.kind !== 'any') return [];
  const inner = predicate.of.flatMap((part) => loneValues(text, part));
  if (predicate.kind !== 'any') return inner;
  const named = predicate.of.find((part): part is Test => part.kind === 'test' && part.left?.kind === 'field');
  const lone = predicate.of.filter(
    (part): part is Test => part.kind === 'test' && part.left === null && /^(?!(?:and|or|not)$)[\w.*-]+$/i.test(text.slice(part.span.start, part.span.end)),
  );
  if (named?.left?.kind !== 'field') return inner;
  const { name } = named.left;
  return [
    ...inner,
    ...lone.map(({ span }) => ({ span, message: `This is looked for in every field; several values of one field stand in brackets: \`${name}:(… or …)\`.` })),
  ];
}
