import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';
import type { Span } from '../../../model';
import { MAX_DEPTH } from '../../../syntax/infix';
import type { Remarks } from '../diagnostics';

/** What a scalar is to Sigma: as YAML 1.1 readers type it, so `yes` is a boolean and a quoted `5` is a string. */
type ScalarType = 'string' | 'number' | 'boolean' | 'null';

export interface SigmaScalar {
  readonly kind: 'scalar';
  readonly type: ScalarType;
  /** Decoded; numbers and booleans as written, null and empty as ''. */
  readonly text: string;
  /** Quotes included, the blanks around it not. */
  readonly span: Span;
  readonly style: 'plain' | 'single' | 'double' | 'block' | 'alias';
  /** The YAML node, for mapping offsets of its text; null where an alias stands. */
  readonly source: Scalar | null;
}

export interface SigmaEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: SigmaNode;
  /** From the key to the value's end. */
  readonly span: Span;
}

export interface SigmaMap {
  readonly kind: 'map';
  readonly entries: readonly SigmaEntry[];
  readonly span: Span;
}

export interface SigmaSeq {
  readonly kind: 'seq';
  readonly items: readonly SigmaNode[];
  readonly span: Span;
}

/** A YAML document as Sigma reads it: aliases replaced by what they name, merge keys merged, every node with its place. */
export type SigmaNode = SigmaMap | SigmaSeq | SigmaScalar;

/** Aliases may multiply a small text; what they add is bounded. */
const MAX_ALIASED = 5_000;

// The resolvers of YAML 1.1, as the readers of Sigma rules use them: `00429` and `1e3` are strings there, `0x1F` and `1_000` are numbers.
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;
const INTEGER = /^[-+]?(?:0b[01_]+|0[0-7_]*|[1-9][\d_]*(?::[0-5]?\d)*|0x[\da-fA-F_]+)$/;
const FLOAT = /^[-+]?(?:\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?|\.(?:inf|Inf|INF))$|^\.(?:nan|NaN|NAN)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;

/** A start that no number, boolean or null has. */
const PLAINLY_TEXT = /^[^-+.0-9tTfFyYnNoO~]/;

/** Reads a composed YAML tree; total and linear, aliases included. */
export function readNode(root: unknown, text: string, remarks: Remarks): SigmaNode {
  const anchors = new Map<string, unknown>();
  let budget = MAX_ALIASED;
  let isCut = false;
  /** A list of nothing is read as nothing, not as a value. */
  const cutAt = (span: Span): SigmaNode => {
    if (!isCut) remarks.remark('sigma/too-much', span, 'Aliases repeat too much: from here on what they name is not read.');
    isCut = true;
    return { kind: 'seq', items: [], span };
  };

  const read = (node: unknown, at: Span, depth: number, place: Span | null): SigmaNode => {
    if (place !== null && (--budget < 0 || depth > MAX_DEPTH)) return cutAt(place);
    if (isScalar(node)) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      return scalarOf(node, place ?? spanOf(node.range, at, text), place !== null);
    }
    if (isAlias(node)) {
      const span = place ?? spanOf(node.range, at, text);
      const target = anchors.get(node.source);
      if (target !== undefined) return read(target, at, depth + 1, span);
      remarks.remark('sigma/unknown-alias', span, `No anchor \`&${node.source}\` stands before this alias; a value that begins with a star needs quotes.`);
      return { kind: 'scalar', type: 'string', text: `\\*${node.source}`, span, style: 'alias', source: null };
    }
    if (!isSeq(node) && !isMap(node)) return emptyAt(place ?? at);
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    const head = place ?? spanOf(node.range, at, text);
    if (isSeq(node)) {
      const items: SigmaNode[] = [];
      for (const item of node.items) items.push(read(item, head, depth + 1, place));
      return { kind: 'seq', items, span: place ?? extentOf(head, items[items.length - 1]?.span.end, node.flow) };
    }
    const entries: SigmaEntry[] = [];
    let merged: SigmaNode | null = null;
    let end = head.start;
    for (const item of node.items as unknown as readonly Pair[]) {
      const keySpan = place ?? spanOf((item.key as Partial<Node> | null)?.range, head, text);
      const key = keyOf(item.key, text);
      const value = read(item.value, { start: keySpan.end, end: keySpan.end }, depth + 1, place);
      end = Math.max(end, keySpan.end, value.span.end);
      if (key === '<<' && value.kind !== 'scalar') merged = value;
      else entries.push({ key, keySpan, value, span: place ?? { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) } });
    }
    if (merged !== null) merge(entries, merged);
    return { kind: 'map', entries, span: place ?? extentOf(head, node.items.length === 0 ? undefined : end, node.flow) };
  };
  return read(root, { start: 0, end: 0 }, 0, null);
}

