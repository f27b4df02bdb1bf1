import { expect, it } from 'vitest';
import { excerptAt, shortened } from '../../src/syntax/written';

it('cuts no character in half', () => {
  expect(shortened('ab\u{1F600}d', 3)).toBe('ab…');
  expect(shortened('ab\u{1F600}d', 4)).toBe('ab\u{1F600}…');
  expect(shortened('abc', 3)).toBe('abc');
});

it('says what stands at a place on one line', () => {
  const text = ` a\n\t b ${'c'.repeat(80)}`;
  expect(excerptAt(text, { start: 0, end: 6 })).toBe('a b');
  expect(excerptAt(text, { start: 0, end: text.length })).toBe(`a b ${'c'.repeat(56)}…`);
  expect(excerptAt(text, { start: 2, end: 4 })).toBe('');
});
