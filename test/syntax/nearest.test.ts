import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearest } from '../../src/syntax/nearest';

/** Slips between two texts by a table: slow and plainly right. */
function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const steps = [rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps.push(rows[i - 2]![j - 2]! + 1);
      row.push(Math.min(...steps));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

it('finds the name one or two slips away, the closest first', () => {
  expect(nearest('proces', ['product', 'process'])).toBe('process');
  expect(nearest('prcoess', ['process'])).toBe('process');
  expect(nearest('CommandLin', ['CommandLine'])).toBe('CommandLine');
  expect(nearest('detetcoin', ['detection'])).toBeUndefined();
  expect(nearest('detetcoin', ['detection'], 2)).toBe('detection');
  expect(nearest('abcd', ['abxy', 'abcx'], 2)).toBe('abcx');
  expect(nearest('ab', ['abc'])).toBeUndefined();
});

it('is as near as a table of slips says', () => {
  const name = fc.stringMatching(/^[abc]{3,7}$/);
  fc.assert(
    fc.property(name, fc.array(name, { maxLength: 6 }), fc.integer({ min: 1, max: 2 }), (written, known, slips) => {
      const least = Math.min(...known.map((one) => slipsBetween(written, one)));
      const found = nearest(written, known, slips);
      if (least > slips) expect(found).toBeUndefined();
      else expect(slipsBetween(written, found!)).toBe(least);
    }),
    { numRuns: 2000 },
  );
});
