import { FORMATS } from '../../formats/registry';

/** In browsers and Node alike; the core is compiled with the globals of neither. */
declare const TextDecoder: new (
  encoding: string,
  options?: { readonly fatal?: boolean },
) => {
  decode(bytes: Uint8Array): string;
};

/** A file's text, or why there is none. */
export type FileText =
  | { readonly text: string; readonly note: string | null; readonly problem?: never }
  /** `kind`: what such a file is among others, where it is no fault. */
  | { readonly problem: string; readonly kind?: string };

/** Bytes of a file; a larger one is no rule. */
const LARGEST = 8 * 1024 * 1024;

const endingOf = (path: string): string => /\.[^./\\]+$/.exec(path)?.[0].toLowerCase() ?? '';

/** Endings of files that may hold rules: those of every format, and two that any text may have. */
const ENDINGS: ReadonlySet<string> = new Set(['.txt', '.xml', ...[...FORMATS.values()].flatMap(({ extensions }) => extensions)]);

/** Whether a file's name says that it may hold rules. */
export const mayHoldRules = (path: string): boolean => ENDINGS.has(endingOf(path));

/** Folders that never hold rules of the one who names the folder above. */
const PASSED_OVER: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** Whether a folder of this name is never looked into. */
export const isPassedOver = (folder: string): boolean => PASSED_OVER.has(folder);

/** Endings under which rules are the exception: data that cannot be read is no fault there. */
const DATA: ReadonlySet<string> = new Set(['.json', '.ndjson', '.xml', '.txt', '.conf']);

const leftOut = (path: string, problem: string, kind: string): FileText => (DATA.has(endingOf(path)) ? { problem, kind } : { problem });

/** Why a file of so many bytes is not read; null where it is. */
export const tooLarge = (path: string, bytes: number): FileText | null =>
  bytes > LARGEST
    ? leftOut(path, `is ${Math.round(bytes / 1024 / 1024)} MB long; files over ${LARGEST / 1024 / 1024} MB are not read`, 'too large for a rule')
    : null;

/** The text of a file's bytes. A byte order mark is dropped, and offsets count from behind it; bytes that are not UTF-8 are read as Windows-1252, with a note. */
export function fileText(path: string, bytes: Uint8Array): FileText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), note: null };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), note: null };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), note: null };
  } catch {
    if (bytes.subarray(0, 4096).includes(0)) return leftOut(path, 'is not a text file', 'no text');
    return { text: new TextDecoder('windows-1252').decode(bytes), note: 'The file is not UTF-8; it was read as Windows-1252.' };
  }
}
