import { Unzip, UnzipInflate } from 'fflate';
import { isPassedOver } from './file-text';
import type { OwnFile } from './own-catalog';

/** An archive is unpacked in pieces of this size: each may grow a thousandfold before it can be stopped. */
const PIECE = 1 << 14;
/** Bytes that are unpacked of an archive. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The files of a zip archive, unpacked, or why there are none. A folder around them all is cut from their paths. */
export function zipFiles(bytes: Uint8Array): readonly OwnFile[] | string {
  const files: OwnFile[] = [];
  let unpacked = 0;
  let open = 0;
  const unzip = new Unzip((file) => {
    const path = file.name.replaceAll('\\', '/');
    if (path.endsWith('/') || path.split('/').some(isPassedOver)) return;
    const pieces: Uint8Array[] = [];
    let isOpen = true;
    const end = (whole: () => Uint8Array): void => {
      if (!isOpen) return;
      isOpen = false;
      open--;
      files.push({
        path,
        size: pieces.reduce((sum, { length }) => sum + length, 0),
        bytes: async () => whole(),
      });
    };
    const broken = (error: unknown) => (): Uint8Array => {
      throw new Error(`its archive is damaged here: ${sentenceOf(error)}`);
    };
    open++;
    file.ondata = (error, data, isLast) => {
      if (error !== null) return end(broken(error));
      unpacked += data.length;
      if (data.length > 0) pieces.push(data);
      if (isLast) end(() => joined(pieces));
    };
    try {
      file.start();
    } catch (error) {
      end(broken(error));
    }
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      unzip.push(bytes.slice(at, at + PIECE), at + PIECE >= bytes.length);
      if (unpacked > MOST_BYTES) return `It is more than ${MOST_BYTES / 1024 / 1024} MB when unpacked. Unpack it and choose a folder inside it.`;
    }
  } catch (error) {
    return open > 0 ? CUT : `It is no whole zip archive: ${sentenceOf(error)}.`;
  }
  if (open > 0) return CUT;
  return files.length === 0 ? 'It is no zip archive, or there is no file in it.' : withoutTop(files);
}

const CUT = 'It is no whole zip archive: it ends inside a file.';

/** The files without the one folder that holds them all. */
function withoutTop(files: readonly OwnFile[]): readonly OwnFile[] {
  const top = `${files[0]!.path.split('/')[0]}/`;
  return files.every(({ path }) => path.startsWith(top)) ? files.map((file) => ({ ...file, path: file.path.slice(top.length) })) : files;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 120);
