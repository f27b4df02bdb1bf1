import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TOKEN_TYPES, type Token } from '../../src/model';
import { encodedTokens } from '../../workers/token-encoding';

const key = TOKEN_TYPES.indexOf('key');
const string = TOKEN_TYPES.indexOf('string');

/** Back to texts: what a reader would see coloured, with its type. */
function decoded(text: string, data: Uint32Array): [string, number][] {
  const lines = text.split(/\r\n|\r|\n/);
  const found: [string, number][] = [];
  let line = 0;
  let start = 0;
  for (let i = 0; i < data.length; i += 5) {
    line += data[i]!;
    start = data[i] === 0 ? start + data[i + 1]! : data[i + 1]!;
    found.push([lines[line]!.slice(start, start + data[i + 2]!), data[i + 3]!]);
  }
  return found;
}

describe('encoded tokens', () => {
  test('lines and starts are counted from the token before', () => {
    const text = 'a: b\n\n  cc: d';
    const tokens: Token[] = [
      { type: 'key', start: 0, end: 1 },
      { type: 'string', start: 3, end: 4 },
      { type: 'key', start: 8, end: 10 },
    ];
    expect([...encodedTokens(text, tokens)]).toEqual([0, 0, 1, key, 0, 0, 3, 1, string, 0, 2, 2, 2, key, 0]);
  });

  test('a token over several lines gives one for each, whatever the line ends', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['x: |', '  one', '', '  two', 'y: z'].join(end);
      const start = text.indexOf('  one');
      const tokens: Token[] = [
        { type: 'string', start, end: text.indexOf('y') },
        { type: 'key', start: text.indexOf('y'), end: text.indexOf('y') + 1 },
      ];
      expect(decoded(text, encodedTokens(text, tokens))).toEqual([
        ['  one', string],
        ['  two', string],
        ['y', key],
      ]);
    }
  });

  test('a token that ends between \\r and \\n does not count the line twice', () => {
    const text = 'ab\r\ncd';
    expect(
      decoded(
        text,
        encodedTokens(text, [
          { type: 'string', start: 0, end: 3 },
          { type: 'key', start: 4, end: 6 },
        ]),
      ),
    ).toEqual([
      ['ab', string],
      ['cd', key],
    ]);
  });

  test('tokens that overlap, are empty or leave the text do no harm', () => {
    const tokens: Token[] = [
      { type: 'string', start: 0, end: 4 },
      { type: 'key', start: 2, end: 6 },
      { type: 'key', start: 4, end: 4 },
      { type: 'key', start: 4, end: 99 },
    ];
    expect(decoded('abcdef', encodedTokens('abcdef', tokens))).toEqual([
      ['abcd', string],
      ['ef', key],
    ]);
  });

  test('any text, any tokens: every coloured stretch lies in its line and is what its token covers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b ', '\n', '\r\n', '\r', 'ü', '😀'), { maxLength: 60 }),
        fc.array(fc.tuple(fc.nat(5), fc.nat(7)), { maxLength: 20 }),
        (parts, gaps) => {
          const text = parts.join('');
          const tokens: Token[] = [];
          let at = 0;
          for (const [gap, length] of gaps) {
            tokens.push({ type: 'string', start: at + gap, end: at + gap + length });
            at += gap + length;
          }
          const expected = tokens.flatMap(({ start, end }) =>
            text
              .slice(start, end)
              .split(/[\r\n]/)
              .filter((part) => part !== ''),
          );
          expect(decoded(text, encodedTokens(text, tokens)).map(([part]) => part)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });
});
