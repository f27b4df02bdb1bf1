import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GlobPart } from '../../src/model';
import { base64Of, bytesOfBase64, textOfUtf8, utf8Of } from '../../src/syntax/encoding';
import { readerOf } from '../../src/run/fields';
import { globPlan } from '../../src/run/glob-match';
import { joinedReader, taxonomyOf } from '../../src/run/names';
import { addressOf, liesIn, networkOf } from '../../src/run/network';
import { regexOf } from '../../src/run/regex';
import { requiredOf } from '../../src/run/required';

const same = (text: string): string => text;

describe('globs', () => {
  /** The same by a table of positions: slow and plainly right. */
  const fits = (parts: readonly GlobPart[], text: string): boolean => {
    const units = parts.flatMap((part): readonly (string | null | 'run')[] =>
      part === 'any-run' ? ['run'] : part === 'any-char' ? [null] : 'text' in part ? [...part.text] : [],
    );
    let places = new Set([0]);
    const letters = [...text];
    for (const unit of units) {
      const next = new Set<number>();
      for (const place of places) {
        if (unit === 'run') for (let at = place; at <= letters.length; at++) next.add(at);
        else if (place < letters.length && (unit === null || letters[place] === unit)) next.add(place + 1);
      }
      places = next;
    }
    return places.has(letters.length);
  };
  const part = fc.oneof(
    fc.constantFrom<GlobPart>('any-run', 'any-char'),
    fc.stringMatching(/^[ab😀]{1,3}$/u).map((text): GlobPart => ({ text })),
  );

  it('fit as a table of positions says', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.stringMatching(/^[ab😀]{0,10}$/u), (parts, text) => {
        const joined = parts.filter((one, at) => !(one === 'any-run' && parts[at - 1] === 'any-run'));
        expect(globPlan(joined, same).test(text)).toBe(fits(joined, text));
      }),
    );
  });
});

describe('networks', () => {
  it.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['::1/128', '0:0:0:0:0:0:0:1', true],
    ['fe80::/10', 'fe80::1%12', true],
    ['10.0.0.0/255.0.0.0', '10.9.9.9', true],
  ])('%s holds %s: %s', (network, address, holds) => {
    expect(liesIn(addressOf(address)!, networkOf(network)!)).toBe(holds);
  });

  it.each(['10.1', '010.0.0.1', '1.2.3.256', '1:2', ':::', 'cmd.exe', ''])('%s is no address', (text) => {
    expect(addressOf(text)).toBeNull();
  });
});

