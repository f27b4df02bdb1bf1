import type { EventFile } from '../../model';

/** Bytes that are taken of a file at once. */
const PIECE = 2 ** 18;

/** A file a piece at a time: no more of it is held than is being read, and others are heard between two pieces. */
export async function* piecesOf(file: EventFile, signal: { readonly aborted: boolean }): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size && !signal.aborted; at += PIECE) yield new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
}
