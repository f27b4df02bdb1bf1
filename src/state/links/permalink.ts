import { deflateSync, Inflate } from 'fflate';
import { base64urlOf, bytesOfBase64url } from './base64url';
import { crc32 } from './checksum';
import { isLink, PREFIX } from './link-address';

/** Bytes of text a link may hold. */
export const MAX_TEXT = 1_048_576;
/** Characters of payload: browsers give up on an address somewhere above two million. */
const MAX_PAYLOAD = 1_900_000;
/** From here on chat programs and mail begin to cut an address. */
export const LONG_LINK = 2_000;

const VERSION = 'v1';
/** Of a link that holds tests too, in a fourth part: older pages know that they do not know it. */
const WITH_TESTS = 'v2';
/** What stands for a format in the checksum of the tests. */
const TESTS = 'tests';

/** What a link holds, or in plain words why it cannot be opened. */
type Opened =
  | { readonly kind: 'text'; readonly format: string; readonly text: string; /** JSON; '' for none. */ readonly tests: string }
  | { readonly kind: 'problem'; readonly message: string };

const KEPT = 'None of your drafts changed.';
const DAMAGED: Opened = { kind: 'problem', message: `This link is damaged: its text is incomplete or was changed on the way. Ask for it again. ${KEPT}` };
const TOO_LARGE: Opened = { kind: 'problem', message: `This link holds more than ${MAX_TEXT / 1_048_576} MB of text, so it is not opened. ${KEPT}` };
const FUTURE: Opened = {
  kind: 'problem',
  message: `This link was made by a newer Rulewright. Reload this page to get the newest version, then open it again. ${KEPT}`,
};

/** A well-formed text goes as UTF-8; one with lone surrogates, which UTF-8 cannot hold, as UTF-16, low byte first. */
const UTF8 = 0;
const UTF16 = 1;

/**
 * `#/d/v1/<format>/<payload>`: base64url of four bytes of checksum (of format and bytes), one byte of encoding, and the deflated text.
 * With tests, a text of JSON: `#/d/v2/<format>/<payload>/<tests>`, packed alike. Null when the text is too large for a link. The same text gives the same link.
 */
export function linkOf(format: string, text: string, tests = ''): string | null {
  const [payload, more] = [packedOf(format, text), tests === '' ? '' : packedOf(TESTS, tests)];
  if (payload === null || more === null || payload.length + more.length > MAX_PAYLOAD) return null;
  return `${PREFIX}${tests === '' ? VERSION : WITH_TESTS}/${encodeURIComponent(format)}/${payload}${tests === '' ? '' : `/${more}`}`;
}

function packedOf(format: string, text: string): string | null {
  if (text.length > MAX_TEXT) return null;
  const [encoding, bytes] = hasLoneSurrogate(text) ? [UTF16, utf16Of(text)] : [UTF8, new TextEncoder().encode(text)];
  if (bytes.length > MAX_TEXT) return null;
  const deflated = deflateSync(bytes, { level: 9 });
  const packed = new Uint8Array(5 + deflated.length);
  new DataView(packed.buffer).setUint32(0, checksumOf(format, encoding, bytes));
  packed[4] = encoding;
  packed.set(deflated, 5);
  return base64urlOf(packed);
}

/** Opens the hash of a link. Never throws, and never gives another text than the one that was linked. */
export function openLink(hash: string, isFormat: (id: string) => boolean): Opened {
  const parts = hash.slice(PREFIX.length).split('/');
  const [version = '', rawFormat = '', payload = '', more = ''] = parts;
  if (!isLink(hash)) return DAMAGED;
  if (version !== VERSION && version !== WITH_TESTS) return /^v[1-9]\d{0,3}$/.test(version) ? FUTURE : DAMAGED;
  if (parts.length !== (version === VERSION ? 3 : 4)) return DAMAGED;
  if (payload.length + more.length > MAX_PAYLOAD) return TOO_LARGE;
  const format = decoded(rawFormat);
  if (format === null) return DAMAGED;
  const text = unpacked(format, payload);
  const tests = version === VERSION ? { text: '' } : unpacked(TESTS, more);
  if (text === 'damaged' || tests === 'damaged') return DAMAGED;
  if (text === 'too large' || tests === 'too large') return TOO_LARGE;
  if (!isFormat(format)) {
    return {
      kind: 'problem',
      message: `This link holds a rule in “${format}”, which this version does not know. Reload the page to get the newest version. ${KEPT}`,
    };
  }
  return { kind: 'text', format, text: text.text, tests: tests.text };
}

function unpacked(format: string, payload: string): { readonly text: string } | 'damaged' | 'too large' {
  const packed = bytesOfBase64url(payload);
  if (packed === null || packed.length < 6) return 'damaged';
  const bytes = inflate(packed.subarray(5));
  if (typeof bytes === 'string') return bytes;
  const encoding = packed[4]!;
  if (new DataView(packed.buffer).getUint32(0) !== checksumOf(format, encoding, bytes)) return 'damaged';
  const text = textOf(encoding, bytes);
  return text === null ? 'damaged' : { text };
}

const hasLoneSurrogate = (text: string): boolean => /\p{Surrogate}/u.test(text);

const checksumOf = (format: string, encoding: number, bytes: Uint8Array): number =>
  crc32(bytes, crc32(Uint8Array.of(encoding), crc32(new TextEncoder().encode(format))));

function utf16Of(text: string): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), true);
  return new Uint8Array(view.buffer);
}

function textOf(encoding: number, bytes: Uint8Array): string | null {
  if (encoding === UTF16) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const units: string[] = [];
    for (let at = 0; at + 1 < bytes.length; at += 2) units.push(String.fromCharCode(view.getUint16(at, true)));
    return bytes.length % 2 === 0 ? units.join('') : null;
  }
  if (encoding !== UTF8) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Inflates in small steps and stops at the cap, so that no link can fill the memory. */
function inflate(deflated: Uint8Array): Uint8Array | 'damaged' | 'too large' {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream = new Inflate((chunk) => {
    size += chunk.length;
    if (size <= MAX_TEXT) chunks.push(chunk);
  });
  try {
    const STEP = 1_024;
    for (let at = 0; at < deflated.length; at += STEP) {
      stream.push(deflated.subarray(at, at + STEP), at + STEP >= deflated.length);
      if (size > MAX_TEXT) return 'too large';
    }
  } catch {
    return 'damaged';
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
