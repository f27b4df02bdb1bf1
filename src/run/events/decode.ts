import type { ByteReader, Sink, TextReader } from './sink';

/** Both the browser's workers and Node have it; the core's library does not name it. */
declare const TextDecoder: new (
  label: string,
  options?: { readonly fatal?: boolean },
) => {
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
};

/** How a file's text is written in bytes; its label in the Encoding standard. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The encoding of a text by its mark or its first bytes; null: these are no text. */
export function encodingOf(head: Uint8Array): Encoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const length = Math.min(head.length, 4096);
  let even = 0;
  let odd = 0;
  let controls = 0;
  for (let at = 0; at < length; at++) {
    const byte = head[at]!;
    if (byte === 0 && at % 2 === 0) even++;
    else if (byte === 0) odd++;
    else if (byte < 9 || (byte > 13 && byte < 27)) controls++;
  }
  // Text of mostly ASCII letters in UTF-16 has a NUL in every other byte.
  if (length >= 4 && odd > length * 0.3 && even < length * 0.05) return 'utf-16le';
  if (length >= 4 && even > length * 0.3 && odd < length * 0.05) return 'utf-16be';
  if ((even + odd + controls) * 10 > length) return null;
  try {
    // The last character may be cut: three bytes fewer at most.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** The text of a file's first bytes, a cut character at its end left out. */
export const decodeHead = (head: Uint8Array, encoding: Encoding): string => new TextDecoder(encoding).decode(head, { stream: true });

/** Hands a file's bytes to a reader of text. Bytes that are no text are said once. */
export function decoded(encoding: Encoding, reader: TextReader, sink: Sink): ByteReader {
  const decoder = new TextDecoder(encoding);
  let told = encoding !== 'utf-8';
  if (encoding === 'windows-1252') sink.problem('file', 1, 'The file is not UTF-8; it was read as Windows-1252.');
  function pass(text: string): void {
    if (!told && text.includes('\ufffd')) {
      told = true;
      sink.problem('file', 1, 'Some bytes are no UTF-8, or were lost before; they are shown as \ufffd.');
    }
    reader.push(text);
  }
  return {
    push: (bytes) => pass(decoder.decode(bytes, { stream: true })),
    end() {
      const rest = decoder.decode();
      if (rest !== '') pass(rest);
      reader.end();
    },
  };
}
