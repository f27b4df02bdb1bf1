/** An address or network as 128 bits; IPv4 lies at ::ffff:0:0/96, so that a mapped address is the address. */
interface Network {
  readonly bits: bigint;
  /** How many of the 128 bits count. */
  readonly prefix: number;
  readonly isV4: boolean;
}

const MAPPED = 0xffffn << 32n;
const ALL = (1n << 128n) - 1n;

/** The 32 bits of four plain decimal parts; a part with a leading zero is none. */
function bitsOfV4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let bits = 0n;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    bits = (bits << 8n) | BigInt(part);
  }
  return bits;
}

function bitsOfV6(written: string): bigint | null {
  const zone = written.indexOf('%');
  const text = zone < 0 ? written : written.slice(0, zone);
  if (text.length > 45 || !text.includes(':')) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groupsOf = (half: string, isLast: boolean): bigint[] | null => {
    if (half === '') return [];
    const groups: bigint[] = [];
    const parts = half.split(':');
    for (const [at, part] of parts.entries()) {
      if (isLast && at === parts.length - 1 && part.includes('.')) {
        const four = bitsOfV4(part);
        if (four === null) return null;
        groups.push(four >> 16n, four & 0xffffn);
      } else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
      else return null;
    }
    return groups;
  };
  const head = groupsOf(halves[0]!, halves.length === 1);
  const tail = halves.length === 1 ? [] : groupsOf(halves[1]!, true);
  if (head === null || tail === null) return null;
  const gap = 8 - head.length - tail.length;
  if (halves.length === 1 ? gap !== 0 : gap < 1) return null;
  return [...head, ...Array.from({ length: gap }, () => 0n), ...tail].reduce((bits, group) => (bits << 16n) | group, 0n);
}

/** An IPv4 or IPv6 address, a zone (`%12`) aside; null for any other text. */
export function addressOf(text: string): Network | null {
  const first = text.charCodeAt(0);
  // Most values are no addresses: nothing else begins like one.
  if (!((first >= 48 && first <= 58) || (first >= 97 && first <= 102) || (first >= 65 && first <= 70))) return null;
  const four = text.includes(':') ? null : bitsOfV4(text);
  if (four !== null) return { bits: MAPPED | four, prefix: 128, isV4: true };
  const six = bitsOfV6(text);
  return six === null ? null : { bits: six, prefix: 128, isV4: six >> 32n === 0xffffn };
}

/** `10.0.0.0/8`, `fc00::/7`, a single address, a netmask (`10.0.0.0/255.0.0.0`); bits beyond the prefix are dropped. */
export function networkOf(text: string): Network | null {
  const slash = text.indexOf('/');
  const address = addressOf(slash < 0 ? text : text.slice(0, slash));
  if (address === null || slash < 0) return address;
  const after = text.slice(slash + 1);
  const isV4 = !text.slice(0, slash).includes(':');
  let length: number;
  if (/^\d{1,3}$/.test(after)) length = Number(after);
  else {
    const mask = isV4 ? bitsOfV4(after) : null;
    if (mask === null) return null;
    const bits = mask.toString(2).padStart(32, '0');
    if (!/^1*0*$/.test(bits)) return null;
    length = bits.replace(/0+$/, '').length;
  }
  if (length > (isV4 ? 32 : 128)) return null;
  const prefix = isV4 ? 96 + length : length;
  return { bits: address.bits & maskOf(prefix), prefix, isV4 };
}

const maskOf = (prefix: number): bigint => ALL ^ ((1n << BigInt(128 - prefix)) - 1n);

export const liesIn = (address: Network, { bits, prefix }: Network): boolean => (address.bits & maskOf(prefix)) === bits;
