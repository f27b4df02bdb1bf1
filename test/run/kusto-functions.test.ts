import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KUSTO_FUNCTIONS } from '../../src/run/dialect/kusto-functions';
import type { Value } from '../../src/run/value';

const call = (name: string, ...args: readonly Value[]): Value => KUSTO_FUNCTIONS.get(name)!.call!(args, { now: 0n });

describe('functions of Kusto that undo each other', () => {
  it('Punycode is the text again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (text) => {
        expect(call('punycode_to_string', call('punycode_from_string', text))).toBe(text);
      }),
    );
  });

  it('the place of a share of a beta distribution has that share', () => {
    const shape = fc.double({ min: 0.5, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), shape, shape, (share, a, b) => {
        expect(call('beta_cdf', call('beta_inv', share, a, b), a, b)).toBeCloseTo(share, 8);
      }),
    );
  });

  it('a value in another unit and back is the value', () => {
    const unit = fc.constantFrom('Kelvin', 'DegreeCelsius', 'DegreeFahrenheit', 'DegreeDelisle', 'DegreeRoemer', 'DegreeNewton');
    fc.assert(
      fc.property(fc.double({ min: -1000, max: 1000, noNaN: true }), unit, unit, (value, from, to) => {
        expect(call('convert_temperature', call('convert_temperature', value, from, to), to, from)).toBeCloseTo(value, 6);
      }),
    );
  });
});

describe('functions of Kusto by what they promise', () => {
  it('networks between two addresses hold exactly those addresses', () => {
    const address = fc.integer({ min: 0, max: 0xffffffff });
    const dotted = (bits: number): string => [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 100_000 }), (first, more) => {
        const last = Math.min(0xffffffff, first + more);
        const sizes = (call('ipv4_range_to_cidr_list', dotted(first), dotted(last)) as readonly string[]).map((net) => 2 ** (32 - Number(net.split('/')[1])));
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(last - first + 1);
      }),
    );
  });

  it('an array sorted beside another keeps their pairs', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.integer())), (pairs) => {
        const [left, right] = call(
          'array_sort_asc',
          pairs.map(([a]) => BigInt(a)),
          pairs.map(([, b]) => BigInt(b)),
        ) as readonly (readonly bigint[])[];
        const keys = (of: readonly (readonly [unknown, unknown])[]): readonly string[] => of.map((pair) => pair.join(' ')).toSorted();
        expect(keys(left!.map((value, at) => [value, right![at]]))).toEqual(keys(pairs));
        expect(left!.every((value, at) => at === 0 || left![at - 1]! <= value)).toBe(true);
      }),
    );
  });

  it('xxHash of every length agrees with the published vectors', () => {
    const hashed = (text: string): string => BigInt.asUintN(64, call('hash_xxhash64', text) as bigint).toString(16);
    expect(hashed('')).toBe('ef46db3751d8e999');
    expect(hashed('a')).toBe('d24ec4f1a98c6e5b');
    expect(hashed('abc')).toBe('44bc2cf5ad770999');
    expect(hashed('abcdefghijklmnopqrstuvwxyz')).toBe('cfe1f278fa89835c');
    expect(hashed('The quick brown fox jumps over the lazy dog')).toBe('b242d361fda71bc');
  });
});
