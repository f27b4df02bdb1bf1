import { CHUNK, type ChunkBytes } from './bytes';

/** A piece of an element's content or of an attribute's value. */
export type Part = string | Substitution | NestedInstance;

/** A place that the record's own values fill. Optional: with no value, the element or attribute around it is left out. */
interface Substitution {
  readonly index: number;
  readonly optional: boolean;
}

/** A template used inside a fragment; where it stands in the chunk. */
interface NestedInstance {
  readonly at: number;
}

export interface Element {
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly parts: readonly Part[] }[];
  readonly content: readonly (Part | Element)[];
}

/** A place where the bytes name an offset of the chunk. Two chunks' copies of one template differ there and nowhere else. */
export interface NameMark {
  /** Of the offset, in the chunk. */
  readonly at: number;
  readonly inline: boolean;
  readonly name: string;
}

interface Fragment {
  readonly elements: readonly Element[];
  /** Where reading stopped, in the chunk. */
  readonly end: number;
}

export const isElement = (part: Part | Element): part is Element => typeof part === 'object' && 'content' in part;
export const isInstance = (part: Part | Element): part is NestedInstance => typeof part === 'object' && 'at' in part;

const DEEPEST = 64;

/**
 * Reads the elements of a fragment (MS-EVEN6 2.2.12). Only inside a template definition does an element carry a dependency id of two bytes. Throws a
 * RangeError for bytes that are no binary XML, and takes time in the number of bytes: a token has at least one, and none is read twice.
 */
export function parseFragment(
  chunk: ChunkBytes,
  from: number,
  end: number,
  inTemplate: boolean,
  marks: NameMark[] | null,
  afterInstance: InstanceEnd,
): Fragment {
  const { bytes, view } = chunk;
  let at = from;

  function name(): string {
    const mark = at;
    const offset = view.getUint32(at, true);
    at += 4;
    const inline = offset === at;
    if (offset > CHUNK - 8) throw new RangeError('a name outside its chunk');
    const units = view.getUint16(offset + 6, true);
    const text = chunk.text(offset + 8, units);
    if (inline) at += 10 + units * 2;
    marks?.push({ at: mark, inline, name: text });
    return text;
  }

  /** value | character reference | entity reference | substitution; null at any other token. */
  function part(): Part | null {
    switch (bytes[at]! & ~0x40) {
      case 0x05: {
        const type = view.getUint8(at + 1);
        if (type !== 0x01) throw new RangeError('a literal value that is no text');
        const units = view.getUint16(at + 2, true);
        const text = chunk.text(at + 4, units);
        at += 4 + units * 2;
        return text;
      }
      case 0x07: {
        const units = view.getUint16(at + 1, true);
        const text = chunk.text(at + 3, units);
        at += 3 + units * 2;
        return text;
      }
      case 0x08: {
        const text = String.fromCharCode(view.getUint16(at + 1, true));
        at += 3;
        return text;
      }
      case 0x09: {
        at += 1;
        const entity = name();
        return ENTITIES.get(entity) ?? `&${entity};`;
      }
      case 0x0d:
      case 0x0e: {
        const optional = (bytes[at]! & ~0x40) === 0x0e;
        const index = view.getUint16(at + 1, true);
        at += 4;
        return { index, optional };
      }
      default:
        return null;
    }
  }

  function element(depth: number): Element {
    if (depth > DEEPEST) throw new RangeError('elements nested too deeply');
    const hasAttributes = (bytes[at]! & 0x40) !== 0;
    // Token, dependency id, size of the element.
    at += 1 + (inTemplate ? 2 : 0) + 4;
    const own = name();
    const attributes: { name: string; parts: readonly Part[] }[] = [];
    if (hasAttributes) {
      at += 4;
      while ((bytes[at]! & ~0x40) === 0x06) {
        at += 1;
        const attribute = name();
        const parts: Part[] = [];
        for (let next = part(); next !== null; next = part()) parts.push(next);
        attributes.push({ name: attribute, parts });
      }
    }
    const closing = view.getUint8(at);
    at += 1;
    if (closing === 0x03) return { name: own, attributes, content: [] };
    if (closing !== 0x02) throw new RangeError('an element that does not close');
    const content: (Part | Element)[] = [];
    for (;;) {
      if (at >= end) throw new RangeError('an element that does not end');
      const token = bytes[at]! & ~0x40;
      if (token === 0x04) {
        at += 1;
        return { name: own, attributes, content };
      }
      if (token === 0x01) content.push(element(depth + 1));
      else if (token === 0x0c) content.push(instance());
      else if (!skipped(token)) {
        const next = part();
        if (next === null) throw new RangeError('an unknown token');
        content.push(next);
      }
    }
  }

  /** Fragment headers and processing instructions say nothing of the event. */
  function skipped(token: number): boolean {
    if (token === 0x0f) at += 4;
    else if (token === 0x0a) {
      at += 1;
      name();
    } else if (token === 0x0b) at += 3 + view.getUint16(at + 1, true) * 2;
    else return false;
    return true;
  }

  function instance(): NestedInstance {
    const start = at;
    at = afterInstance(at);
    return { at: start };
  }

  const elements: Element[] = [];
  while (at < end) {
    const token = bytes[at]! & ~0x40;
    // A template's instance at the top is the caller's.
    if (token === 0x00 || token === 0x0c) break;
    if (token === 0x01) elements.push(element(0));
    else if (!skipped(token)) throw new RangeError('an unknown token');
  }
  return { elements, end: at };
}

/** Where the bytes go on after a template instance at an offset. */
type InstanceEnd = (at: number) => number;

/** The characters that XML names. */
export const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
