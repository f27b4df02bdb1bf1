/** The UTF-8 bytes of a text, each as the character of its number; a lone surrogate is the replacement character. */
export function utf8Of(text: string): string {
  let bytes = '';
  for (const char of text) {
    let code = char.codePointAt(0)!;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) bytes += String.fromCharCode(code);
    else if (code < 0x800) bytes += String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes += String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes += String.fromCharCode(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

/** The text of UTF-8 bytes; null where they are none. */
export function textOfUtf8(bytes: string): string | null {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const head = bytes.charCodeAt(at++);
    const more = head < 0x80 ? 0 : head >= 0xc2 && head < 0xe0 ? 1 : head >= 0xe0 && head < 0xf0 ? 2 : head >= 0xf0 && head < 0xf5 ? 3 : -1;
    if (more < 0) return null;
    let code = more === 0 ? head : head & (0x3f >> more);
    for (let count = 0; count < more; count++) {
      const next = bytes.charCodeAt(at++);
      if (Number.isNaN(next) || (next & 0xc0) !== 0x80) return null;
      code = (code << 6) | (next & 63);
    }
    if ((more === 2 && (code < 0x800 || (code >= 0xd800 && code <= 0xdfff))) || (more === 3 && (code < 0x10000 || code > 0x10ffff))) return null;
    text += String.fromCodePoint(code);
  }
  return text;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes, each as the character of its number, in base 64 with padding. */
export function base64Of(bytes: string): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b, c] = [bytes.charCodeAt(at), bytes.charCodeAt(at + 1), bytes.charCodeAt(at + 2)];
    text += LETTERS[a >> 2]! + LETTERS[((a & 3) << 4) | (b >> 4)]!;
    text += at + 1 < bytes.length ? LETTERS[((b & 15) << 2) | (c >> 6)]! : '=';
    text += at + 2 < bytes.length ? LETTERS[c & 63]! : '=';
  }
  return text;
}

/** The bytes of a base 64 text, padding wanted; null where it is none. */
export function bytesOfBase64(text: string): string | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  let bytes = '';
  for (let at = 0; at < text.length; at += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((offset) => LETTERS.indexOf(text[at + offset]!)) as [number, number, number, number];
    bytes += String.fromCharCode((a << 2) | (b >> 4));
    if (c >= 0) bytes += String.fromCharCode(((b & 15) << 4) | (c >> 2));
    if (d >= 0) bytes += String.fromCharCode(((c & 3) << 6) | d);
  }
  return bytes;
}
