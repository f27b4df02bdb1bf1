import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeBeside } from '../../src/editor/place-beside';
import { type Place, regionOf, type Ruler, spanOfRegion } from '../../src/editor/positions';
import { replacementOf } from '../../src/state/replacement';
import { writtenSpans } from '../../src/editor/written-spans';
import type { TextEdit } from '../../src/model';
import { normalised } from '../../src/state/drafts/document';

/** What Monaco's text model does, as its documentation says: offsets and columns are clamped, a line end belongs to its line. */
function rulerOf(text: string): Ruler {
  const starts = [0, ...[...text.matchAll(/\r\n|\n/g)].map((end) => end.index + end[0].length)];
  const lengthOf = (line: number) =>
    (starts[line + 1] === undefined ? text.length : starts[line + 1]! - (text[starts[line + 1]! - 2] === '\r' ? 2 : 1)) - starts[line]!;
  return {
    getPositionAt(offset) {
      const at = Math.max(0, Math.min(offset, text.length));
      const line = starts.findLastIndex((start) => start <= at);
      return { lineNumber: line + 1, column: Math.min(at - starts[line]!, lengthOf(line)) + 1 };
    },
    getOffsetAt: ({ lineNumber, column }: Place) => starts[lineNumber - 1]! + Math.min(column - 1, lengthOf(lineNumber - 1)),
  };
}

const texts = fc.array(fc.constantFrom('a', 'b', ' ', '\n', '\r\n', 'é', '😀'), { maxLength: 40 }).map((parts) => parts.join(''));

describe('spans and regions', () => {
  test('a line and a column count from 1', () => {
    expect(regionOf(rulerOf('ab\r\ncd\n'), { start: 1, end: 5 })).toEqual({ startLineNumber: 1, startColumn: 2, endLineNumber: 2, endColumn: 2 });
    expect(regionOf(rulerOf('ab'), { start: 0, end: 99 })).toEqual({ startLineNumber: 1, startColumn: 1, endLineNumber: 1, endColumn: 3 });
  });

  test('there and back is the same span, but inside a line end', () => {
    fc.assert(
      fc.property(texts, fc.nat(40), fc.nat(40), (text, a, b) => {
        const isInLineEnd = (at: number) => text[at - 1] === '\r' && text[at] === '\n';
        const span = { start: Math.min(a, b, text.length), end: Math.min(Math.max(a, b), text.length) };
        fc.pre(!isInLineEnd(span.start) && !isInLineEnd(span.end));
        const ruler = rulerOf(text);
        expect(spanOfRegion(ruler, regionOf(ruler, span))).toEqual(span);
      }),
    );
  });
});

describe('edits', () => {
  const applied = (text: string, { span, text: written }: TextEdit) => text.slice(0, span.start) + written + text.slice(span.end);

  test('a replacement makes the one text from the other, and splits no pair or line end', () => {
    fc.assert(
      fc.property(texts, texts, fc.nat(600), fc.nat(600), (one, other, head, tail) => {
        const [before, after] = [one, other].map((text) => 'h'.repeat(head) + text + 't'.repeat(tail)) as [string, string];
        const edit = replacementOf(before, after);
        expect(applied(before, edit)).toBe(after);
        for (const at of [edit.span.start, edit.span.end])
          expect(/[\ud800-\udbff]$|\r$/.test(before.slice(0, at)) && /^[\udc00-\udfff]|^\n/.test(before.slice(at))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('only what changed is replaced', () => expect(replacementOf('one two three', 'one 2 three')).toEqual({ span: { start: 4, end: 7 }, text: '2' }));

  test('what was written is found again after all edits', () => {
    const text = 'alpha beta gamma';
    const edits: TextEdit[] = [
      { span: { start: 11, end: 16 }, text: 'C' },
      { span: { start: 0, end: 5 }, text: 'longer A' },
      { span: { start: 6, end: 6 }, text: 'new ' },
    ];
    let result = text;
    for (const edit of edits.toSorted((a, b) => b.span.start - a.span.start)) result = applied(result, edit);
    expect(writtenSpans(edits).map(({ start, end }) => result.slice(start, end))).toEqual(['longer A', 'new ', 'C']);
  });
});

describe('a text as the editor holds it', () => {
  test('one kind of line end, the one it has more of, and no byte order mark', () => {
    expect(normalised('a\r\nb\nc\r\nd')).toBe('a\r\nb\r\nc\r\nd');
    expect(normalised('a\r\nb\nc\nd')).toBe('a\nb\nc\nd');
    expect(normalised('a\rb\r')).toBe('a\nb\n');
    expect(normalised('\ufeffa\r\nb')).toBe('a\r\nb');
    expect(normalised('a\nb')).toBe('a\nb');
  });
});

describe('the card', () => {
  const view = { width: 1000, height: 800 };
  const card = { width: 344, height: 160 };

  test('stands to the right with its top at the line', () =>
    expect(placeBeside({ left: 100, top: 50, width: 60, height: 19 }, card, view)).toEqual({ left: 168, top: 50 }));
  test('stands under the line where there is no room', () =>
    expect(placeBeside({ left: 700, top: 50, width: 60, height: 19 }, card, view)).toEqual({ left: 648, top: 69 }));
  test('stands over it at the foot of the window', () =>
    expect(placeBeside({ left: 700, top: 760, width: 60, height: 19 }, card, view)).toEqual({ left: 648, top: 600 }));

  test('never covers its value, and stays in the window where it fits', () => {
    fc.assert(
      fc.property(fc.nat(990), fc.nat(780), fc.integer({ min: 1, max: 300 }), (left, top, width) => {
        const anchor = { left, top, width, height: 19 };
        const place = placeBeside(anchor, card, view);
        const isBeside = place.left >= left + width || place.top >= top + 19 || place.top + card.height <= top;
        expect(isBeside).toBe(true);
        expect(place.left >= 0 && place.left + card.width <= view.width && place.top >= 0 && place.top + card.height <= view.height).toBe(true);
      }),
    );
  });
});
