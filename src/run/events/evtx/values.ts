import type { ChunkBytes } from './bytes';

/** Value types of binary XML (MS-EVEN6 2.2.12, and libevtx's description of the file). An array has bit 0x80 beside its members' type. */
export const NULL_TYPE = 0x00;
export const HEX64 = 0x15;
export const BINXML_TYPE = 0x21;
export const ARRAY_FLAG = 0x80;

/** Reads values as Windows writes them in an event's XML; keeps what makes the next one cheaper, so one serves a whole file. */
export interface Values {
  /** A value's text. Integers that Windows keeps as hexadecimal stay so (`0x378`), without leading zeros. */
  readonly text: (type: number, offset: number, size: number) => string;
  /** A small whole number, or null where the type or the value is none. */
  readonly number: (type: number, offset: number, size: number) => number | null;
  /** The texts of an array's members, empty ones too. */
  readonly list: (type: number, offset: number, size: number) => readonly string[];
}

export function valuesOf(chunk: ChunkBytes): Values {
  const { bytes, view } = chunk;
  const filetime = filetimes();

  function text(type: number, offset: number, size: number): string {
    switch (type) {
      case NULL_TYPE:
        return '';
      case 0x01:
        return unicode(offset, size);
      case 0x02:
        return ansi(offset, size);
      case 0x03:
        return size < 1 ? '' : String(view.getInt8(offset));
      case 0x04:
        return size < 1 ? '' : String(bytes[offset]!);
      case 0x05:
        return size < 2 ? '' : String(view.getInt16(offset, true));
      case 0x06:
        return size < 2 ? '' : String(view.getUint16(offset, true));
      case 0x07:
        return size < 4 ? '' : String(view.getInt32(offset, true));
      case 0x08:
        return size < 4 ? '' : String(view.getUint32(offset, true));
      case 0x09:
        return size < 8 ? '' : String(view.getBigInt64(offset, true));
      case 0x0a:
        return size < 8 ? '' : unsigned64(view.getUint32(offset, true), view.getUint32(offset + 4, true));
      case 0x0b:
        return size < 4 ? '' : String(view.getFloat32(offset, true));
      case 0x0c:
        return size < 8 ? '' : String(view.getFloat64(offset, true));
      case 0x0d:
        return size < 1 ? '' : (size < 4 ? bytes[offset]! : view.getUint32(offset, true)) === 0 ? 'false' : 'true';
      case 0x0f:
        return size < 16 ? hex(offset, size) : guid(offset);
      case 0x10: // size_t is a pointer: Windows writes it as hexadecimal.
        return size === 8 ? hex64(offset) : size === 4 ? hex32(offset) : hex(offset, size);
      case 0x11:
        return size < 8 ? '' : filetime(view.getUint32(offset, true), view.getUint32(offset + 4, true));
      case 0x12:
        return size < 16 ? hex(offset, size) : systemtime(offset);
      case 0x13:
        return sid(offset, size);
      case 0x14:
        return size < 4 ? '' : hex32(offset);
      case 0x15:
        return size < 8 ? '' : hex64(offset);
      case 0x23: // XML as text
        return unicode(offset, size);
      default: // 0x0e, and types that were never seen: the bytes are said, nothing is guessed.
        return hex(offset, size);
    }
  }

  function number(type: number, offset: number, size: number): number | null {
    switch (type) {
      case 0x04:
        return size < 1 ? null : bytes[offset]!;
      case 0x06:
        return size < 2 ? null : view.getUint16(offset, true);
      case 0x08:
        return size < 4 ? null : view.getUint32(offset, true);
      case 0x0a: {
        if (size < 8) return null;
        const high = view.getUint32(offset + 4, true);
        return high > 0x1fffff ? null : high * 4294967296 + view.getUint32(offset, true);
      }
      default: {
        const written = text(type, offset, size);
        return /^-?\d{1,15}$/.test(written) ? Number(written) : null;
      }
    }
  }

  function list(type: number, offset: number, size: number): readonly string[] {
    const member = type & ~ARRAY_FLAG;
    if (size === 0) return [];
    if (member === 0x01 || member === 0x02) {
      const whole = member === 0x01 ? chunk.text(offset, size >> 1) : latin(offset, size);
      return (whole.endsWith('\0') ? whole.slice(0, -1) : whole).split('\0').map(lineEnds);
    }
    const found: string[] = [];
    const end = offset + size;
    for (let at = offset; at < end;) {
      const width = member === 0x13 ? 8 + 4 * bytes[at + 1]! : member === 0x10 ? (size % 8 === 0 ? 8 : 4) : WIDTHS[member];
      // A type whose members' width is not known, or a rest: said whole.
      if (width === undefined || at + width > end) return [...found, hex(at, end - at)];
      found.push(text(member, at, width));
      at += width;
    }
    return found;
  }

  function unicode(offset: number, size: number): string {
    let units = size >> 1;
    // NULs at the end are the terminator and padding; blanks belong to the value.
    while (units > 0 && bytes[offset + units * 2 - 1] === 0 && bytes[offset + units * 2 - 2] === 0) units--;
    return lineEnds(chunk.text(offset, units));
  }

  function ansi(offset: number, size: number): string {
    let length = size;
    while (length > 0 && bytes[offset + length - 1] === 0) length--;
    return lineEnds(latin(offset, length));
  }

  function latin(offset: number, size: number): string {
    let written = '';
    for (let at = offset; at < offset + size; at++) {
      const byte = view.getUint8(at);
      written += byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252[byte - 0x80]! : String.fromCharCode(byte);
    }
    return written;
  }

  function hex(offset: number, size: number): string {
    if (size > 0) view.getUint8(offset + size - 1);
    let written = '';
    for (let at = offset; at < offset + size; at++) written += HEX[bytes[at]!]!;
    return written;
  }

  const hex32 = (offset: number): string => '0x' + view.getUint32(offset, true).toString(16);
  function hex64(offset: number): string {
    const high = view.getUint32(offset + 4, true);
    const low = view.getUint32(offset, true).toString(16);
    return high === 0 ? '0x' + low : '0x' + high.toString(16) + low.padStart(8, '0');
  }

  function guid(at: number): string {
    view.getUint8(at + 15);
    const first = HEX[bytes[at + 3]!]! + HEX[bytes[at + 2]!]! + HEX[bytes[at + 1]!]! + HEX[bytes[at]!]!;
    const middle = `${HEX[bytes[at + 5]!]!}${HEX[bytes[at + 4]!]!}-${HEX[bytes[at + 7]!]!}${HEX[bytes[at + 6]!]!}`;
    return `{${first}-${middle}-${hex(at + 8, 2)}-${hex(at + 10, 6)}}`;
  }

  /** MS-DTYP 2.4.2: the authority is big-endian, all else little; an authority beyond 32 bits is written as hexadecimal. */
  function sid(offset: number, size: number): string {
    if (size < 8 || size < 8 + 4 * bytes[offset + 1]!) return hex(offset, size);
    const authority = view.getUint16(offset + 2) * 4294967296 + view.getUint32(offset + 4);
    let written = `S-${bytes[offset]!}-${authority > 0xffffffff ? '0x' + authority.toString(16) : authority}`;
    for (let part = 0; part < bytes[offset + 1]!; part++) written += '-' + view.getUint32(offset + 8 + part * 4, true);
    return written;
  }

  function systemtime(at: number): string {
    const part = (place: number, digits: number): string => String(view.getUint16(at + place * 2, true)).padStart(digits, '0');
    return `${part(0, 4)}-${part(1, 2)}-${part(3, 2)}T${part(4, 2)}:${part(5, 2)}:${part(6, 2)}.${part(7, 3)}Z`;
  }

  return { text, number, list };
}

