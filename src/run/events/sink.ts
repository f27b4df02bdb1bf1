import type { Event } from '../../model';

/** Where in a file something is wrong; counted from 1, but bytes from 0. */
interface Place {
  readonly at: 'line' | 'record' | 'chunk' | 'row' | 'entry' | 'byte' | 'file';
  readonly number: number;
}

/** Something that could not be read as it stands. The rest was read. */
export interface ReadProblem extends Place {
  /** The file's name, with the names of the archives around it before it. */
  readonly file: string;
  readonly sentence: string;
}

/** One file that events came from: a file inside an archive counts by itself. */
export interface FileRead {
  readonly name: string;
  /** What it was taken for, in words: `NDJSON`, `CSV`, `gzip`. */
  readonly format: string;
  readonly events: number;
}

/** Where one file's reader puts what it finds. */
export interface Sink {
  readonly file: string;
  readonly event: (event: Event) => void;
  readonly problem: (at: Place['at'], number: number, sentence: string) => void;
  /** Says what is not read because of a limit; the same sentence once for a file. */
  readonly cut: (sentence: string) => void;
  /** Counts bytes of events against the limit; how many of them may be read. */
  readonly take: (bytes: number) => number;
  /** True when nothing more is wanted: a limit or a cancel. */
  readonly isStopped: () => boolean;
  /** Nothing more is wanted: a limit was reached. */
  readonly stop: () => void;
  /** A sink for a file inside this one, by its whole name; null: too many of them. */
  readonly inner: (file: string) => Sink | null;
  /** What the file is, in words; the last word counts. */
  readonly recognised: (format: string) => void;
}

/** Takes a file's bytes in pieces cut anywhere. Neither call throws, `end` never rejects. */
export interface ByteReader {
  readonly push: (bytes: Uint8Array) => void;
  readonly end: () => void | Promise<void>;
}

/** Takes a file's text in pieces cut anywhere. */
export interface TextReader {
  readonly push: (text: string) => void;
  readonly end: () => void;
}

/** Caps that no option changes; each that bites is told. */
export const CAPS = {
  /** Characters of a line, a record or an event. */
  event: 1 << 24,
  /** Characters of a JSON document that is one object around its events. */
  document: 1 << 27,
  /** Objects and lists inside each other. */
  nesting: 100,
  /** Files in archives, all together. */
  entries: 10_000,
  /** Archives in archives. */
  archives: 4,
  /** Bytes of a Parquet file: it is read from its end, so it must be held. */
  held: 1 << 28,
  /** Columns of a table. */
  columns: 10_000,
} as const;

/** Problems that are kept with their sentence; the others are only counted. */
export const KEPT_PROBLEMS = 100;
