import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sigma } from '../../src/languages/sigma';
import type { Predicate } from '../../src/model';
import { inputsOf } from '../support/cases';
import { damaged } from '../support/laws';
import { randomFrom, randomlyEdited } from '../support/random-edits';
import { uncoveredSections } from './section-coverage';
import { meaningOf, samePredicate } from '../support/same-predicate';

const context = { languages: new Map() };
const read = (text: string): Predicate => sigma.analyse(text, context).predicate;

function check(predicate: Predicate): boolean {
  const printed = sigma.print!(predicate);
  if ('refused' in printed) return false;
  const back = read(printed.text);
  if (!samePredicate(back, predicate)) expect({ text: printed.text, read: meaningOf(back) }).toEqual({ text: printed.text, read: meaningOf(predicate) });
  return true;
}

it('every case that can be said is printed and reads back', { timeout: 120_000 }, () => {
  let said = 0;
  for (const input of inputsOf('sigma')) if (check(read(input))) said++;
  expect(said).toBeGreaterThan(100);
});

const text = fc
  .array(fc.constantFrom('*', '?', '\\', 'a', 'B', ' ', '%', "'", '"', '%x%', '\n', '\u00e9', '#', ': ', '- '), { maxLength: 8 })
  .map((parts) => parts.join(''));
const plain = fc.array(fc.constantFrom('a', 'B', '/', '-c', "'", '5'), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
const number = fc.integer({ min: -5, max: 70_000 });
/** Modifiers with values that they take. */
const chains = [
  [['', '|cased', '|all', '|neq'], fc.oneof(text, text, number, fc.boolean(), fc.constant(null))],
  [['|contains', '|startswith', '|endswith', '|contains|all', '|contains|cased', '|contains|neq', '|expand', '|expand|contains'], text],
  [
    [
      '|windash|contains',
      '|contains|windash|all',
      '|base64',
      '|base64offset|contains',
      '|wide|base64offset|contains',
      '|utf16be|base64',
      '|fieldref',
      '|fieldref|startswith',
    ],
    plain,
  ],
  [['|re', '|re|i', '|re|m|s', '|re|contains', '|re|expand'], fc.constantFrom('a.*b', '^\\d+$', '%x%', "it's", 'c:\\\\d')],
  [['|gt', '|lte', '|hour', '|hour|gte', '|minute|lt'], number],
  [['|exists'], fc.boolean()],
  [['|cidr'], fc.constantFrom('10.0.0.0/8', 'fd00::/8')],
] as const;
const item = fc.oneof(
  ...chains.map(([modifiers, of]) =>
    fc.tuple(
      fc.constantFrom('Image', 'User', 'New Value', 'on', ''),
      fc.constantFrom<string>(...modifiers),
      fc.oneof<fc.Arbitrary<unknown>[]>(of, fc.array<unknown>(of, { minLength: 1, maxLength: 3 })),
    ),
  ),
);
const fields = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => Object.fromEntries(items.map(([field, chain, of]) => [`${field}${chain}`, of])));
const search = fc.oneof(fields, fc.array(fc.oneof(fields, text), { minLength: 1, maxLength: 3 }));
const condition = fc.letrec<{ whole: string; name: string }>((tie) => ({
  name: fc.constantFrom('a', 'b', 'c', '1 of *', 'all of a*'),
  whole: fc.oneof(
    { depthSize: 'small' },
    tie('name'),
    fc.tuple(tie('whole'), fc.constantFrom(' and ', ' or '), tie('whole')).map(([left, op, right]) => `(${left}${op}${right})`),
    tie('whole').map((inner) => `not ${inner}`),
  ),
})).whole;

it('every part of a section is held, or said not to be, however it is damaged', { timeout: 120_000 }, () => {
  const random = randomFrom(11);
  for (const input of inputsOf('sigma')) {
    // What a global document gives and others overwrite is nobody's.
    const texts = input.includes('action:') ? [input] : [input, randomlyEdited(input, random), ...[...damaged(input, 3)].map(({ changed }) => changed)];
    for (const text of texts) expect({ text, missed: uncoveredSections(text) }).toEqual({ text, missed: [] });
  }
});

it('every rule that can be said is printed and reads back', { timeout: 120_000 }, () => {
  let said = 0;
  fc.assert(
    fc.property(search, search, search, condition, (a, b, c, written) => {
      if (check(read(JSON.stringify({ detection: { a, b, c, condition: written } })))) said++;
    }),
    { numRuns: 500 },
  );
  expect(said).toBeGreaterThan(100);
});
