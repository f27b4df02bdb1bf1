import { Decompress } from 'fzstd';
import { Gunzip, Unzip, UnzipInflate } from 'fflate';
import type { ByteReader, Sink } from './sink';

/** Makes a reader for a file's bytes by what they are. */
type Inside = (sink: Sink) => ByteReader;

/** Compressed bytes are given to the libraries in pieces of this size: each may grow a thousandfold before it can be stopped. */
const PIECE = 1 << 14;

function pieces(bytes: Uint8Array, isStopped: () => boolean, push: (piece: Uint8Array) => void): void {
  for (let at = 0; at < bytes.length && !isStopped(); at += PIECE) push(bytes.subarray(at, at + PIECE));
}

/** What a compressed file holds; several gzip members or zstd frames one after the other are one file. */
export function compressedReader(kind: 'gzip' | 'zstd', sink: Sink, inside: ByteReader): ByteReader {
  let isBroken = false;
  const fail = (error: unknown): void => {
    if (!isBroken) sink.problem('file', 1, `The ${kind} data is damaged or cut (${sentenceOf(error)}); what came before was read.`);
    isBroken = true;
  };
  const give = (data: Uint8Array): void => {
    if (data.length > 0 && !sink.isStopped()) inside.push(data);
  };
  const stream = kind === 'gzip' ? new Gunzip(give) : new Decompress(give);
  // The libraries decode when the next piece comes: the last one is kept back to be given as the end.
  let last: Uint8Array | null = null;
  const send = (piece: Uint8Array, isLast: boolean): void => {
    if (isBroken) return;
    try {
      stream.push(piece, isLast);
    } catch (error) {
      fail(error);
    }
  };
  return {
    push(bytes) {
      pieces(
        bytes,
        () => isBroken || sink.isStopped(),
        (piece) => {
          if (last !== null) send(last, false);
          last = piece.slice();
        },
      );
    },
    end() {
      if (!sink.isStopped()) send(last ?? new Uint8Array(0), true);
      return inside.end();
    },
  };
}

/** The files of a zip archive, each read by what it is, as they come. */
export function zipReader(sink: Sink, inside: Inside): ByteReader {
  const waiting: (void | Promise<void>)[] = [];
  let isBroken = false;
  let found = 0;
  let open = 0;
  const unzip = new Unzip((file) => {
    found++;
    const entry = file.name.endsWith('/') ? null : sink.inner(`${sink.file} › ${file.name}`);
    const reader = entry === null ? null : inside(entry);
    let isBad = false;
    open++;
    file.ondata = (error, data, isLast) => {
      if (error !== null) {
        if (!isBad) entry?.problem('file', 1, `The file in the archive cannot be unpacked: ${sentenceOf(error)}.`);
        isBad = true;
      } else if (!isBad && data.length > 0 && entry !== null && !entry.isStopped()) reader!.push(data);
      if (isLast || error !== null) {
        open--;
        if (reader !== null) waiting.push(reader.end());
      }
    };
    try {
      file.start();
    } catch (error) {
      open--;
      entry?.problem('file', 1, `The file in the archive cannot be unpacked: ${sentenceOf(error)}.`);
      entry?.recognised('not read');
    }
  });
  unzip.register(UnzipInflate);
  function send(piece: Uint8Array, isLast: boolean): void {
    if (isBroken) return;
    try {
      unzip.push(piece, isLast);
    } catch (error) {
      isBroken = true;
      sink.problem('file', 1, `The zip archive is damaged (${sentenceOf(error)}); what came before was read.`);
    }
  }
  return {
    push: (bytes) =>
      pieces(
        bytes,
        () => isBroken || sink.isStopped(),
        (piece) => send(piece.slice(), false),
      ),
    async end() {
      if (!sink.isStopped()) send(new Uint8Array(0), true);
      if (!isBroken && !sink.isStopped() && open > 0) sink.problem('file', 1, 'The zip archive ends inside a file.');
      if (found === 0 && !isBroken) sink.problem('file', 1, 'The zip archive has no files.');
      await Promise.all(waiting);
    },
  };
}

