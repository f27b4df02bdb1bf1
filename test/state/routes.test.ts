import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathOf, textOf } from '../../src/state/links/routes';

/** What the router makes of a path before a page sees it. */
function routed(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

const lastPart = (path: string): string => textOf(routed(path).split('/').at(-1)!);

describe('the address of a page', () => {
  it('gives any search back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (query) => {
        expect(lastPart(pathOf.rules(query))).toBe(query);
        expect(lastPart(pathOf.eventSearch(query))).toBe(query);
        expect(lastPart(pathOf.events('a', query))).toBe(query);
      }),
    );
    for (const query of ['value:"100%"', '%3A', '%25', 'a/b?c#d', '%zz', 'C:\\%TEMP%\\x']) expect(lastPart(pathOf.rules(query))).toBe(query);
  });

  it('is read where somebody wrote it by hand', () => {
    expect([textOf('value:100%'), textOf('%E0%A4%A'), textOf('net use')]).toEqual(['value:100%', '%E0%A4%A', 'net use']);
  });
});
