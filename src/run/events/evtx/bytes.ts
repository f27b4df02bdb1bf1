/** Every chunk of an EVTX file has this many bytes, and all offsets in it count from its start. */
export const CHUNK = 65_536;

/** One chunk's bytes, read at any offset; a read outside throws a RangeError, which ends the record that asked for it. */
export interface ChunkBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Fills it with a chunk, which may be shorter. */
  readonly fill: (source: Uint8Array) => void;
  /** UTF-16 text of some units, unpaired surrogates kept. Holds none of the chunk. */
  readonly text: (offset: number, units: number) => string;
}

/** A chunk's buffer to be filled again and again: copying 64 KB is cheaper than views for each chunk, and makes any input aligned. */
export function chunkBytes(): ChunkBytes {
  const bytes = new Uint8Array(CHUNK);
  const even = new Uint16Array(bytes.buffer);
  // Strings may start at odd offsets: for these the whole chunk is copied once, moved by a byte.
  const moved = new Uint8Array(CHUNK);
  const odd = new Uint16Array(moved.buffer);
  let isMoved = false;
  return {
    bytes,
    view: new DataView(bytes.buffer),
    fill(source) {
      bytes.set(source.length > CHUNK ? source.subarray(0, CHUNK) : source);
      if (source.length < CHUNK) bytes.fill(0, source.length);
      isMoved = false;
    },
    text(offset, units) {
      if (units === 0) return '';
      if (offset + units * 2 > CHUNK) throw new RangeError('text outside its chunk');
      if ((offset & 1) === 1 && !isMoved) {
        moved.set(bytes.subarray(1));
        isMoved = true;
      }
      const from = offset >> 1;
      const source = (offset & 1) === 1 ? odd : even;
      if (units <= 8192) return String.fromCharCode.apply(null, source.subarray(from, from + units) as unknown as number[]);
      let text = '';
      for (let at = from; at < from + units; at += 8192)
        text += String.fromCharCode.apply(null, source.subarray(at, Math.min(at + 8192, from + units)) as unknown as number[]);
      return text;
    },
  };
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC-32 (IEEE) over ranges of the bytes, as the chunk's header keeps it. */
export function crc32(bytes: Uint8Array, ranges: readonly (readonly [from: number, to: number])[]): number {
  let crc = 0xffffffff;
  for (const [from, to] of ranges) for (let at = from; at < to; at++) crc = CRC[(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
