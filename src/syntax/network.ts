/** What is wrong with an IP network in CIDR form, or null: the address, and the length of the prefix. */
export function problemOfNetwork(text: string): string | null {
  const network = networkIn(text);
  return typeof network === 'string' ? network : null;
}

/** The same where bits of a host behind the prefix are refused too, as Python's `ipaddress` does, by which Sigma reads networks. */
export function problemOfStrictNetwork(text: string): string | null {
  const network = networkIn(text);
  if (typeof network === 'string') return network;
  const { bytes, prefix } = network;
  for (let bit = prefix; bit < bytes.length * 8; bit++) {
    if (((bytes[bit >> 3]! >> (7 - (bit & 7))) & 1) === 1) return `the address has bits set beyond its prefix of ${prefix}; a network's own address has none`;
  }
  return null;
}

function networkIn(text: string): { readonly bytes: readonly number[]; readonly prefix: number } | string {
  const slash = text.indexOf('/');
  const address = slash === -1 ? text : text.slice(0, slash);
  const bytes = address.includes(':') ? bytesOfV6(address) : bytesOfV4(address);
  if (bytes === null) return 'this is no IPv4 or IPv6 network';
  const size = bytes.length * 8;
  const prefix = slash === -1 ? size : prefixOf(text.slice(slash + 1), size);
  return prefix === null ? `after the slash stands a prefix length from 0 to ${size}` : { bytes, prefix };
}

/** A prefix length, or a netmask or host mask of IPv4. */
function prefixOf(text: string, size: number): number | null {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= size ? Number(text) : null;
  const mask = size === 32 ? bytesOfV4(text) : null;
  if (mask === null) return null;
  let value = ((mask[0]! << 24) | (mask[1]! << 16) | (mask[2]! << 8) | mask[3]!) >>> 0;
  if (mask[0]! < 128 && value !== 0) value = ~value >>> 0;
  const prefix = value === 0 ? 0 : Math.clz32(~value >>> 0);
  const expected = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
  return value === expected ? prefix : null;
}

function bytesOfV4(text: string): readonly number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  const bytes: number[] = [];
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255 || (part.length > 1 && part[0] === '0')) return null;
    bytes.push(Number(part));
  }
  return bytes;
}

function bytesOfV6(text: string): readonly number[] | null {
  const [plain = '', zone] = text.split('%');
  if (plain.length > 45 || zone === '') return null;
  const halves = plain.split('::');
  if (halves.length > 2) return null;
  const groupsOf = (half: string): number[] | null => {
    const bytes: number[] = [];
    if (half === '') return bytes;
    const parts = half.split(':');
    for (const [index, part] of parts.entries()) {
      if (part.includes('.') && index === parts.length - 1) {
        const four = bytesOfV4(part);
        if (four === null) return null;
        bytes.push(...four);
      } else if (/^[\da-fA-F]{1,4}$/.test(part)) {
        const value = Number.parseInt(part, 16);
        bytes.push(value >> 8, value & 255);
      } else return null;
    }
    return bytes;
  };
  const head = groupsOf(halves[0]!);
  const tail = halves[1] === undefined ? [] : groupsOf(halves[1]);
  if (head === null || tail === null) return null;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return null;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}
