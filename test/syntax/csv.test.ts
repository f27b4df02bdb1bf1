import { expect, it } from 'vitest';
import { csvOf } from '../../src/syntax/csv';

it('writes rows as RFC 4180 has them, every value as it is', () => {
  expect(
    csvOf([
      ['a', 'b'],
      ['=1+1', 'two "words"'],
      ['x,y', 'line\nbreak'],
      ['', ' '],
    ]),
  ).toBe('a,b\r\n=1+1,"two ""words"""\r\n"x,y","line\nbreak"\r\n, \r\n');
});
