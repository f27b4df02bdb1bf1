import type { Span, TextEdit } from '../model';
import { lowerBound } from './binary-search';
import type { SourceMap } from './relocate';

/** A query that stands inside a container's string: its decoded text, and the way between its offsets and the document's. */
export interface Embedded {
  readonly text: string;
  /** The string's place in the document, quotes and block header included. */
  readonly span: Span;
  readonly toDocument: SourceMap;
  /** Where what stands before an offset ends: right behind its last character, which takes two where the string escapes it, and on its line. */
  readonly toDocumentEnd: SourceMap;
  /** The inner offset of a document offset; null outside the string's content. */
  fromDocument(offset: number): number | null;
  /** How text to be inserted is written in this kind of string: quotes doubled, lines indented. Null when it cannot be (a plain scalar that would end). */
  encode(insert: string): string | null;
  /** The whole of it written anew, over several lines where it has them; null when this kind of string cannot hold it. */
  rewrite(text: string): TextEdit | null;
}

/** A verbatim slice of the document. */
export function verbatim(text: string, span: Span): Embedded {
  return {
    text,
    span,
    toDocument: (offset) => span.start + offset,
    toDocumentEnd: (offset) => span.start + offset,
    fromDocument: (offset) => (offset >= span.start && offset <= span.start + text.length ? offset - span.start : null),
    encode: (insert) => insert,
    rewrite: (written) => ({ span, text: written }),
  };
}

/** `places[i]` is where decoded unit `i` stands, one more entry gives the end; `ends[i]` is where it ends, absent: one character on. */
export function mapped(text: string, span: Span, places: Uint32Array, encode: Embedded['encode'], ends?: Uint32Array): Embedded {
  const toDocument: SourceMap = (offset) => places[Math.min(Math.max(offset, 0), text.length)]!;
  return {
    text,
    span,
    toDocument,
    toDocumentEnd(offset) {
      const last = Math.min(offset, text.length) - 1;
      return last < 0 ? toDocument(0) : (ends?.[last] ?? places[last]! + 1);
    },
    fromDocument(offset) {
      if (offset < places[0]! || offset > places[text.length]!) return null;
      return lowerBound(0, text.length, (at) => places[at]! >= offset);
    },
    encode,
    rewrite(written) {
      const encoded = encode(written);
      return encoded === null ? null : { span, text: encoded };
    },
  };
}

/** Edits of the inner text as edits of the document; null when one cannot be written in this kind of string. */
export function editsInDocument(embedded: Embedded, edits: readonly TextEdit[]): readonly TextEdit[] | null {
  const moved: TextEdit[] = [];
  for (const edit of edits) {
    const text = embedded.encode(edit.text);
    if (text === null) return null;
    const { start, end } = edit.span;
    // An insertion stands right behind the character before it, but at the beginning of a line behind what indents that.
    const isBehind = start > 0 && end === start && !(embedded.text[start - 1] === '\n' && /[^\n]/.test(embedded.text[start] ?? ''));
    const from = isBehind ? embedded.toDocumentEnd(start) : embedded.toDocument(start);
    moved.push({ span: { start: from, end: end > start ? Math.max(from, embedded.toDocumentEnd(end)) : from }, text });
  }
  return moved;
}