const BLOCK = 512;

/** The files of a tar archive (POSIX ustar and pax, GNU's long names), each read by what it is, as they come. */
export function tarReader(sink: Sink, inside: Inside): ByteReader {
  const waiting: (void | Promise<void>)[] = [];
  const header = new Uint8Array(BLOCK);
  let headed = 0;
  let left = 0;
  let padding = 0;
  let reader: ByteReader | null = null;
  let extra: { readonly kind: 'pax' | 'name'; readonly bytes: Uint8Array; filled: number } | null = null;
  let longName: string | null = null;
  let isBroken = false;

  function begin(): void {
    if (header.every((byte) => byte === 0)) return;
    const sum = header.reduce((total, byte, place) => total + (place >= 148 && place < 156 ? 32 : byte), 0);
    const size = numberAt(124, 12);
    if (sum !== numberAt(148, 8) || size === null || size > Number.MAX_SAFE_INTEGER) {
      isBroken = true;
      return sink.problem('file', 1, "The tar archive is damaged: a file's header does not have its checksum. What came before was read.");
    }
    left = size;
    padding = (BLOCK - (size % BLOCK)) % BLOCK;
    const kind = String.fromCharCode(header[156]!);
    if ((kind === 'L' || kind === 'x') && size <= 1 << 20) {
      extra = { kind: kind === 'x' ? 'pax' : 'name', bytes: new Uint8Array(size), filled: 0 };
    } else if (kind === '0' || kind === '\0' || kind === '7') {
      const prefix = textAt(345, 155);
      const name = longName ?? (prefix === '' ? textAt(0, 100) : `${prefix}/${textAt(0, 100)}`);
      longName = null;
      const entry = sink.inner(`${sink.file} › ${name}`);
      reader = entry === null ? null : inside(entry);
    }
    if (left === 0) finish();
  }

  function finish(): void {
    if (extra !== null) {
      const text = latin(extra.bytes);
      longName = extra.kind === 'name' ? text.replace(/\0+$/, '') : (/(?:^|\n)\d+ path=([^\n]*)/.exec(text)?.[1] ?? longName);
      extra = null;
    }
    if (reader !== null) waiting.push(reader.end());
    reader = null;
  }

  const textAt = (from: number, length: number): string => latin(header.subarray(from, from + length)).replace(/\0[^]*$/, '');

  /** Octal digits, or base 256 where the first bit is set (GNU). */
  function numberAt(from: number, length: number): number | null {
    if (header[from]! & 0x80) {
      let value = header[from]! & 0x7f;
      for (let at = from + 1; at < from + length; at++) value = value * 256 + header[at]!;
      return value;
    }
    const text = textAt(from, length).trim();
    return /^[0-7]*$/.test(text) ? parseInt(text || '0', 8) : null;
  }

  return {
    push(bytes) {
      for (let at = 0; at < bytes.length && !isBroken && !sink.isStopped();) {
        const there = bytes.length - at;
        if (left > 0) {
          const now = Math.min(left, there);
          const piece = bytes.subarray(at, at + now);
          if (extra !== null) {
            extra.bytes.set(piece, extra.filled);
            extra.filled += now;
          } else reader?.push(piece);
          left -= now;
          at += now;
          if (left === 0) finish();
        } else if (padding > 0) {
          const now = Math.min(padding, there);
          padding -= now;
          at += now;
        } else {
          const now = Math.min(BLOCK - headed, there);
          header.set(bytes.subarray(at, at + now), headed);
          headed += now;
          at += now;
          if (headed === BLOCK) {
            headed = 0;
            begin();
          }
        }
      }
    },
    async end() {
      if ((left > 0 || headed > 0) && !isBroken && !sink.isStopped()) sink.problem('file', 1, 'The tar archive ends inside a file.');
      finish();
      await Promise.all(waiting);
    },
  };
}

const latin = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message.slice(0, 120) : String(error).slice(0, 120));