/** Line ends as every XML reader gives them (XML 1.0, 2.11): the events are XML, and other exports of them hold LF. */
const lineEnds = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

const unsigned64 = (low: number, high: number): string => (high <= 0x1fffff ? String(high * 4294967296 + low) : String((BigInt(high) << 32n) | BigInt(low)));

/** Ticks of 100 ns since 1601 as ISO text with nine digits behind the second; events of one second come together, so its text is remembered. */
function filetimes(): (low: number, high: number) => string {
  let lastSecond = NaN;
  let lastText = '';
  return (low, high) => {
    // 2^32 ticks are 429 s and 4,967,296 ticks: the parts stay below 2^53 for every date before the year 4000; later ones go the exact, slow way.
    let second: number;
    let ticks: number;
    if (high < 0x40000000) {
      const rest = high * 4967296 + low;
      second = high * 429 + Math.floor(rest / 10_000_000);
      ticks = rest % 10_000_000;
    } else {
      const all = (BigInt(high) << 32n) | BigInt(low);
      second = Number(all / 10_000_000n);
      ticks = Number(all % 10_000_000n);
    }
    if (second !== lastSecond) {
      lastSecond = second;
      // The largest count is the year 60056, which a Date holds.
      lastText = new Date((second - 11_644_473_600) * 1000).toISOString().slice(0, -4);
    }
    return lastText + String(ticks).padStart(7, '0') + '00Z';
  };
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
const WIDTHS: { readonly [type: number]: number } = {
  0x03: 1,
  0x04: 1,
  0x05: 2,
  0x06: 2,
  0x07: 4,
  0x08: 4,
  0x09: 8,
  0x0a: 8,
  0x0b: 4,
  0x0c: 8,
  0x0d: 4,
  0x0f: 16,
  0x11: 8,
  0x12: 16,
  0x14: 4,
  0x15: 8,
};
/** 0x80 to 0x9f of Windows-1252 (WHATWG Encoding): the file does not say which code page its ANSI texts have. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
