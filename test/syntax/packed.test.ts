import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packed, unpacked } from '../../src/syntax/packed';

const plain = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, undefined, true, false, 0, -0, -1, 1.5, 2 ** 27, -(2 ** 27), 2 ** 27 - 1, 2 ** 40, NaN, Infinity, '', 'a'),
    fc.string(),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'constructor', '1', ''), fc.string()), tie('any'), { maxKeys: 4 }),
  ),
})).any;

test('data comes out as a thread would copy it', () => {
  fc.assert(
    fc.property(plain, (data) => {
      expect(isDeepStrictEqual(unpacked(structuredClone(packed(data))), structuredClone(data))).toBe(true);
    }),
  );
});

test('one object in two places is one object still', () => {
  const shared = { a: [1] };
  const { x, y, z } = unpacked(packed({ x: shared, y: [shared], z: shared.a }));
  expect(y[0]).toBe(x);
  expect(z).toBe(x.a);
});
