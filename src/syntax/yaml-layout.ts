import { isAlias, isMap, isScalar, isSeq, type Node, type ParsedNode, type Scalar } from 'yaml';
import type { TextEdit } from '../model';
import { jsonOf, parseYaml } from './yaml';
import { lastStart } from './binary-search';

/** Blanks of one step under a key. */
const STEP = 4;
/** A list's dash with the blank behind it. */
const DASH = 2;

/** Where a line begins now, and what becomes of the lines that go on from it. */
interface Line {
  readonly indent: number;
  /** Its own blanks count from there (block texts, brackets over several lines): it moves with the others. */
  readonly isMoved?: true;
}

/**
 * A YAML text with every level indented by four, lists one step under their key, one blank after colons and dashes, and no blanks at the ends of lines.
 * Comments move with what follows them. Null where the text is not sound YAML, has a form that is not laid out, or would not read the same.
 */
export function layOutYaml(text: string): string | null {
  const { documents, diagnostics } = parseYaml(text);
  if (documents.length === 0 || diagnostics.some(({ severity }) => severity === 'error')) return null;
  const starts = lineStarts(text);
  const lines = new Map<number, Line>();
  const edits: TextEdit[] = [];
  const kept = new Set<number>();
  const sheet: Sheet = { text, lineOf: lineFinder(starts), starts, lines, edits, kept };
  for (const { document } of documents) if (!placeNode(sheet, document.contents, 0, 0)) return null;
  const laid = written(sheet);
  return sameData(text, laid) ? laid : null;
}

interface Sheet {
  readonly text: string;
  readonly starts: readonly number[];
  lineOf(offset: number): number;
  readonly lines: Map<number, Line>;
  /** Blanks inside lines. */
  readonly edits: TextEdit[];
  /** Lines whose blanks at the end are content. */
  readonly kept: Set<number>;
}

/** Places a node whose own line is placed, or begins at `indent`; `inner`: where its further lines begin. False for what is not laid out. */
function placeNode(sheet: Sheet, node: ParsedNode | null, indent: number, inner: number): boolean {
  if (node === null || isAlias(node)) return true;
  if (isMap(node) && node.flow !== true) {
    return node.items.every(({ key, value }) => {
      if (!isScalar(key) || isBlock(key)) return false;
      const [start, end] = (key as Scalar.Parsed).range;
      place(sheet, start, indent);
      if (value === null) return true;
      const from = propsStart(sheet, value, end);
      if (sheet.lineOf(from) === sheet.lineOf(end)) tighten(sheet, end, from, ':');
      else place(sheet, from, indent + STEP);
      return placeNode(sheet, value, indent + STEP, indent + STEP);
    });
  }
  if (isSeq(node) && node.flow !== true) {
    for (const item of node.items as readonly (ParsedNode | null)[]) {
      if (item?.range == null) continue;
      const dash = sheet.text.lastIndexOf('-', item.range[0] - 1);
      const start = propsStart(sheet, item, dash + 1);
      if (sheet.text[item.range[0]] === '-' && isScalar(item) && item.range[0] === item.range[1]) continue;
      if (dash === -1 || sheet.text.slice(dash + 1, start).trim() !== '') return false;
      place(sheet, dash, indent);
      if (sheet.lineOf(start) === sheet.lineOf(dash)) tighten(sheet, dash + 1, start, '');
      else place(sheet, start, indent + DASH);
      if (!placeNode(sheet, item, indent + DASH, indent + DASH)) return false;
    }
    return true;
  }
  return placeRest(sheet, node, inner);
}

/** Further lines of a text, or of brackets. */
function placeRest(sheet: Sheet, node: Node, inner: number): boolean {
  const [start, end] = node.range!;
  const first = sheet.lineOf(start);
  const last = sheet.lineOf(Math.max(start, end - 1));
  if (isBlock(node) && /^[|>][+-]?\d|^[|>]\d/.test(sheet.text.slice(start, start + 3))) return false;
  const isMoved = isBlock(node) || isMap(node) || isSeq(node);
  for (let line = first + 1; line <= last; line++) {
    sheet.lines.set(line, isMoved ? { indent: inner, isMoved } : { indent: inner });
    if (isBlock(node)) sheet.kept.add(line);
  }
  return true;
}

const isBlock = (node: unknown): node is Scalar => isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');

/** Where an anchor or a tag before a node begins, else the node. */
function propsStart({ text }: Sheet, node: Node, from: number): number {
  const between = text.slice(from, node.range![0]);
  const at = between.search(/[&!]/);
  return at === -1 || /#/.test(between) ? node.range![0] : from + at;
}

function place({ text, starts, lines, lineOf }: Sheet, offset: number, indent: number): void {
  const line = lineOf(offset);
  if (text.slice(starts[line]!, offset).trim() === '') lines.set(line, { indent });
}

/** One blank between a mark and what follows it. */
function tighten({ text, edits }: Sheet, from: number, to: number, mark: string): void {
  const between = text.slice(from, to);
  if (between.trim() === mark && between !== `${mark} `) edits.push({ span: { start: from, end: to }, text: `${mark} ` });
}

