import type { Event, EventValue } from '../../model';
import { compressedReader, tarReader, zipReader } from './archives';
import { type Column, csvReader, type OnRow } from './csv';
import { decoded } from './decode';
import { evtxReader } from './evtx/file';
import { jsonReader } from './json';
import { kindOf, type Text } from './kind';
import { logLinesReader } from './log-lines';
import { parquetReader } from './parquet';
import { type ByteReader, CAPS, type FileRead, KEPT_PROBLEMS, type ReadProblem, type Sink, type TextReader } from './sink';
import { windowsXmlReader } from './windows-xml';

/** Both the browser's workers and Node have it; the core's library does not name it. */
declare const setTimeout: (call: () => void, milliseconds: number) => unknown;

/** How far reading has come: bytes of the file as it is given, events so far. */
interface ReadProgress {
  readonly bytes: number;
  readonly events: number;
}

export interface ReadOptions {
  /** Bytes of events to be read, unpacked; what is beyond is told. */
  readonly limitBytes: number;
  readonly limitEvents: number;
  /** Fields to decode, where a format can leave others out (EVTX); absent: all. Other formats give all fields. */
  readonly columns?: ReadonlySet<string>;
  /** Events in reading order, at most a thousand at once. */
  readonly onEvents: (batch: readonly Event[]) => void;
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Looked at between pieces; other tasks run between them too, so that it can be set. */
  readonly signal?: { readonly aborted: boolean };
}

/** What reading gave, beside the events. */
export interface ReadReport {
  /** What the file was taken for, in words. */
  readonly format: string;
  readonly files: readonly FileRead[];
  readonly events: number;
  /** The first hundred, in reading order. */
  readonly problems: readonly ReadProblem[];
  /** All of them. */
  readonly problemCount: number;
  /** What was not read because of a limit, in sentences. */
  readonly cuts: readonly string[];
  readonly isAborted: boolean;
}

/**
 * Reads a file's events, whatever of the known formats it is, told by what it holds. Never rejects for what is in a file: a line, a record or a file that
 * cannot be read is said in the report and the rest is read. Rejects only where the source of bytes or a callback throws.
 */
export async function readEvents(name: string, bytes: Uint8Array | AsyncIterable<Uint8Array>, options: ReadOptions): Promise<ReadReport> {
  return read(name, bytes, options, null);
}

/** A table for a query: the rows of a file, with the types that its header gives (`name:type`), else those that all values of a column have. */
export interface EventTable {
  readonly columns: readonly Column[];
  /** As many values as columns in each; null: none. */
  readonly rows: readonly (readonly EventValue[])[];
  readonly report: ReadReport;
}

/** Reads a table: CSV or TSV with a header, or the events of any other format with a column for each name. */
export async function readTable(
  name: string,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  limits: { readonly limitBytes: number; readonly limitEvents: number },
): Promise<EventTable> {
  let columns: readonly Column[] | null = null;
  const rows: (readonly EventValue[])[] = [];
  const events: Event[] = [];
  const report = await read(name, bytes, { ...limits, onEvents: (batch) => events.push(...batch) }, (found, row) => {
    columns = found;
    if (row !== null) rows.push(row);
  });
  if (columns !== null && rows.length >= events.length) return { columns, rows: rows.slice(0, events.length), report };
  const types = new Map<string, string>();
  for (const event of events) for (const field of Object.keys(event)) types.set(field, joined(types.get(field), event[field]!));
  const names = [...types.keys()];
  return {
    columns: names.map((field) => ({ name: field, type: types.get(field) || 'string' })),
    rows: events.map((event) => names.map((field) => (Object.hasOwn(event, field) ? event[field]! : null))),
    report,
  };
}

/** The type of a column that so far has one type and now a value; '': no value yet. */
function joined(type: string | undefined, value: EventValue): string {
  const own =
    value === null
      ? ''
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value === 'string'
          ? 'string'
          : typeof value === 'object'
            ? 'dynamic'
            : Number.isInteger(value)
              ? 'long'
              : 'real';
  if (type === undefined || type === '' || type === own) return own === '' ? (type ?? '') : own;
  if (own === '') return type;
  return (type === 'long' || type === 'real') && (own === 'long' || own === 'real') ? 'real' : 'dynamic';
}

const BATCH = 1000;
const SLICE = 1 << 18;