describe('regexes', () => {
  const test = (text: string, value: string, dialect: 'pcre' | 'lucene' = 'pcre', flags = ''): boolean | string => {
    const ready = regexOf({ text, dialect, flags, ...(dialect === 'lucene' ? { whole: true as const } : null) }, false);
    return ready.refused ?? ready.test(value);
  };

  it('honours what dialects mean', () => {
    expect(test('a$', 'a\n')).toBe(true);
    expect(test('\\\\AppData', 'c:\\AppData')).toBe(true);
    expect(test('a\\sb', 'a\vb')).toBe(true);
    expect(test('a.b', 'a\nb', 'lucene')).toBe(true);
    expect(test('a', 'xa', 'lucene')).toBe(false);
    expect(test('a.*?b', 'axxb', 'lucene')).toBe(true);
    expect(test('.*ab^cd$', 'xab^cd$', 'lucene')).toBe(true);
    expect(requiredOf('.*ab^cd$', 'lucene').sets).toEqual([['ab^cd$']]);
    expect(test('ax+?b', 'ab', 'lucene')).toBe(true);
    expect(test('a"x+"b', 'ax+b', 'lucene')).toBe(true);
    expect(test('[[:alpha:]\\s]+$', 'ab c')).toBe(true);
    expect(test('^[]x-z]$', ']')).toBe(true);
    expect(test('^[^]x]$', ']')).toBe(false);
    expect(test('a{,3}', 'a{,3}')).toBe(true);
    expect(test('a(?#b)c', 'ac')).toBe(true);
    expect(test('\\Qa.b\\E.', 'a.bc')).toBe(true);
    expect(test('\\Qa.b\\E.', 'axbc')).toBe(false);
    expect(test('[a-z&&[b]]', 'q]')).toBe(true);
    expect(test('^\\u0041[\\u0042-\\u0043]$', 'AC')).toBe(true);
    expect(test('\\u00', 'x')).toBe('a regular expression with an unfinished \\u');
    expect(test('^b', 'a\nb', 'pcre', 'm')).toBe(true);
  });

  it('says why it cannot tell', () => {
    expect(test('a(?=b)', 'ab')).toBe('a regular expression that looks ahead or behind');
    expect(test('(a)\\1', 'aa')).toBe('a regular expression with a back-reference');
    expect(test('a++b', 'aab')).toBe('a regular expression with a possessive quantifier');
    expect(test('~a', 'b', 'lucene')).toBe('a regular expression with the operator `~`');
  });

  it('knows what a pattern requires', () => {
    expect(requiredOf('foo.*(bar|baz)', 'pcre').sets).toEqual([['foo'], ['bar', 'baz']]);
    expect(requiredOf('ab?c', 'pcre').sets).toEqual([['abc', 'ac']]);
    expect(requiredOf('(ab)*', 'pcre').sets).toEqual([]);
    expect(requiredOf('a|', 'pcre').sets).toEqual([]);
  });

  it('demands nothing of what it does not read', () => {
    expect(requiredOf(`abc${'('.repeat(300)}x${')'.repeat(300)}|d`, 'pcre').sets).toEqual([]);
    expect(requiredOf('(?x)a b', 'pcre').sets).toEqual([]);
    expect(requiredOf('a b', 'pcre', 'x').sets).toEqual([]);
    expect(requiredOf('foo(?!bar)', 'pcre').sets).toEqual([['foo']]);
    expect(requiredOf('(?<=foo)bar', 'pcre').sets).toEqual([['bar']]);
    expect(requiredOf('foo)bar', 'pcre').sets).toEqual([]);
  });

  it('finds a required literal wherever it matches', () => {
    const piece = fc.constantFrom('a', 'b', 'ab', '(a|b)', '(ab|ba)', 'a?', 'b+', '.*', '[ab]', '(a(b|a)+)?', '\\.', 'b{2,}', '[^a]', '(\\w|a.)');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.stringMatching(/^[ab.]{0,8}$/), (pieces, text) => {
        const pattern = pieces.join('');
        if (!new RegExp(pattern).test(text)) return;
        const { sets, least } = requiredOf(pattern, 'pcre');
        for (const set of sets) expect(set.some((literal) => text.includes(literal))).toBe(true);
        expect(text.length).toBeGreaterThanOrEqual(least);
      }),
    );
  });
});

describe('fields', () => {
  it('are flat keys, paths, values of each of several objects, or names that differ by blanks', () => {
    expect(readerOf('a.b')({ 'a.b': 1 })).toBe(1);
    expect(readerOf('a.b')({ a: { b: 1 } })).toBe(1);
    expect(readerOf('a.b')({ a: [{ b: 1 }, { c: 2 }, { b: [3] }] })).toEqual([1, 3]);
    expect(readerOf('ThreatName')({ 'Threat Name': 'x' })).toBe('x');
    expect(readerOf('Threat Name')({ ThreatName: 'x' })).toBe('x');
    expect(readerOf('__proto__')({})).toBeUndefined();
    expect(readerOf('constructor')({})).toBeUndefined();
  });

  it('are joined where rule and events have other names, and say so', () => {
    const joined: string[] = [];
    const read = joinedReader('Image', { rule: 'sigma', scopes: ['process_creation'], events: 'ecs' }, ({ event }) => void joined.push(event));
    expect(read({ process: { executable: 'C:\\x.exe' } })).toBe('C:\\x.exe');
    expect(joined).toEqual(['process.executable']);
    const name = joinedReader('process.name', { rule: 'ecs', scopes: [], events: 'sigma' }, () => undefined);
    expect(name({ Image: 'C:\\y\\x.exe' })).toBe('x.exe');
    expect(taxonomyOf([{ process: { executable: 'x', command_line: 'y' }, event: { action: 'z' } }])).toBe('ecs');
  });
});

describe('encodings', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(textOfUtf8(bytesOfBase64(base64Of(utf8Of(text)))!)).toBe(text);
      }),
    );
  });
});
