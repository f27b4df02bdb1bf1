import type { ByteReader, Sink } from '../sink';
import { CHUNK } from './bytes';
import { type ChunkReader, chunkReader, isChunk } from './chunks';

const FILE_HEADER = 4096;
const MAGIC = [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0];

/** Whether a Windows event log begins here, or one chunk of it. */
export const isEvtx = (head: Uint8Array): boolean => MAGIC.every((byte, place) => head[place] === byte) || isChunk(head, 0);

/**
 * Readers by their columns: files of one kind use the same templates, and laying these out is most of the work in a small file. A chunk is read in one go,
 * so that files read at the same time do not meet.
 */
const readers = new WeakMap<object, ChunkReader>();
const EVERY_FIELD = {};

function readerFor(columns: ReadonlySet<string> | null): ChunkReader {
  const known = readers.get(columns ?? EVERY_FIELD);
  if (known !== undefined) return known;
  const made = chunkReader({ columns });
  readers.set(columns ?? EVERY_FIELD, made);
  return made;
}

/**
 * Reads an EVTX file chunk by chunk; holds one of them. The header's counts are not trusted: a log that was not closed has old ones. `columns` null reads
 * every field.
 */
export function evtxReader(sink: Sink, columns: ReadonlySet<string> | null): ByteReader {
  const chunks = readerFor(columns);
  const buffer = new Uint8Array(CHUNK);
  let filled = 0;
  let header: number | null = null;
  let skip = 0;
  let number = 0;
  const listener = {
    onEvent: sink.event,
    onDamage: (record: number | null, sentence: string) =>
      record === null ? sink.problem('chunk', number, sentence) : sink.problem('record', record, sentence),
  };

  function take(chunk: Uint8Array): void {
    number++;
    // Logs are made larger ahead of what is written.
    if (chunk.every((byte) => byte === 0)) return;
    chunks.read(chunk, listener);
  }

  return {
    push(bytes) {
      let at = 0;
      if (header === null) {
        const now = Math.min(FILE_HEADER - filled, bytes.length);
        buffer.set(bytes.subarray(0, now), filled);
        filled += now;
        at = now;
        if (filled < FILE_HEADER) return;
        begin();
      }
      while (at < bytes.length && !sink.isStopped()) {
        const there = bytes.length - at;
        if (skip > 0) {
          const now = Math.min(skip, there);
          skip -= now;
          at += now;
        } else if (filled === 0 && there >= CHUNK) {
          take(bytes.subarray(at, at + CHUNK));
          at += CHUNK;
        } else {
          const now = Math.min(CHUNK - filled, there);
          buffer.set(bytes.subarray(at, at + now), filled);
          filled += now;
          at += now;
          if (filled === CHUNK) {
            take(buffer);
            filled = 0;
          }
        }
      }
    },
    end() {
      if (sink.isStopped()) return;
      if (header === null) begin();
      if (filled > 0) take(buffer.subarray(0, filled));
    },
  };

  /** A chunk alone has no header before it. */
  function begin(): void {
    if (isChunk(buffer, 0)) {
      header = 0;
      return;
    }
    const size = buffer[40]! | (buffer[41]! << 8);
    header = size >= FILE_HEADER ? size : FILE_HEADER;
    if (filled < FILE_HEADER) sink.problem('file', 1, 'The log ends inside its header.');
    skip = header - FILE_HEADER;
    filled = 0;
  }
}
