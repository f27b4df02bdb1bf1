import type { Event, EventValue } from '../../../model';
import { type Draft, put } from '../put';
import { type Element, type NameMark, parseFragment, type Part } from './binary-xml';
import type { ChunkBytes } from './bytes';
import { compile, type Program, ROOT, type Step } from './program';
import { ARRAY_FLAG, BINXML_TYPE, HEX64, NULL_TYPE, type Values, valuesOf } from './values';

/** Makes events of records' binary XML. Templates are laid out once and kept over chunks. */
interface Records {
  /** To be called when the bytes hold another chunk. */
  readonly newChunk: () => void;
  /** The event whose binary XML lies at an offset; throws a RangeError where the bytes are damaged. */
  readonly read: (from: number, end: number) => Event;
}

interface Template {
  readonly elements: readonly Element[];
  readonly marks: readonly NameMark[];
  /** The definition's bytes, and where they began in the chunk that they were read from. */
  readonly body: Uint8Array;
  readonly from: number;
  readonly programs: Map<string, Program>;
}

const TEMPLATE_HEADER = 24;
const DEEPEST = 8;
/** A record has at most 64 KB; a template that uses a value over and over could make any amount of it. */
const MOST_BYTES = 1 << 18;
const MOST_FRAGMENTS = 1000;

