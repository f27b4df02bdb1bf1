import { gzipSync, strToU8 } from 'fflate';

type Codec = 'none' | 'gzip' | 'zstd';
const CODECS: Readonly<Record<Codec, number>> = { none: 0, gzip: 2, zstd: 6 };

/** Thrift's compact protocol, as far as Parquet's metadata needs it; a bigint is an i64. */
type Thrift =
  { readonly i: number | bigint } | { readonly text: string } | { readonly list: readonly Thrift[] } | { readonly struct: Readonly<Record<number, Thrift>> };

const varint = (value: bigint): number[] => (value < 128n ? [Number(value)] : [Number(value & 127n) | 128, ...varint(value >> 7n)]);
const zigzag = (value: number | bigint): number[] => varint(BigInt(value) >= 0n ? BigInt(value) * 2n : -BigInt(value) * 2n - 1n);
const kindOf = (value: Thrift): number => ('i' in value ? (typeof value.i === 'bigint' ? 6 : 5) : 'text' in value ? 8 : 'list' in value ? 9 : 12);

function encode(value: Thrift): number[] {
  if ('i' in value) return zigzag(value.i);
  if ('text' in value) return [...varint(BigInt(strToU8(value.text).length)), ...strToU8(value.text)];
  if ('list' in value) return [(value.list.length << 4) | kindOf(value.list[0]!), ...value.list.flatMap(encode)];
  let last = 0;
  const fields = Object.entries(value.struct).flatMap(([id, field]) => {
    const head = ((Number(id) - last) << 4) | kindOf(field);
    last = Number(id);
    return [head, ...encode(field)];
  });
  return [...fields, 0];
}

const i = (value: number | bigint): Thrift => ({ i: value });
const struct = (fields: Readonly<Record<number, Thrift>>): Thrift => ({ struct: fields });

/** A zstd frame that holds the bytes as they are. */
const zstd = (bytes: readonly number[]): number[] => {
  const header = (bytes.length << 3) | 1;
  return [0x28, 0xb5, 0x2f, 0xfd, 0xa0, ...little(bytes.length, 4), header & 255, (header >> 8) & 255, header >> 16, ...bytes];
};

const little = (value: number | bigint, size: number): number[] => Array.from({ length: size }, (_, at) => Number((BigInt(value) >> BigInt(at * 8)) & 255n));

/** A Parquet file of one row group with columns of whole numbers or texts, all required, in plain pages. */
export function writeParquet(columns: Readonly<Record<string, readonly (bigint | string)[]>>, codec: Codec): Uint8Array {
  const file: number[] = [...strToU8('PAR1')];
  const names = Object.keys(columns);
  const rows = columns[names[0]!]!.length;
  const chunks = names.map((name): Thrift => {
    const data = columns[name]!.flatMap((value) => (typeof value === 'bigint' ? little(value, 8) : [...little(strToU8(value).length, 4), ...strToU8(value)]));
    const page = codec === 'gzip' ? [...gzipSync(Uint8Array.from(data))] : codec === 'zstd' ? zstd(data) : data;
    const offset = file.length;
    file.push(...encode(struct({ 1: i(0), 2: i(data.length), 3: i(page.length), 5: struct({ 1: i(rows), 2: i(0), 3: i(3), 4: i(3) }) })), ...page);
    const isText = typeof columns[name]![0] === 'string';
    const total = file.length - offset;
    const meta = struct({
      1: i(isText ? 6 : 2),
      2: { list: [i(0)] },
      3: { list: [{ text: name }] },
      4: i(CODECS[codec]),
      5: i(BigInt(rows)),
      6: i(BigInt(total)),
      7: i(BigInt(total)),
      9: i(BigInt(offset)),
    });
    return struct({ 2: i(BigInt(offset)), 3: meta });
  });
  const schema = names.map((name): Thrift => {
    const isText = typeof columns[name]![0] === 'string';
    return struct({ 1: i(isText ? 6 : 2), 3: i(0), 4: { text: name }, ...(isText ? { 6: i(0) } : {}) });
  });
  const root = struct({ 4: { text: 'schema' }, 5: i(names.length) });
  const footer = encode(
    struct({
      1: i(1),
      2: { list: [root, ...schema] },
      3: i(BigInt(rows)),
      4: { list: [struct({ 1: { list: chunks }, 2: i(BigInt(file.length)), 3: i(BigInt(rows)) })] },
    }),
  );
  return Uint8Array.from([...file, ...footer, ...little(footer.length, 4), ...strToU8('PAR1')]);
}
