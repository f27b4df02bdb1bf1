import type { Test } from '../../model';
import { compareNumbers } from '../arithmetic';
import type { RunFunction } from '../dialect';
import { addressOf, liesIn, networkOf } from '../network';
import { NULL, truthOf, type Truth } from '../truth';
import { isList, textOf, type Value } from '../value';
import { kustoText } from './kusto-values';

const inNetworks = (value: Value, nets: readonly Value[], is6: boolean): Value => {
  const address = networkOf(textOf(value));
  if (address === null || (!is6 && !address.isV4)) return null;
  let isKnown = false;
  for (const net of nets.flatMap((one) => (isList(one) ? one : [one]))) {
    const network = networkOf(textOf(net));
    if (network === null || (!is6 && !network.isV4)) continue;
    isKnown = true;
    if (address.prefix >= network.prefix && liesIn(address, network)) return true;
  }
  return isKnown ? false : null;
};

/** Whether an address of its function's kind lies in a network; of what is none nothing is said. */
export function inNetwork(value: Value, network: string, { modifiers = [] }: Test): Truth {
  const found = inNetworks(
    value,
    [network],
    modifiers.some((name) => name.startsWith('ipv6')),
  );
  return found === null ? NULL : truthOf(found === true);
}

const v4 = (value: Value): { bits: bigint; prefix: number } | null => {
  const network = networkOf(textOf(value));
  return network === null || !network.isV4 || network.prefix < 96 ? null : { bits: network.bits & 0xffffffffn, prefix: network.prefix - 96 };
};

const dotted = (value: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');

/** Two addresses compared to a prefix: 0 the same, -1 and 1 less and more; null for what is none. */
const compareV4 = ([left, right, mask]: readonly Value[]): bigint | null => {
  const [a, b] = [v4(left!), v4(right!)];
  if (a === null || b === null) return null;
  const prefix = Math.min(a.prefix, b.prefix, mask === undefined ? 32 : Number(mask));
  const shift = BigInt(32 - prefix);
  return BigInt(compareNumbers(a.bits >> shift, b.bits >> shift));
};

/** The bits of an address whose IPv4 part may stand behind two colons. */
const v6 = (value: Value): ReturnType<typeof networkOf> => networkOf(textOf(value).replace(/^::(?=\d+\.)/, ''));

/** Two addresses compared to a prefix of 128 bits. */
const compareV6 = ([left, right, mask = 128n]: readonly Value[]): bigint | null => {
  const [a, b] = [v6(left!), v6(right!)];
  if (a === null || b === null) return null;
  const shift = BigInt(128 - Math.min(a.prefix, b.prefix, Number(mask)));
  return BigInt(compareNumbers(a.bits >> shift, b.bits >> shift));
};

/** An address in eight groups of four digits, cut to a prefix; an empty text for what is none. */
function canonical(value: Value, mask: Value): string {
  const found = v6(value);
  const most = Number(mask);
  if (found === null || !(most >= 0 && most <= 128)) return '';
  const shift = BigInt(128 - Math.min(found.prefix, most));
  const digits = ((found.bits >> shift) << shift).toString(16).padStart(32, '0');
  return digits.replace(/(.{4})(?!$)/g, '$1:');
}

/** The fewest networks that hold exactly the addresses between two. */
function networksOf(from: Value, to: Value): Value {
  const [first, last] = [v4(from), v4(to)];
  if (first === null || last === null) return null;
  const found: string[] = [];
  for (let at = first.bits; at <= last.bits;) {
    let size = 1n;
    while (at % (size * 2n) === 0n && at + size * 2n - 1n <= last.bits && size < 1n << 32n) size *= 2n;
    found.push(`${dotted(at)}/${32 - (size.toString(2).length - 1)}`);
    at += size;
  }
  return found;
}

/** An address cut to the shorter of its own prefix and the one given; null for what is none. */
function masked([value, mask = 32n]: readonly Value[]): { readonly text: string; readonly prefix: number } | null {
  const found = typeof value === 'bigint' ? { bits: value & 0xffffffffn, prefix: 32 } : v4(value!);
  const most = Number(mask);
  if (found === null || !(most >= 0 && most <= 32)) return null;
  const prefix = Math.min(found.prefix, most);
  const shift = BigInt(32 - prefix);
  return { text: dotted((found.bits >> shift) << shift), prefix };
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** Functions of Kusto over addresses. */
export const KUSTO_NETWORKS: readonly (readonly [string, RunFunction])[] = [
  ['parse_ipv4', { takesNull: true, call: ([value]) => v4(value ?? null)?.bits ?? null }],
  ['ipv4_is_match', { call: (args) => (compareV4(args) === null ? null : compareV4(args) === 0n) }],
  ['ipv4_compare', { call: compareV4 }],
  ['ipv4_is_in_range', { call: ([value, net]) => inNetworks(value!, [net!], false) }],
  ['ipv4_is_in_any_range', { call: ([value, ...nets]) => inNetworks(value!, nets, false) }],
  ['ipv6_is_in_range', { call: ([value, net]) => inNetworks(value!, [net!], true) }],
  ['ipv6_is_in_any_range', { call: ([value, ...nets]) => inNetworks(value!, nets, true) }],
  ['ipv4_is_private', { call: ([value]) => inNetworks(value!, PRIVATE, false) }],
  [
    'ipv4_netmask_suffix',
    {
      call: ([value]) => {
        const found = v4(value!);
        return found === null ? null : BigInt(found.prefix);
      },
    },
  ],
  ['format_ipv4', { call: (args) => masked(args)?.text ?? '' }],
  [
    'format_ipv4_mask',
    {
      call: (args) => {
        const found = masked(args);
        return found === null ? '' : `${found.text}/${found.prefix}`;
      },
    },
  ],
  ['parse_ipv6', { call: ([value]) => canonical(value!, 128n) }],
  ['parse_ipv6_mask', { call: ([value, mask]) => canonical(value!, mask!) }],
  ['ipv6_compare', { call: compareV6 }],
  ['ipv6_is_match', { call: (args) => (compareV6(args) === null ? null : compareV6(args) === 0n) }],
  ['ipv4_range_to_cidr_list', { call: ([from, to]) => networksOf(from!, to!) }],
  [
    'parse_ipv4_mask',
    {
      call: ([value, mask]) => {
        const found = v4(value!);
        if (found === null) return null;
        const shift = BigInt(32 - Math.min(32, Number(mask)));
        return (found.bits >> shift) << shift;
      },
    },
  ],
  [
    'has_ipv4',
    {
      call: ([text, address]) => {
        const sought = addressOf(kustoText(address!));
        if (sought === null || !sought.isV4) return false;
        return [...kustoText(text!).matchAll(/(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/g)].some(([one]) => addressOf(one)?.bits === sought.bits);
      },
    },
  ],
  [
    'has_any_ipv4',
    {
      call: ([text, ...addresses]) => {
        const bits = new Set(addresses.flatMap((one) => (isList(one) ? one : [one])).map((one) => addressOf(kustoText(one))?.bits));
        return [...kustoText(text!).matchAll(/(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/g)].some(([one]) => {
          const found = addressOf(one)?.bits;
          return found !== undefined && bits.has(found);
        });
      },
    },
  ],
];