async function read(name: string, bytes: Uint8Array | AsyncIterable<Uint8Array>, options: ReadOptions, onRow: OnRow | null): Promise<ReadReport> {
  const { limitBytes, limitEvents, onEvents, onProgress, signal } = options;
  const files: { name: string; format: string; events: number }[] = [];
  const problems: ReadProblem[] = [];
  const cuts = new Set<string>();
  let problemCount = 0;
  let events = 0;
  let taken = 0;
  let entries = 0;
  let isStopped = false;
  let batch: Event[] = [];

  function flush(): void {
    if (batch.length === 0) return;
    const full = batch;
    batch = [];
    onEvents(full);
  }

  function sinkOf(file: string, depth: number): Sink {
    const own = { name: file, format: 'not read', events: 0 };
    files.push(own);
    return {
      file,
      event(event) {
        if (isStopped) return;
        if (events >= limitEvents) {
          isStopped = true;
          cuts.add(`There are more than ${limitEvents} events; the rest was not read.`);
          return;
        }
        events++;
        own.events++;
        batch.push(event);
        if (batch.length >= BATCH) flush();
      },
      problem(at, number, sentence) {
        problemCount++;
        if (problems.length < KEPT_PROBLEMS) problems.push({ file, at, number, sentence });
      },
      cut: (sentence) => void cuts.add(file === name ? sentence : `${file}: ${sentence}`),
      take(size) {
        const allowed = Math.max(0, Math.min(size, limitBytes - taken));
        taken += size;
        if (allowed < size) cuts.add(`There are more than ${limitBytes} bytes of events; the rest was not read.`);
        return allowed;
      },
      isStopped: () => isStopped || (signal?.aborted ?? false),
      stop: () => void (isStopped = true),
      inner(entry) {
        if (depth >= CAPS.archives) {
          cuts.add(`Archives lie more than ${CAPS.archives} deep in each other; the inner ones were not read.`);
          return null;
        }
        if (++entries > CAPS.entries) {
          cuts.add(`The archive has more than ${CAPS.entries} files; the rest was not read.`);
          return null;
        }
        return sinkOf(entry, depth + 1);
      },
      recognised: (format) => void (own.format = format),
    };
  }

  const reader = told(sinkOf(name, 0), options.columns ?? null, onRow);
  let given = 0;
  let breathed = Date.now();
  for await (const piece of bytes instanceof Uint8Array ? slices(bytes) : bytes) {
    for (let at = 0; at < piece.length && !isStopped && !(signal?.aborted ?? false); at += SLICE) {
      const part = piece.subarray(at, at + SLICE);
      reader.push(part);
      given += part.length;
      if (Date.now() - breathed > 40) {
        flush();
        onProgress?.({ bytes: given, events });
        await new Promise<void>((resolve) => setTimeout(resolve, 0));
        breathed = Date.now();
      }
    }
    if (isStopped || signal?.aborted) break;
  }
  await reader.end();
  flush();
  onProgress?.({ bytes: given, events });
  const inner = new Set(files.slice(1).map((one) => one.format));
  const format = files[0]!.format + (inner.size > 0 ? `: ${[...inner].join(', ')}` : '');
  return { format, files, events, problems, problemCount, cuts: [...cuts], isAborted: signal?.aborted ?? false };
}

async function* slices(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** Bytes that are looked at before a file's reader is chosen. */
const HEAD = 1 << 16;

/** A reader that waits for a file's first bytes and then becomes the one for what they are. */
function told(sink: Sink, columns: ReadonlySet<string> | null, onRow: OnRow | null): ByteReader {
  let head: Uint8Array[] = [];
  let length = 0;
  let reader: ByteReader | null = null;

  function choose(isWhole: boolean): void {
    const whole = new Uint8Array(length);
    let at = 0;
    for (const part of head) {
      whole.set(part, at);
      at += part.length;
    }
    head = [];
    // Only so many bytes decide, wherever the file's pieces were cut.
    reader = readerOf(whole.subarray(0, HEAD), isWhole && length < HEAD, sink, columns, onRow);
    reader.push(whole);
  }

  return {
    push(bytes) {
      if (reader !== null) return reader.push(bytes);
      head.push(bytes.slice());
      length += bytes.length;
      if (length >= HEAD) choose(false);
    },
    end() {
      if (reader === null) choose(true);
      return reader!.end();
    },
  };
}

function readerOf(head: Uint8Array, isWhole: boolean, sink: Sink, columns: ReadonlySet<string> | null, onRow: OnRow | null): ByteReader {
  const inside = (inner: Sink): ByteReader => told(inner, columns, onRow);
  const kind = kindOf(head, isWhole, sink.file);
  sink.recognised(kind.words);
  switch (kind.kind) {
    case 'gzip':
    case 'zstd': {
      const inner = sink.inner(sink.file.replace(/\.tgz$/i, '.tar').replace(/\.(?:gz|gzip|zst|zstd)$/i, ''));
      return inner === null ? NOTHING : compressedReader(kind.kind, sink, inside(inner));
    }
    case 'zip':
      return zipReader(sink, inside);
    case 'tar':
      return tarReader(sink, inside);
    case 'evtx':
      return limited(sink, evtxReader(sink, columns));
    case 'parquet':
      return limited(sink, parquetReader(sink));
    case 'text':
      return limited(sink, decoded(kind.encoding, textReader(kind, sink, onRow), sink));
    case 'other':
      sink.problem('file', 1, kind.why);
      return NOTHING;
    default:
      return kind satisfies never;
  }
}

const NOTHING: ByteReader = { push: () => undefined, end: () => undefined };

/** Counts what is read against the limit of bytes. A cut record at the end is no fault of the file. */
function limited(sink: Sink, reader: ByteReader): ByteReader {
  let isFull = false;
  return {
    push(bytes) {
      if (isFull) return;
      const allowed = sink.take(bytes.length);
      isFull = allowed < bytes.length;
      if (allowed > 0) reader.push(isFull ? bytes.subarray(0, allowed) : bytes);
      if (isFull) sink.stop();
    },
    end: () => (isFull ? undefined : reader.end()),
  };
}

function textReader(kind: Text, sink: Sink, onRow: OnRow | null): TextReader {
  switch (kind.form) {
    case 'json':
      return jsonReader(sink);
    case 'windows-xml':
      return windowsXmlReader(sink);
    case 'lines':
      return logLinesReader(sink);
    case 'table':
      return csvReader(sink, kind.delimiter, onRow);
    default:
      return kind satisfies never;
  }
}