const emptyAt = (span: Span): SigmaScalar => ({ kind: 'scalar', type: 'null', text: '', span, style: 'plain', source: null });

/** A block ends with its last member; its range goes on over blanks and comments. */
const extentOf = (head: Span, end: number | undefined, flow: boolean | undefined): Span =>
  flow === true || end === undefined ? head : { start: head.start, end: Math.max(head.start, end) };

function spanOf(range: readonly [number, number, number] | null | undefined, otherwise: Span, text: string): Span {
  if (range == null) return otherwise;
  let end = range[1];
  // A block scalar's range holds its last line break.
  while (end > range[0] && text.charCodeAt(end - 1) <= 32) end--;
  return { start: range[0], end };
}

function keyOf(key: unknown, text: string): string {
  if (isScalar(key)) return typeof key.value === 'string' ? key.value : (key.source ?? '');
  if ((isMap(key) || isSeq(key) || isAlias(key)) && key.range != null) return text.slice(key.range[0], Math.min(key.range[1], key.range[0] + 80));
  return '';
}

function scalarOf(node: Scalar, span: Span, aliased: boolean): SigmaScalar {
  const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
  const source = aliased ? null : node;
  switch (node.type) {
    case 'QUOTE_SINGLE':
      return { kind: 'scalar', type: 'string', text, span, style: aliased ? 'alias' : 'single', source };
    case 'QUOTE_DOUBLE':
      return { kind: 'scalar', type: 'string', text, span, style: aliased ? 'alias' : 'double', source };
    case 'BLOCK_FOLDED':
    case 'BLOCK_LITERAL':
      return { kind: 'scalar', type: 'string', text, span, style: aliased ? 'alias' : 'block', source };
    default: {
      const type = plainTypeOf(text, node);
      return { kind: 'scalar', type, text: type === 'null' ? '' : text, span, style: aliased ? 'alias' : 'plain', source };
    }
  }
}

function plainTypeOf(text: string, node: Scalar): ScalarType {
  if (text.length > 40 || PLAINLY_TEXT.test(text) || node.tag === 'tag:yaml.org,2002:str') return 'string';
  if (NULL.test(text)) return 'null';
  if (BOOLEAN.test(text)) return 'boolean';
  return INTEGER.test(text) || FLOAT.test(text) ? 'number' : 'string';
}

/** Keys of the merged mappings that the mapping does not have itself; earlier mappings win. */
function merge(entries: SigmaEntry[], merged: SigmaMap | SigmaSeq): void {
  const known = new Set(entries.map((entry) => entry.key));
  for (const map of merged.kind === 'map' ? [merged] : merged.items) {
    if (map.kind !== 'map') continue;
    for (const entry of map.entries) {
      if (known.has(entry.key)) continue;
      known.add(entry.key);
      entries.push(entry);
    }
  }
}

/** The first entry of this key. */
export function entryOf(map: SigmaMap, key: string): SigmaEntry | undefined {
  for (const entry of map.entries) if (entry.key === key) return entry;
  return undefined;
}

/** The scalars of a list, or the scalar itself. */
export function scalarsOf(node: SigmaNode): readonly SigmaScalar[] {
  if (node.kind === 'scalar') return [node];
  return node.kind === 'seq' ? node.items.filter((item) => item.kind === 'scalar') : [];
}

/** Where a mapping starts: its first key. */
export const headOf = (map: SigmaMap): Span => map.entries[0]?.keySpan ?? map.span;

/** The place of a part of a key, such as its field; the whole key where it is not written letter by letter. */
export function placeInKey({ key, keySpan }: SigmaEntry, start: number, end: number): Span {
  const extra = keySpan.end - keySpan.start - key.length;
  if (extra !== 0 && extra !== 2) return keySpan;
  const base = keySpan.start + extra / 2;
  return { start: base + start, end: base + end };
}

/** The place of a part of a key when the offset stands in it. */
export function isInKey(entry: SigmaEntry, start: number, end: number, offset: number): Span | null {
  const span = placeInKey(entry, start, end);
  return offset >= span.start && offset <= span.end ? span : null;
}

/** Where the modifiers of a key stand; null where it has none. */
export function placeOfModifiers(entry: SigmaEntry): Span | null {
  const bar = entry.key.indexOf('|');
  return bar === -1 ? null : placeInKey(entry, bar + 1, entry.key.length);
}
