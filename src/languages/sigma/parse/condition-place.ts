import type { Diagnostic, Span } from '../../../model';
import { embeddedScalar } from '../../../syntax/yaml-scalar';
import type { SigmaScalar } from './yaml-node';

/** From a condition's text to the document, however its scalar is written. */
export function mapperOf(text: string, node: SigmaScalar): (span: Span) => Span {
  if (node.source === null) return () => node.span;
  if (node.style === 'plain' && text.startsWith(node.text, node.span.start)) {
    const base = node.span.start;
    return ({ start, end }) => ({ start: start + base, end: end + base });
  }
  const { toDocument } = embeddedScalar(text, node.source);
  return ({ start, end }) => {
    // Decoding ends a block scalar with a line break, also where the text ends without one.
    const from = Math.min(toDocument(start), node.span.end);
    return { start: from, end: Math.max(from, Math.min(end > start ? toDocument(end - 1) + 1 : from, node.span.end)) };
  };
}

export function moveDiagnostic(diagnostic: Diagnostic, place: (span: Span) => Span): Diagnostic {
  const moved = { ...diagnostic, span: place(diagnostic.span) };
  return diagnostic.fix === undefined
    ? moved
    : { ...moved, fix: { title: diagnostic.fix.title, edits: diagnostic.fix.edits.map((edit) => ({ ...edit, span: place(edit.span) })) } };
}
