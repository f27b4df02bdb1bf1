import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oddCharactersOf, remarkOnOdd, unmeantIn } from '../../src/syntax/odd-characters';

const kinds = (text: string): readonly string[] => oddCharactersOf(text).map(({ kind, plain }) => `${kind} ${JSON.stringify(plain)}`);
const whole = (text: string): { readonly start: number; readonly end: number } => ({ start: 0, end: text.length });

describe('odd characters', () => {
  it('are told by kind, with what was meant', () => {
    expect(kinds('a\u200bb\u202ec\u00a0d\u201ce\u2013f')).toEqual(['invisible ""', 'bidirectional ""', 'blank " "', 'quote "\\""', 'dash "-"']);
    expect(kinds('a\u0007b')).toEqual(['invisible ""']);
    expect(kinds('\uff49mage')).toEqual(['look-alike "i"']);
  });

  it('are letters of another script only within a word of Latin letters', () => {
    expect(kinds('p\u0430th')).toEqual(['look-alike "a"']);
    expect(kinds('\u043f\u0430\u0440\u043e\u043b\u044c path')).toEqual([]);
  });

  it('are not what joins emoji', () => {
    expect(kinds('\u{1F469}\u200d\u{1F4BB}')).toEqual([]);
  });

  it('have their place in the text, a stretch read alone too', () => {
    expect(oddCharactersOf('a\u200bb\u200bc', { start: 2, end: 5 }).map(({ span }) => span)).toEqual([{ start: 3, end: 4 }]);
  });

  it('are meant where a value is made of nothing else', () => {
    expect(unmeantIn("'*\u202e*'", whole("'*\u202e*'"))).toEqual([]);
    expect(unmeantIn('net\u200b.exe', whole('net\u200b.exe'))).toHaveLength(1);
    expect(unmeantIn(' \u2013enc', whole(' \u2013enc'))).toEqual([]);
  });

  it('are put right by a fix that leaves none', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'p', '\u0430', '\u200b', '\u202e', '\u00a0', '\u201d', '\u2014', '\uff21', ' ') }), (text) => {
        const edits = oddCharactersOf(text).flatMap((odd) => remarkOnOdd(odd).fix.edits);
        const fixed = edits.toReversed().reduce((rest, { span, text: by }) => rest.slice(0, span.start) + by + rest.slice(span.end), text);
        // A word of foreign letters alone may now stand beside Latin ones.
        expect(oddCharactersOf(fixed).filter(({ kind }) => kind !== 'look-alike')).toEqual([]);
      }),
    );
  });
});
