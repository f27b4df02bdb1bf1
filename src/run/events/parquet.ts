import type { FileMetaData, SchemaTree } from 'hyparquet';
import type { EventValue } from '../../model';
import { type Draft, set } from './put';
import { type ByteReader, CAPS, type Sink } from './sink';

/**
 * Reads a Parquet file's rows. Its directory stands at its end, so the file is held; the library is loaded when the first such file is met, and its
 * decompressors are plain code: the WebAssembly ones that go with it would be refused by the page's policy.
 */
export function parquetReader(sink: Sink): ByteReader {
  const parts: Uint8Array[] = [];
  let length = 0;
  return {
    push(bytes) {
      length += bytes.length;
      if (length > CAPS.held) {
        if (parts.length > 0) sink.cut(`The Parquet file has more than ${CAPS.held >> 20} MB; it was not read.`);
        parts.length = 0;
      } else parts.push(bytes.slice());
    },
    async end() {
      if (length > CAPS.held || sink.isStopped()) return;
      const whole = new Uint8Array(length);
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      parts.length = 0;
      try {
        await readRows(whole.buffer, sink);
      } catch (error) {
        // The library throws for files that are damaged or use what it has not.
        sink.problem('file', 1, `The Parquet file cannot be read further: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}.`);
      }
    },
  };
}

const ROWS = 4096;

async function readRows(buffer: ArrayBuffer, sink: Sink): Promise<void> {
  const [{ parquetMetadata, parquetReadObjects, parquetSchema }, { decompress }, { gunzipSync }] = await Promise.all([
    import('hyparquet'),
    import('fzstd'),
    import('fflate'),
  ]);
  const sized =
    (unpack: (input: Uint8Array, output: Uint8Array) => Uint8Array) =>
    (input: Uint8Array, outputLength: number): Uint8Array => {
      if (outputLength > CAPS.held) throw new Error('a page of it would unpack to too many bytes');
      return unpack(input, new Uint8Array(outputLength));
    };
  const compressors = {
    ZSTD: sized((input, output) => decompress(input, output)),
    GZIP: sized((input, output) => gunzipSync(input, { out: output })),
  };
  const metadata = parquetMetadata(buffer);
  if (!hasItsColumns(metadata, parquetSchema(metadata))) throw new Error('its columns are not those of its schema');
  const rows = Number(metadata.num_rows);
  let from = 0;
  for (const group of metadata.row_groups) {
    const groupEnd = Math.min(rows, from + Number(group.num_rows));
    for (; from < groupEnd && !sink.isStopped(); from += ROWS) {
      const read = await parquetReadObjects({ file: buffer, metadata, rowStart: from, rowEnd: Math.min(from + ROWS, groupEnd), compressors });
      for (const row of read) {
        const event: Draft = {};
        for (const name of Object.keys(row)) set(event, name, plain(row[name], 0));
        sink.event(event);
      }
    }
    from = groupEnd;
  }
}

/** Whether each group of rows has the schema's columns, each once: the library starts to read a column that it then does not ask for, and nobody hears of its failure. */
function hasItsColumns({ row_groups: groups }: FileMetaData, schema: SchemaTree): boolean {
  const leavesOf = ({ path, children }: SchemaTree): readonly string[] => (children.length === 0 ? [path.join('\0')] : children.flatMap(leavesOf));
  const wanted = schema.children.flatMap(leavesOf).sort();
  return groups.every(({ columns }) => {
    const found = columns.map(({ meta_data: data }) => data?.path_in_schema.join('\0')).sort();
    return found.length === wanted.length && found.every((path, at) => path === wanted[at]);
  });
}

/** A value of the library as an event has it: whole numbers as numbers while they can be, times as ISO text, bytes as hexadecimal. */
function plain(value: unknown, depth: number): EventValue {
  if (depth > CAPS.nesting) return null;
  switch (typeof value) {
    case 'bigint':
      return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'string':
    case 'boolean':
      return value;
    case 'object': {
      if (value === null) return null;
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
      if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
      if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<unknown>, (member) => plain(member, depth + 1));
      const object: Draft = {};
      for (const [name, member] of Object.entries(value)) set(object, name, plain(member, depth + 1));
      return object;
    }
    default:
      return null;
  }
}
