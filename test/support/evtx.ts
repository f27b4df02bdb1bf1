/** A substitution in a template. */
export interface Place {
  readonly value: number;
  readonly optional?: boolean;
}

/** A piece of content: literal text, a place for a value, a character, an entity. */
export type Piece = string | Place | { readonly character: number } | { readonly entity: string } | { readonly cdata: string };

export interface Tree {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, readonly Piece[]>>;
  readonly content?: readonly (Piece | Tree | Instance)[];
}

export interface Value {
  readonly type: number;
  readonly bytes: Uint8Array | Fragment;
}

export interface Instance {
  readonly template: Tree;
  readonly values: readonly Value[];
}

/** Binary XML as a value: a tree without template, or an instance of one. */
export interface Fragment {
  readonly of: Tree | Instance;
}

export interface Layout {
  /** Templates: in each record anew, once and then by offset, or all behind the records. */
  readonly templates: 'inline' | 'once' | 'apart';
  readonly names: 'inline' | 'once';
  /** Bytes between records' header and fragments, so that strings lie at odd offsets. A processing instruction is written there. */
  readonly odd?: boolean;
}

const CHUNK = 65_536;
const isTree = (node: Tree | Instance | Piece): node is Tree => typeof node === 'object' && 'name' in node;
const isInstance = (node: Tree | Instance | Piece): node is Instance => typeof node === 'object' && 'template' in node;

export const utf16 = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at++) {
    bytes[at * 2] = text.charCodeAt(at) & 255;
    bytes[at * 2 + 1] = text.charCodeAt(at) >> 8;
  }
  return bytes;
};

export const text = (value: string): Value => ({ type: 0x01, bytes: utf16(value) });
export const nothing: Value = { type: 0x00, bytes: new Uint8Array(0) };

/** A chunk of 64 KB with records as Windows lays them out, each an event by a template or without one. */
export function writeChunk(records: readonly (Tree | Instance)[], layout: Layout): Uint8Array {
  const bytes = new Uint8Array(CHUNK);
  const view = new DataView(bytes.buffer);
  const names = new Map<string, number>();
  const templates = new Map<Tree, number>();
  let at = 512;
  let apart = 0xa000;

  const u8 = (value: number): void => void (bytes[at++] = value);
  const u16 = (value: number): void => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const u32 = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const raw = (data: Uint8Array): void => {
    bytes.set(data, at);
    at += data.length;
  };

  function name(written: string): void {
    const known = layout.names === 'once' ? names.get(written) : undefined;
    if (known !== undefined) return u32(known);
    u32(at + 4);
    names.set(written, at);
    u32(0);
    u16(0);
    u16(written.length);
    raw(utf16(written));
    u16(0);
  }

  function piece(part: Piece): void {
    if (typeof part === 'string') {
      u8(0x05);
      u8(0x01);
      u16(part.length);
      raw(utf16(part));
    } else if ('character' in part) {
      u8(0x08);
      u16(part.character);
    } else if ('entity' in part) {
      u8(0x09);
      name(part.entity);
    } else if ('cdata' in part) {
      u8(0x07);
      u16(part.cdata.length);
      raw(utf16(part.cdata));
    } else {
      u8(part.optional ? 0x0e : 0x0d);
      u16(part.value);
      u8(0x01);
    }
  }

  function element(tree: Tree, inTemplate: boolean): void {
    const attributes = Object.entries(tree.attributes ?? {});
    u8(attributes.length > 0 ? 0x41 : 0x01);
    if (inTemplate) u16(0xffff);
    const size = at;
    u32(0);
    name(tree.name);
    if (attributes.length > 0) {
      const list = at;
      u32(0);
      attributes.forEach(([attribute, parts], place) => {
        u8(place < attributes.length - 1 ? 0x46 : 0x06);
        name(attribute);
        parts.forEach(piece);
      });
      view.setUint32(list, at - list - 4, true);
    }
    if (tree.content === undefined) u8(0x03);
    else {
      u8(0x02);
      for (const part of tree.content) {
        if (isTree(part)) element(part, inTemplate);
        else if (isInstance(part)) instance(part);
        else piece(part);
      }
      u8(0x04);
    }
    view.setUint32(size, at - size - 4, true);
  }

  function header(): void {
    raw(Uint8Array.of(0x0f, 1, 1, 0));
  }

  function definition(tree: Tree): void {
    u32(0);
    // The GUID only groups templates that may be alike.
    raw(new Uint8Array(16).fill(7));
    const size = at;
    u32(0);
    header();
    element(tree, true);
    u8(0);
    view.setUint32(size, at - size - 4, true);
  }

  function instance({ template, values }: Instance): void {
    let offset = layout.templates === 'inline' ? undefined : templates.get(template);
    if (offset === undefined && layout.templates === 'apart') {
      const back = at;
      offset = at = apart;
      definition(template);
      apart = at;
      at = back;
      templates.set(template, offset);
    }
    u8(0x0c);
    u8(1);
    u32(0x07070707);
    if (offset === undefined) {
      u32(at + 4);
      templates.set(template, at);
      definition(template);
    } else u32(offset);
    u32(values.length);
    const table = at;
    at += values.length * 4;
    values.forEach(({ type, bytes: data }, index) => {
      const from = at;
      if ('of' in data) fragment(data.of);
      else raw(data);
      view.setUint16(table + index * 4, at - from, true);
      view.setUint8(table + index * 4 + 2, type);
    });
  }

  function fragment(of: Tree | Instance): void {
    header();
    if (isTree(of)) element(of, false);
    else instance(of);
    u8(0);
  }

  records.forEach((record, index) => {
    const start = at;
    u32(0x2a2a);
    u32(0);
    u32(index + 1);
    u32(0);
    raw(new Uint8Array(8));
    if (layout.odd) {
      // Fragment header, then a processing instruction's data of no text: three bytes.
      header();
      u8(0x0b);
      u16(0);
    }
    fragment(record);
    u32(at - start + 4);
    view.setUint32(start + 4, at - start, true);
  });
  bytes.set(ascii('ElfChnk\0'), 0);
  view.setUint32(40, 128, true);
  view.setUint32(48, at, true);
  view.setUint32(124, crc(bytes), true);
  return bytes;
}

/** A file of chunks. */
export function writeEvtx(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(4096 + chunks.length * CHUNK);
  bytes.set(ascii('ElfFile\0'), 0);
  new DataView(bytes.buffer).setUint16(40, 4096, true);
  chunks.forEach((chunk, place) => bytes.set(chunk, 4096 + place * CHUNK));
  return bytes;
}

const ascii = (written: string): Uint8Array => Uint8Array.from(written, (character) => character.charCodeAt(0));

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (let at = 0; at < 512; at++) {
    if (at >= 120 && at < 128) continue;
    value ^= bytes[at]!;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
}

/** The usual template of `System` with the record's data as a fragment behind it, and its values. */
export function usualEvent(channel: string, id: number, data: Tree | Instance): Instance {
  return {
    template: USUAL,
    values: [text('Provider'), { type: 0x06, bytes: Uint8Array.of(id & 255, id >> 8) }, text(channel), { type: 0x21, bytes: { of: data } }],
  };
}

const USUAL: Tree = {
  name: 'Event',
  attributes: { xmlns: ['http://schemas.microsoft.com/win/2004/08/events/event'] },
  content: [
    {
      name: 'System',
      content: [
        { name: 'Provider', attributes: { Name: [{ value: 0, optional: true }] } },
        { name: 'EventID', content: [{ value: 1 }] },
        { name: 'Channel', content: [{ value: 2 }] },
      ],
    },
    { value: 3, optional: true },
  ],
};