/** `columns` null reads every field; `keep` false reads each chunk's templates anew. */
export function recordsOf(chunk: ChunkBytes, columns: ReadonlySet<string> | null, keep: boolean): Records {
  const { bytes, view } = chunk;
  const values: Values = valuesOf(chunk);
  const inChunk = new Map<number, Template>();
  const kept = new Map<string, Template[]>();
  // The values of the template being filled and of those around it, one after the other.
  let offsets = new Int32Array(256);
  let sizes = new Int32Array(256);
  let types = new Uint8Array(256);
  let top = 0;
  let event: Draft = {};
  let fragments = 0;
  let outerHasMore = false;
  let spent = 0;

  function read(from: number, end: number): Event {
    top = 0;
    event = {};
    fragments = 0;
    outerHasMore = false;
    spent = 0;
    fragment(from, end, ROOT, 0);
    return event;
  }

  function fragment(from: number, end: number, section: string, depth: number): void {
    if (depth > DEEPEST) throw new RangeError('fragments nested too deeply');
    // Fields of several fragments may have one name; of the usual two, the outer has System's names only.
    if (++fragments > 2) outerHasMore = true;
    if (fragments > MOST_FRAGMENTS) throw new RangeError('too many fragments');
    let at = from;
    while (at < end) {
      const token = bytes[at]! & ~0x40;
      if (token === 0x0f) at += 4;
      else if (token === 0x0c) at = instance(at, end, section, depth);
      else if (token === 0x00) return;
      else {
        const { elements, end: after } = parseFragment(chunk, at, end, false, null, instanceEnd);
        run(compile(elements, section, columns).all, 0, 0, end, depth);
        at = after;
      }
    }
  }

  const definitionOf = (at: number): number => view.getUint32(at + 6, true);

  /** Where the number of values stands: behind the template's definition if that stands here, else behind its offset. */
  function valuesAt(at: number): number {
    const definition = definitionOf(at);
    return definition === at + 10 ? at + 10 + TEMPLATE_HEADER + view.getUint32(definition + 20, true) : at + 10;
  }

  function instanceEnd(at: number): number {
    const start = valuesAt(at);
    const count = view.getUint32(start, true);
    let after = start + 4 + count * 4;
    for (let value = 0; value < count; value++) after += view.getUint16(start + 4 + value * 4, true);
    return after;
  }

  function instance(at: number, end: number, section: string, depth: number): number {
    const template = templateAt(definitionOf(at));
    const start = valuesAt(at);
    const count = view.getUint32(start, true);
    const base = top;
    let value = start + 4 + count * 4;
    if (value > end) throw new RangeError('more values than bytes');
    if (base + count > types.length) grow(base + count);
    let hasFragment = false;
    for (let index = 0, descriptor = start + 4; index < count; index++, descriptor += 4) {
      const size = bytes[descriptor]! | (bytes[descriptor + 1]! << 8);
      const type = bytes[descriptor + 2]!;
      offsets[base + index] = value;
      sizes[base + index] = size;
      types[base + index] = type;
      if (type === BINXML_TYPE) hasFragment = true;
      value += size;
    }
    if (value > end) throw new RangeError('values longer than their record');
    top = base + count;
    let program = template.programs.get(section);
    if (program === undefined) {
      program = compile(template.elements, section, columns);
      template.programs.set(section, program);
    }
    run(hasFragment ? program.all : program.wanted, base, count, end, depth);
    top = base;
    return value;
  }

  /** Values stand behind each other in the record, so there are never more than its bytes. */
  function grow(atLeast: number): void {
    const size = atLeast * 2;
    const [oldOffsets, oldSizes, oldTypes] = [offsets, sizes, types];
    offsets = new Int32Array(size);
    sizes = new Int32Array(size);
    types = new Uint8Array(size);
    offsets.set(oldOffsets);
    sizes.set(oldSizes);
    types.set(oldTypes);
  }

  function run(steps: readonly Step[], base: number, count: number, end: number, depth: number): void {
    for (const step of steps) {
      const { index } = step;
      if (index < 0) {
        mixed(step, base, count, end, depth);
        continue;
      }
      const at = base + index;
      const type = index < count ? types[at]! : NULL_TYPE;
      if (type === BINXML_TYPE) {
        // Some writers end the fragment with padding: it stops at its own end token.
        if (sizes[at]! > 0) fragment(offsets[at]!, offsets[at]! + sizes[at]!, step.section, depth + 1);
        continue;
      }
      if (!step.wanted || (type === NULL_TYPE && (step.optional || step.unlessEmpty))) continue;
      if (step.name === null) {
        emit(step, nameOf(step, base, count), valueOf(step, type, at));
        continue;
      }
      const value = valueOf(step, type, at);
      if (step.repeats || outerHasMore || typeof value === 'object') emit(step, step.name, value);
      else if (value !== '' || !step.unlessEmpty) event[step.name] = value;
    }
  }

  function valueOf(step: Step, type: number, at: number): EventValue {
    charge(at);
    if (type & ARRAY_FLAG) {
      const list = values.list(type, offsets[at]!, sizes[at]!);
      return list.length === 1 ? list[0]! : list;
    }
    if (step.isMask && type === HEX64) return '0x' + values.text(type, offsets[at]!, sizes[at]!).slice(2).padStart(16, '0');
    return (step.isNumber ? values.number(type, offsets[at]!, sizes[at]!) : null) ?? values.text(type, offsets[at]!, sizes[at]!);
  }

  /** An empty array has no element, so it leaves an optional field out and the others empty. */
  function emit(step: Step, name: string, value: EventValue): void {
    const plain = Array.isArray(value) && value.length === 0 ? '' : value;
    if (plain === '' && (step.unlessEmpty || (step.optional && plain !== value))) return;
    put(event, name, plain);
  }

  /** A value made of text and substitutions, of none, or of a template inside a fragment. */
  function mixed(step: Step, base: number, count: number, end: number, depth: number): void {
    let text = '';
    let nulls = 0;
    for (const part of step.parts) {
      if (typeof part === 'string') text += part;
      else if ('at' in part) {
        // The values around it belong to the fragment, which has none: the stack is free from here on.
        instance(part.at, end, step.section, depth + 1);
        if (step.parts.length === 1) return;
      } else if (part.index >= count || types[base + part.index] === NULL_TYPE) nulls++;
      else if (types[base + part.index] === BINXML_TYPE) {
        const from = offsets[base + part.index]!;
        fragment(from, from + sizes[base + part.index]!, step.section, depth + 1);
      } else text += textOf(base + part.index);
    }
    if (!step.wanted || (nulls > 0 && text === '' && step.optional)) return;
    const value = step.isNumber && /^\d{1,15}$/.test(text) ? Number(text) : text;
    emit(step, step.name ?? nameOf(step, base, count), value);
  }

  function textOf(at: number): string {
    charge(at);
    return types[at]! & ARRAY_FLAG ? values.list(types[at]!, offsets[at]!, sizes[at]!).join('\n') : values.text(types[at]!, offsets[at]!, sizes[at]!);
  }

  function charge(at: number): void {
    spent += sizes[at]!;
    if (spent > MOST_BYTES) throw new RangeError('values used too often');
  }

  const nameOf = (step: Step, base: number, count: number): string =>
    step.nameParts.map((part: Part) => (typeof part === 'string' ? part : 'at' in part || part.index >= count ? '' : textOf(base + part.index))).join('') ||
    'Data';

  function templateAt(definition: number): Template {
    const known = inChunk.get(definition);
    if (known !== undefined) return known;
    const size = view.getUint32(definition + 20, true);
    const from = definition + TEMPLATE_HEADER;
    if (from + size > bytes.length) throw new RangeError('a template outside its chunk');
    const key = keep ? keyOf(definition, size) : '';
    const others = keep ? (kept.get(key) ?? []) : [];
    let template = others.find((other) => isSame(other, from));
    if (template === undefined) {
      const marks: NameMark[] = [];
      const { elements } = parseFragment(chunk, from, from + size, true, marks, instanceEnd);
      template = { elements, marks, body: bytes.slice(from, from + size), from, programs: new Map() };
      if (keep && others.length < 8 && kept.size < 1024) kept.set(key, [...others, template]);
    }
    inChunk.set(definition, template);
    return template;
  }

  const keyOf = (definition: number, size: number): string =>
    `${view.getUint32(definition + 4, true)} ${view.getUint32(definition + 8, true)} ${view.getUint32(definition + 12, true)} ${size}`;

  /** Whether the definition here is one that was read elsewhere: byte for byte, but names by what they say and not by their offsets. */
  function isSame({ body, marks, from: first }: Template, from: number): boolean {
    let at = 0;
    for (const mark of marks) {
      const place = mark.at - first;
      if (place < at) continue; // an inline name's own bytes are compared by its text
      for (; at < place; at++) if (body[at] !== bytes[from + at]) return false;
      const offset = view.getUint32(from + place, true);
      if ((offset === from + place + 4) !== mark.inline || offset > bytes.length - 8) return false;
      if (view.getUint16(offset + 6, true) !== mark.name.length || chunk.text(offset + 8, mark.name.length) !== mark.name) return false;
      at = place + 4 + (mark.inline ? 10 + mark.name.length * 2 : 0);
    }
    for (; at < body.length; at++) if (body[at] !== bytes[from + at]) return false;
    return true;
  }

  return { newChunk: () => inChunk.clear(), read };
}
