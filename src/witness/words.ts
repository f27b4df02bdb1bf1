import type { Operand, Predicate, Test } from '../model';
import { writtenOf } from '../syntax/classify';
import { classifyGlob, isOpenGlob } from '../syntax/glob';

const SAID: Readonly<Record<Test['compare'], string>> = {
  equals: 'is',
  regex: 'matches',
  cidr: 'lies in',
  token: 'has the word',
  less: 'is below',
  'at-most': 'is at most',
  greater: 'is above',
  'at-least': 'is at least',
  between: 'lies between',
  exists: 'is there',
  absent: 'is missing',
  filled: 'is not empty',
  empty: 'is empty',
};

const FITS: Readonly<Record<string, string>> = { contains: 'contains', starts_with: 'starts with', ends_with: 'ends with', wildcard: 'fits', eq: 'is' };

/** Parts of a condition that are named before "and n more". */
const NAMED = 3;

/** A condition in a few words, the rule's own names in it: `Image ends with \net.exe or \net1.exe`. */
export function wordsOf(predicate: Predicate): string {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return listed(
        predicate.of.map((part) => (part.kind === 'all' || part.kind === 'any' ? `(${wordsOf(part)})` : wordsOf(part))),
        predicate.kind === 'all' ? 'and' : 'or',
      );
    case 'not':
      return predicate.of.kind === 'test' ? `not ${wordsOf(predicate.of)}` : `not (${wordsOf(predicate.of)})`;
    case 'test':
      return testWords(predicate);
    case 'unread':
      return predicate.note ?? 'a part that is not read';
    default:
      return predicate satisfies never;
  }
}

function listed(words: readonly string[], joint: 'and' | 'or'): string {
  const shown = words.slice(0, NAMED);
  const rest = words.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} ${joint} ${rest} more` : shown.join(` ${joint} `);
}

function testWords({ left, compare, values, every }: Test): string {
  const subject = left === null ? 'any field' : writtenOf(left);
  if (values.length === 0 || compare === 'exists' || compare === 'absent') return `${subject} ${SAID[compare]}`;
  const all = values.flatMap((value) => (value.kind === 'list' ? value.of : [value]));
  const said = all.map((value) => phraseOf(value, compare));
  const [first] = said;
  const isOne = said.every(({ verb }) => verb === first?.verb);
  const joint = every === true || compare === 'between' ? 'and' : 'or';
  return isOne
    ? `${subject} ${first?.verb ?? SAID[compare]} ${listed(
        said.map(({ value }) => value),
        joint,
      )}`
    : `${subject} ${listed(
        said.map(({ verb, value }) => `${verb} ${value}`),
        joint,
      )}`;
}

function phraseOf(value: Operand, compare: Test['compare']): { readonly verb: string; readonly value: string } {
  if (value.kind === 'glob' && compare === 'equals' && !isOpenGlob(value.parts)) {
    const { kind, value: text } = classifyGlob(value.parts);
    return { verb: FITS[kind] ?? 'is', value: text === '' ? '*' : text };
  }
  const written = value.kind === 'literal' && value.secret === true ? '…' : writtenOf(value);
  return { verb: value.kind === 'regex' ? SAID.regex : SAID[compare], value: written === '' ? '""' : written };
}