/** The lines as they are placed; comments go where the next line goes that stands as far in, or the one before. */
function written({ text, starts, lines, edits, kept }: Sheet): string {
  const lineAt = (line: number): string => text.slice(starts[line]!, starts[line + 1] ?? text.length);
  const blanksOf = (line: number): number => /^[ \t]*/.exec(lineAt(line))![0].length;
  const shifts = shiftsOf(lines, (line) => (lineAt(line).trim() === '' ? Infinity : blanksOf(line)));
  const comments = placesOfComments(text, starts, lines, blanksOf);
  const sorted = edits.toSorted((a, b) => a.span.start - b.span.start);
  const out: string[] = [];
  let next = 0;
  starts.forEach((start, line) => {
    const end = starts[line + 1] ?? text.length;
    const blanks = blanksOf(line);
    let body = '';
    let at = start + blanks;
    for (; next < sorted.length && sorted[next]!.span.start < end; next++) {
      const { span, text: by } = sorted[next]!;
      body += text.slice(at, span.start) + by;
      at = span.end;
    }
    body += text.slice(at, end);
    const [eol] = /\r?\n?$/.exec(body)!;
    const bare = body.slice(0, body.length - eol.length);
    const held = kept.has(line) ? bare : bare.replace(/[ \t]+$/, '');
    if (held === '' && !kept.has(line)) return void out.push(eol);
    const found = lines.get(line);
    const indent = found === undefined ? (comments.get(line) ?? blanks) : found.isMoved === true ? Math.max(0, blanks + (shifts.get(line) ?? 0)) : found.indent;
    out.push(held === '' && bare === '' ? '' : ' '.repeat(indent), held, eol);
  });
  return `${out.join('').replace(/(?:\r?\n)+$/, '')}${text.includes('\r\n') ? '\r\n' : '\n'}`;
}

/** How far the lines of a block move: what brings its least indented line to its place. */
function shiftsOf(lines: ReadonlyMap<number, Line>, blanksOf: (line: number) => number): ReadonlyMap<number, number> {
  const shifts = new Map<number, number>();
  const numbers = [...lines.keys()].sort((a, b) => a - b);
  for (let at = 0; at < numbers.length;) {
    const { indent, isMoved } = lines.get(numbers[at]!)!;
    let to = at + 1;
    while (
      isMoved &&
      to < numbers.length &&
      numbers[to] === numbers[to - 1]! + 1 &&
      lines.get(numbers[to]!)?.isMoved &&
      lines.get(numbers[to]!)?.indent === indent
    )
      to++;
    if (isMoved) {
      const block = numbers.slice(at, to);
      const least = block.reduce((least, line) => Math.min(least, blanksOf(line)), Infinity);
      for (const line of block) shifts.set(line, least === Infinity ? 0 : indent - least);
    }
    at = to;
  }
  return shifts;
}

/** Where lines of comments go: as the placed line after them, but where only the one before stands as far in as they do. */
function placesOfComments(
  text: string,
  starts: readonly number[],
  lines: ReadonlyMap<number, Line>,
  blanksOf: (line: number) => number,
): ReadonlyMap<number, number> {
  const after = new Int32Array(starts.length).fill(-1);
  for (let line = starts.length - 1, next = -1; line >= 0; line--) {
    if (lines.has(line)) next = line;
    after[line] = next;
  }
  const places = new Map<number, number>();
  let before = -1;
  for (let line = 0; line < starts.length; line++) {
    if (lines.has(line)) before = lines.get(line)!.isMoved === true ? -1 : line;
    else if (text[starts[line]! + blanksOf(line)] === '#') {
      const next = after[line]!;
      const blanks = blanksOf(line);
      const isOfBefore = before !== -1 && blanksOf(before) === blanks && (next === -1 || blanksOf(next) !== blanks);
      const of = isOfBefore ? before : next;
      if (of !== -1) places.set(line, lines.get(of)!.indent);
    }
  }
  return places;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineFinder(starts: readonly number[]): (offset: number) => number {
  return (offset) => lastStart(starts, offset);
}

/** Both say the same, and hold the same comments in the same order. */
function sameData(before: string, after: string): boolean {
  const [data, other] = [before, after].map((text) => {
    const { documents, tokens, diagnostics } = parseYaml(text);
    const all = documents.map(jsonOf);
    const isRead = !all.includes(null) && !diagnostics.some(({ severity }) => severity === 'error');
    return isRead ? JSON.stringify([all, commentsIn(tokens)]) : null;
  });
  return data !== null && data === other;
}

/** The comments' texts, in the order of the tokens. */
function commentsIn(token: unknown): readonly string[] {
  if (Array.isArray(token)) return token.flatMap(commentsIn);
  if (typeof token !== 'object' || token === null) return [];
  const { type, source } = token as { readonly type?: unknown; readonly source?: unknown };
  return type === 'comment' ? [String(source).trimEnd()] : Object.values(token).flatMap(commentsIn);
}
