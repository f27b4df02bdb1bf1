import { expect, it } from 'vitest';
import { piecesOf } from '../../../src/run/events/pieces';

const BYTES = Uint8Array.from({ length: 600_000 }, (_, at) => at % 251);
const file = new File([BYTES], 'events.bin');

it('a file comes piece by piece, all of it in order', async () => {
  const pieces: Uint8Array[] = [];
  for await (const piece of piecesOf(file, { aborted: false })) pieces.push(piece);
  expect(pieces.length).toBeGreaterThan(1);
  expect(Buffer.concat(pieces).equals(BYTES)).toBe(true);
});

it('and no further when it is told to stop', async () => {
  const signal = { aborted: false };
  let bytes = 0;
  for await (const piece of piecesOf(file, signal)) {
    bytes += piece.length;
    signal.aborted = true;
  }
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(BYTES.length);
});
