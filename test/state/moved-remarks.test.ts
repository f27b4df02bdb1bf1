import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Diagnostic } from '../../src/model';
import { movedRemarks } from '../../src/state/moved-remarks';

/** A remark on the first place that holds the words, whose fix takes them out. */
function on(words: string, text: string): Diagnostic {
  const start = text.indexOf(words);
  const span = { start, end: start + words.length };
  return { code: 'made/remark', severity: 'info', span, message: '', fix: { title: '', edits: [{ span, text: '' }] } };
}
const shown = (remarks: readonly Diagnostic[], text: string): readonly string[] => remarks.map(({ span: { start, end } }) => text.slice(start, end));

const TEXT = 'one two three four';

describe('remarks on a text that was changed', () => {
  const remarks = ['one', 'three', 'four'].map((words) => on(words, TEXT));
  it.each([
    ['before them', 'zero one two three four', ['one', 'three', 'four'], 3],
    ['between them', 'one 2 three four', ['one', 'three', 'four'], 3],
    ['within one', 'one two thrxee four', ['one', 'thrxee', 'four'], 2],
    ['beside one', 'one two threes four', ['one', 'threes', 'four'], 2],
    ['over the end of one', 'one two thrfour', ['one', 'four'], 2],
    ['over all', 'another', [], 0],
  ])('stand with their words: %s', (_, after, words, fixes) => {
    const moved = movedRemarks(remarks, TEXT, after);
    expect(shown(moved, after)).toEqual(words);
    expect(moved.filter(({ fix }) => fix !== undefined)).toHaveLength(fixes);
    for (const { span, fix } of moved) if (fix !== undefined) expect(fix.edits[0]!.span).toEqual(span);
  });
});

test('no remark stands outside the text, and a fix changes what it was made for', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 12 });
  fc.assert(
    fc.property(words, words, fc.nat(12), fc.nat(12), (before, after, from, length) => {
      const start = Math.min(from, before.length);
      const span = { start, end: Math.min(start + length, before.length) };
      const [moved] = movedRemarks([{ ...on('', before), span, fix: { title: '', edits: [{ span, text: '' }] } }], before, after);
      if (moved === undefined) return;
      expect(moved.span.start).toBeGreaterThanOrEqual(0);
      expect(moved.span.start).toBeLessThanOrEqual(moved.span.end);
      expect(moved.span.end).toBeLessThanOrEqual(after.length);
      const edit = moved.fix?.edits[0];
      if (edit !== undefined) expect(after.slice(edit.span.start, edit.span.end)).toBe(before.slice(span.start, span.end));
    }),
  );
});
