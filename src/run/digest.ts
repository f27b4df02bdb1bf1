import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { utf8Of } from '../syntax/encoding';

const HASHES: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = { md5, sha1, sha256, sha512, 'sha-1': sha1, 'sha-256': sha256, 'sha-512': sha512 };

/** The digest of a text's UTF-8 bytes in hexadecimal digits; null: the algorithm is not known. */
export function digestOf(algorithm: string, text: string): string | null {
  const hash = HASHES[algorithm.toLowerCase()];
  if (hash === undefined) return null;
  const bytes = Uint8Array.from(utf8Of(text), (char) => char.charCodeAt(0));
  return [...hash(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
