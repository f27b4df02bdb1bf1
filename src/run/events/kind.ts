import { type Delimiter, delimiterOf } from './csv';
import { decodeHead, type Encoding, encodingOf } from './decode';
import { isEvtx } from './evtx/file';
import { readLogLine } from './log-lines';

/** A file that is text, and how it is to be read. */
export type Text = { readonly kind: 'text'; readonly encoding: Encoding; readonly words: string } & (
  { readonly form: 'json' | 'windows-xml' | 'lines' } | { readonly form: 'table'; readonly delimiter: Delimiter }
);

/** What a file is, with the words for it. */
type Kind =
  | { readonly kind: 'gzip' | 'zstd' | 'zip' | 'tar' | 'evtx' | 'parquet'; readonly words: string }
  | Text
  | { readonly kind: 'other'; readonly words: string; readonly why: string };

const starts = (head: Uint8Array, bytes: readonly number[], at = 0): boolean => bytes.every((byte, place) => head[at + place] === byte);

/** What a file is by its first bytes; its name only decides where these leave it open. */
export function kindOf(head: Uint8Array, isWhole: boolean, file: string): Kind {
  if (head.length === 0) return { kind: 'other', words: 'empty', why: 'The file is empty.' };
  if (starts(head, [0x1f, 0x8b])) return { kind: 'gzip', words: 'gzip' };
  if (starts(head, [0x28, 0xb5, 0x2f, 0xfd])) return { kind: 'zstd', words: 'zstd' };
  if (starts(head, [0x50, 0x4b, 3, 4]) || starts(head, [0x50, 0x4b, 5, 6])) return { kind: 'zip', words: 'zip' };
  if (isEvtx(head)) return { kind: 'evtx', words: 'Windows event log (EVTX)' };
  if (starts(head, [0x50, 0x41, 0x52, 0x31])) return { kind: 'parquet', words: 'Parquet' };
  if (starts(head, [0x75, 0x73, 0x74, 0x61, 0x72], 257)) return { kind: 'tar', words: 'tar' };
  for (const [magic, words] of FOREIGN) if (starts(head, magic)) return { kind: 'other', words, why: `This is ${words}; such files are not read.` };
  const encoding = encodingOf(head);
  if (encoding === null) return { kind: 'other', words: 'binary', why: 'The file is binary and of no format that is known.' };
  const text = decodeHead(head, encoding);
  const trimmed = text.replace(/^[\ufeff\s]+/, '');
  const said = (form: 'json' | 'windows-xml' | 'lines', words: string): Kind => ({ kind: 'text', encoding, form, words });
  if (trimmed === '') return { kind: 'other', words: 'blank', why: 'The file has nothing but blanks.' };
  // Whether it is lines or values is said by the reader of JSON.
  if (/^(?:\{|\[\s*(?:[[{"\]]|$))/.test(trimmed)) return said('json', 'JSON');
  if (/^<(?!\d)/.test(trimmed)) return said('windows-xml', 'Windows event XML');
  const isNamedTable = /\.(?:csv|tsv)$/i.test(file);
  const lines = trimmed.split('\n', 20).slice(0, isWhole ? 20 : -1);
  const isLog = (line: string | undefined): boolean => line !== undefined && readLogLine(line.replace(/\r$/, '')).length > 0;
  // Cells may hold pairs too, a table's header does not.
  const delimiter = isLog(lines[0]) && !isNamedTable ? null : delimiterOf(text, isNamedTable, isWhole);
  if (delimiter !== null) return { kind: 'text', encoding, form: 'table', delimiter, words: delimiter === '\t' ? 'TSV' : 'CSV' };
  if (lines.some(isLog)) return said('lines', 'log lines');
  return {
    kind: 'other',
    words: 'text',
    why: 'The text is of no format that is known: JSON, CSV with a header, Windows event XML, or lines of key=value, CEF, LEEF or syslog.',
  };
}

const FOREIGN: readonly (readonly [magic: readonly number[], words: string])[] = [
  [[0x42, 0x5a, 0x68], 'bzip2'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz'],
  [[0x37, 0x7a, 0xbc, 0xaf], '7z'],
  [[0xd4, 0xc3, 0xb2, 0xa1], 'a packet capture'],
  [[0x0a, 0x0d, 0x0d, 0x0a], 'a packet capture'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'SQLite'],
];
