import type { Event } from '../../../model';
import { CHUNK, chunkBytes, crc32 } from './bytes';
import { recordsOf } from './records';

/** What reading a chunk tells. */
interface ChunkListener {
  /** The record's number is the one it carries itself. */
  readonly onEvent: (event: Event, record: number) => void;
  /** `record` null: the chunk as a whole. */
  readonly onDamage: (record: number | null, sentence: string) => void;
}

export interface ChunkReader {
  /** Reads a chunk of 64 KB or less; false: stop was asked for. Never throws. */
  readonly read: (source: Uint8Array, listener: ChunkListener) => void;
}

/** What to read. `columns` null: every field. `keepTemplates` false reads each chunk's templates anew (slower, the same events). */
interface ChunkOptions {
  readonly columns: ReadonlySet<string> | null;
  readonly keepTemplates?: boolean;
}

const HEADER = 512;
const RECORD_HEADER = 24;
const RECORD_MAGIC = 0x00002a2a;

/** Whether a chunk begins here: `ElfChnk` and a NUL. */
export const isChunk = (bytes: Uint8Array, at: number): boolean => MAGIC.every((byte, place) => bytes[at + place] === byte);
const MAGIC = [0x45, 0x6c, 0x66, 0x43, 0x68, 0x6e, 0x6b, 0];

/** Reads chunk after chunk of EVTX files: records by their magic and size up to the chunk's free space; a broken one is passed over and said. */
export function chunkReader({ columns, keepTemplates = true }: ChunkOptions): ChunkReader {
  const chunk = chunkBytes();
  const { bytes, view } = chunk;
  const records = recordsOf(chunk, columns, keepTemplates);

  /** The next place from which a record can be read: magic, and a size that stands at its end again. */
  function nextRecord(from: number, end: number): number {
    for (let at = from; at + RECORD_HEADER + 4 <= end; at++) if (bytes[at] === 0x2a && bytes[at + 1] === 0x2a && isWhole(at, end)) return at;
    return end;
  }

  function isWhole(at: number, end: number): boolean {
    if (view.getUint32(at, true) !== RECORD_MAGIC) return false;
    const size = view.getUint32(at + 4, true);
    return size >= RECORD_HEADER + 4 && size <= end - at && view.getUint32(at + size - 4, true) === size;
  }

  return {
    read(source, { onEvent, onDamage }) {
      chunk.fill(source);
      records.newChunk();
      if (!isChunk(bytes, 0)) return onDamage(null, 'no chunk begins where one should');
      const crc = crc32(bytes, [
        [0, 120],
        [128, HEADER],
      ]);
      if (crc !== view.getUint32(124, true)) onDamage(null, "the chunk's header does not have its checksum: what follows may be damaged");
      const free = view.getUint32(48, true);
      // A header that names no sensible end does not end the records: their magic does.
      const end = Math.min(free > HEADER && free <= CHUNK ? free : CHUNK, Math.max(source.length, HEADER));
      if (free > source.length && free <= CHUNK) onDamage(null, 'the file ends inside the chunk');
      let at = HEADER;
      while (at + RECORD_HEADER + 4 <= end) {
        if (!isWhole(at, end)) {
          if (bytes[at] === 0 && bytes[at + 1] === 0 && free > CHUNK) break;
          const next = nextRecord(at + 1, end);
          onDamage(null, `${next - at} bytes at ${at} are no record`);
          at = next;
          continue;
        }
        const size = view.getUint32(at + 4, true);
        const record = view.getUint32(at + 8, true) + view.getUint32(at + 12, true) * 4294967296;
        let event: Event | null = null;
        try {
          event = records.read(at + RECORD_HEADER, at + size - 4);
        } catch (error) {
          // The bytes' reader throws for damage, and for nothing else.
          if (!(error instanceof RangeError)) throw error;
          onDamage(record, `the record cannot be read: ${/^[a-z]+ [a-z]+ [a-z ]+$/.test(error.message) ? error.message : 'a value outside its chunk'}`);
        }
        if (event !== null) onEvent(event, record);
        at += size;
      }
    },
  };
}
