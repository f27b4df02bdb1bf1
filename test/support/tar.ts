/** A tar archive (ustar); names over 100 characters as GNU writes them. */
export function writeTar(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Uint8Array {
  const blocks = files.flatMap(({ name, bytes }) => [
    ...(name.length > 100 ? [header('././@LongLink', name.length, 'L'), padded(ascii(name))] : []),
    header(name.slice(0, 100), bytes.length, '0'),
    padded(bytes),
  ]);
  const whole = new Uint8Array(blocks.reduce((length, block) => length + block.length, 1024));
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.length;
  }
  return whole;
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

function padded(bytes: Uint8Array): Uint8Array {
  const block = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
  block.set(bytes);
  return block;
}

function header(name: string, size: number, kind: string): Uint8Array {
  const block = new Uint8Array(512);
  block.set(ascii(name), 0);
  block.set(ascii(size.toString(8).padStart(11, '0')), 124);
  block.set(ascii('        '), 148);
  block.set(ascii(kind), 156);
  block.set(ascii('ustar\x0000'), 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.set(ascii(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return block;
}
