import { describe, expect, it } from 'vitest';
import { afterStar } from '../../src/editor/star';
import { plainValue, writtenInside, writtenValue } from '../../src/editor/quoting';
import { FAMILIES } from '../../src/knowledge/families';

const quotes = FAMILIES.map(({ quote }) => quote);

describe('values as they are written', () => {
  it('between stars only the part at the cursor is replaced', () => {
    const text = "'*\\wsc*'";
    const span = { start: 1, end: 7 };
    expect(afterStar(text, span, 6)).toEqual({ start: 2, end: 6 });
    expect(afterStar("'abc'", { start: 1, end: 4 }, 2)).toEqual({ start: 1, end: 4 });
    expect(afterStar('a*b*c', { start: 0, end: 5 }, 3)).toEqual({ start: 2, end: 3 });
  });

  it('what is written between quotes is read back as the value, in every family', () => {
    for (const quote of quotes)
      for (const mark of ['"', "'"])
        for (const value of ['\\wscript.exe', 'a "b" c', "it's", 'C:\\Temp\\', '%APPDATA%'])
          expect(plainValue(writtenInside(value, mark, quote), mark, quote)).toBe(value);
  });

  it('a half-typed escape is what it will be', () => {
    const doubling = quotes.find(({ inside }) => inside !== 'doubled')!;
    expect(plainValue('\\\\wsc', '"', doubling)).toBe('\\wsc');
    expect(plainValue('\\', '"', doubling)).toBe('\\');
  });

  it('a value without quotes gets them where it needs them', () => {
    for (const quote of quotes) {
      expect(writtenValue('cmd.exe', ' ', quote)).toBe('cmd.exe');
      expect(writtenValue('\\cmd.exe', ' ', quote).startsWith(quote.mark)).toBe(true);
    }
  });
});
