import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blankEdits } from '../../src/state/blank-edits';
import { edited } from '../../src/syntax/edits';

const text = fc.array(fc.constantFrom(' ', '\n', 'a', 'B', '|', '\t', 'and', 'AND', '"x  y"')).map((parts) => parts.join(''));

test('edits give the other text, whatever both are', () => {
  fc.assert(fc.property(text, text, (before, after) => edited(before, blankEdits(before, after)) === after));
});

test('texts that differ in blanks are changed there and nowhere else', () => {
  expect(blankEdits('T|where  a', 'T\n| where a')).toEqual([
    { span: { start: 1, end: 1 }, text: '\n' },
    { span: { start: 2, end: 2 }, text: ' ' },
    { span: { start: 7, end: 9 }, text: ' ' },
  ]);
});
