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

const twins = fc.letrec((tie) => ({
  // Mostly alike, so that much is the same at its place and some is not.
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, undefined, 0, -0, 1, 1.5, 'a', 'b'),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__', '0'), tie('any'), { maxKeys: 3 }),
  ),
})).any;

test('data packed onto earlier data comes out the same, whatever stood there', () => {
  fc.assert(
    fc.property(fc.array(twins, { minLength: 1, maxLength: 4 }), (versions) => {
      let [sent, held]: [unknown, unknown] = [undefined, undefined];
      for (const version of versions) {
        held = unpacked(structuredClone(packed(version, sent)), held);
        sent = version;
        expect(isDeepStrictEqual(held, structuredClone(version))).toBe(true);
      }
    }),
  );
});

test('what did not change stays the very object', () => {
  const first = {
    list: [
      { at: 1, text: 'a' },
      { at: 2, text: 'b' },
    ],
    other: { deep: [{ x: 1 }] },
  };
  const held = unpacked(packed(first));
  const after = unpacked(
    packed(
      {
        ...structuredClone(first),
        list: [
          { at: 1, text: 'a' },
          { at: 2, text: 'c' },
          { at: 3, text: 'd' },
        ],
      },
      first,
    ),
    held,
  );
  expect(after.other).toBe(held.other);
  expect(after.list[0]).toBe(held.list[0]);
  expect(after.list[1]).toEqual({ at: 2, text: 'c' });
});

test('shared lists beside equal ones are walked once each', () => {
  const chain = (): unknown => {
    let node: readonly unknown[] = [1];
    for (let depth = 0; depth < 60; depth++) node = [node, node];
    return node;
  };
  const first = chain();
  const held = unpacked(packed(first));
  expect(unpacked(packed(chain(), first), held)).toBe(held);
});
