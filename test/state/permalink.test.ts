import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkOf, MAX_TEXT, openLink } from '../../src/state/links/permalink';

const isFormat = (id: string) => id === 'sigma' || id === 'anvilogic yaml';
const open = (hash: string) => openLink(hash, isFormat);
const RULE = "title: Share listing\ndetection:\n    selection:\n        Image|endswith: '\\net.exe'\n    condition: selection\n";

describe('round trip', () => {
  test('any string, lone surrogates and byte order marks too', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 3000 }),
          fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 }).map((units) => String.fromCharCode(...units)),
        ),
        (text) => {
          expect(open(linkOf('sigma', text)!)).toEqual({ kind: 'text', format: 'sigma', text, tests: '' });
        },
      ),
      { numRuns: 120 },
    );
    for (const text of ['', '\ufeff', '\ufeffa', '\ud800', 'a\udc00b', '\0', '\r\n\r'])
      expect(open(linkOf('sigma', text)!)).toEqual({ kind: 'text', format: 'sigma', text, tests: '' });
  });

  test('the same text gives the same link, of characters every chat leaves alone', () => {
    expect(linkOf('sigma', RULE)).toBe(linkOf('sigma', RULE));
    expect(linkOf('sigma', RULE)).toMatch(/^#\/d\/v1\/sigma\/[\w-]+$/);
  });

  test('a format with a space survives', () => expect(open(linkOf('anvilogic yaml', RULE)!)).toMatchObject({ format: 'anvilogic yaml' }));
});

describe('damage', () => {
  const link = linkOf('sigma', RULE)!;
  const head = '#/d/v1/sigma/'.length;

  test('every cut, every changed, dropped or doubled character: told, or the same text', () => {
    const isSafe = (hash: string): boolean => {
      const opened = open(hash);
      return opened.kind === 'problem' || (opened.format === 'sigma' && opened.text === RULE);
    };
    for (let at = 0; at < link.length; at++) {
      expect(isSafe(link.slice(0, at)), `cut at ${at}`).toBe(true);
      expect(isSafe(link.slice(0, at) + link.slice(at + 1)), `dropped ${at}`).toBe(true);
      expect(isSafe(link.slice(0, at) + link[at] + link.slice(at)), `doubled ${at}`).toBe(true);
      for (const letter of 'Ab0_-/%. ') expect(isSafe(link.slice(0, at) + letter + link.slice(at + 1)), `${letter} at ${at}`).toBe(true);
    }
  });

  test('a cut payload is a plain message', () => expect(open(link.slice(0, -3))).toEqual({ kind: 'problem', message: expect.stringContaining('damaged') }));

  test('any payload at all never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.uint8Array({ maxLength: 400 }), (text, bytes) => {
        expect(open(`#/d/v1/sigma/${text}`).kind).toBe('problem');
        expect(open(`#/d/v1/sigma/${Buffer.from(bytes).toString('base64url')}`).kind).toBe('problem');
        expect(open(`#/d/${text}`).kind).toBe('problem');
      }),
    );
  });

  test('the format is guarded as the text is', () => expect(open(`#/d/v1/anvilogic%20yaml/${link.slice(head)}`).kind).toBe('problem'));
});

describe('limits and versions', () => {
  test('tests go in a part of their own, and a damaged one opens nothing', () => {
    const tests = '[{"id":"a","events":[{"Image":"straße"}]}]';
    const link = linkOf('sigma', 'title: t', tests)!;
    expect(open(link)).toEqual({ kind: 'text', format: 'sigma', text: 'title: t', tests });
    expect(open(link.slice(0, -3))).toMatchObject({ kind: 'problem' });
    expect(open(link.slice(0, link.lastIndexOf('/')))).toMatchObject({ kind: 'problem' });
    expect(open(link.replace('/v2/', '/v1/'))).toMatchObject({ kind: 'problem' });
    expect(linkOf('sigma', 'title: t', '')).toContain('/v1/');
  });
  test('a future version', () => expect(open('#/d/v3/sigma/AAAA')).toEqual({ kind: 'problem', message: expect.stringContaining('newer') }));
  test('an unknown format', () => expect(open(linkOf('yara', RULE)!)).toEqual({ kind: 'problem', message: expect.stringContaining('“yara”') }));
  test('a text over the cap gets no link', () => expect(linkOf('sigma', 'x'.repeat(MAX_TEXT + 1))).toBeNull());
  test('the cap itself still fits', () => expect(open(linkOf('sigma', 'x'.repeat(MAX_TEXT))!).kind).toBe('text'));
  test('a bomb is stopped while it inflates', async () => {
    const { deflateSync } = await import('fflate');
    const bomb = deflateSync(new Uint8Array(16 * MAX_TEXT), { level: 9 });
    expect(open(`#/d/v1/sigma/${Buffer.concat([Buffer.alloc(5), bomb]).toString('base64url')}`)).toEqual({
      kind: 'problem',
      message: expect.stringContaining('more than 1 MB'),
    });
  });
});
