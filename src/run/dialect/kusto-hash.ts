import { utf8Of } from '../../syntax/encoding';
import { refused, type RunFunction } from '../dialect';
import { isMoment, isNumber, type Value } from '../value';
import { longOf } from './kusto-values';

const ALL = 0xffffffffffffffffn;
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

const turned = (value: bigint, by: bigint): bigint => ((value << by) | (value >> (64n - by))) & ALL;
const round = (sum: bigint, lane: bigint): bigint => (turned((sum + lane * P2) & ALL, 31n) * P1) & ALL;

/** xxHash of 64 bits without a seed. */
function xxHash(bytes: readonly number[]): bigint {
  const read = (at: number, width: number): bigint => {
    let value = 0n;
    for (let index = width - 1; index >= 0; index--) value = (value << 8n) | BigInt(bytes[at + index]!);
    return value;
  };
  let at = 0;
  let hash = P5;
  if (bytes.length >= 32) {
    let lanes = [(P1 + P2) & ALL, P2, 0n, ALL & -P1];
    for (; at + 32 <= bytes.length; at += 32) lanes = lanes.map((lane, index) => round(lane, read(at + 8 * index, 8)));
    hash = lanes.reduce((sum, lane, index) => (sum + turned(lane, [1n, 7n, 12n, 18n][index]!)) & ALL, 0n);
    for (const lane of lanes) hash = ((hash ^ round(0n, lane)) * P1 + P4) & ALL;
  }
  hash = (hash + BigInt(bytes.length)) & ALL;
  for (; at + 8 <= bytes.length; at += 8) hash = (turned(hash ^ round(0n, read(at, 8)), 27n) * P1 + P4) & ALL;
  if (at + 4 <= bytes.length) {
    hash = (turned(hash ^ ((read(at, 4) * P1) & ALL), 23n) * P2 + P3) & ALL;
    at += 4;
  }
  for (; at < bytes.length; at++) hash = (turned(hash ^ ((BigInt(bytes[at]!) * P5) & ALL), 11n) * P1) & ALL;
  hash = ((hash ^ (hash >> 33n)) * P2) & ALL;
  hash = ((hash ^ (hash >> 29n)) * P3) & ALL;
  return hash ^ (hash >> 32n);
}

/** Texts by their UTF-8 bytes, times by their ticks. What other types are hashed by is not told. */
function bytesOf(value: Value): readonly number[] {
  if (typeof value === 'string') return Array.from(utf8Of(value), (char) => char.charCodeAt(0));
  if (isMoment(value)) return Array.from({ length: 8 }, (_, at) => Number((longOf(value)! >> BigInt(8 * at)) & 255n));
  throw refused('a hash of what is neither a text nor a time');
}

const hash: RunFunction = {
  call([value, by]) {
    const found = BigInt.asIntN(64, xxHash(bytesOf(value!)));
    if (by === undefined) return found;
    if (!isNumber(by) || !Number.isSafeInteger(Number(by)) || Number(by) < 1) throw refused('a hash by what is no whole number above zero');
    const size = BigInt(by);
    return ((found % size) + size) % size;
  },
};

/** Hashes of Kusto that are no digests. */
export const KUSTO_HASHES: readonly (readonly [string, RunFunction])[] = [
  ['hash', hash],
  ['hash_xxhash64', hash],
];
