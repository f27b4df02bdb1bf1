import type { Analysis, Context, Diagnostic, Language, TextEdit, Token } from '../../model';
import { analysed } from '../analysed';
import { lowerBound } from '../../syntax/binary-search';
import { opaqueAnalysis } from '../../syntax/opaque';
import { relocate } from '../../syntax/relocate';
import type { TextNode } from './tree';

/** A query in its document: the text it is written in, and the language that reads it (null: none of ours). */
export interface EmbeddedQuery {
  readonly node: TextNode;
  readonly language: Language | null;
}

/** Names of query languages as rules and hunts write them. */
const NAMES: Readonly<Record<string, string>> = { kuery: 'kuery', kql: 'kuery', eql: 'eql', esql: 'esql', 'es|ql': 'esql', lucene: 'lucene' };

/** The id of a language as a document names it; undefined for one that is not read here (osquery's SQL). */
export const languageIdOf = (name: string): string | undefined => (Object.hasOwn(NAMES, name.toLowerCase()) ? NAMES[name.toLowerCase()] : undefined);

/** The analysis of an embedded query, with places in the document. */
export function analyseEmbedded({ node, language }: EmbeddedQuery, context: Context): Analysis {
  const own = language === null ? opaqueAnalysis('none', node.value) : analysed(language, node.value, context);
  const moved = relocate(own, node.map, node.map);
  if (!node.isEscaped) return moved;
  const escaped = ({ fix, ...remark }: Diagnostic): Diagnostic =>
    fix === undefined ? remark : { ...remark, fix: { ...fix, edits: fix.edits.map((edit) => ({ ...edit, text: escapedText(edit.text) })) } };
  return { ...moved, diagnostics: moved.diagnostics.map(escaped) };
}

/** A text as it is written between double quotes, in TOML as in JSON. */
const escapedText = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The query that holds an offset of the document, and the offset in it; null when the offset is outside all of them. */
export function queryAt(queries: readonly EmbeddedQuery[], offset: number): { readonly query: EmbeddedQuery; readonly inner: number } | null {
  const query = queries.find(({ node }) => node.content.start <= offset && offset <= node.content.end);
  if (query === undefined) return null;
  const { map, value } = query.node;
  return { query, inner: lowerBound(0, value.length, (at) => map(at) >= offset) };
}

/** Edits of a query's text as edits of the document, what they insert escaped as its quotes ask. */
export function editsInDocument({ node }: EmbeddedQuery, edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.map((edit) => ({
    span: { start: node.map(edit.span.start), end: node.map(edit.span.end) },
    text: node.isEscaped ? escapedText(edit.text) : edit.text,
  }));
}

/** The query written anew: over several lines in three quotes, but in JSON, which has no such texts. Null where the quotes cannot hold it. */
export function rewritten(document: string, { node }: EmbeddedQuery, text: string): TextEdit | null {
  const { start, end, content } = node;
  const quote = document.slice(start, start + 3);
  if (isJson(document)) return { span: content, text: escapedText(text) };
  const eol = document.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.replace(/\r?\n/g, eol);
  if (quote === "'''") return lines.includes("'''") ? null : { span: content, text: lines };
  if (quote === '"""') return { span: content, text: lines.replace(/\\/g, '\\\\').replace(/"""/g, '""\\"') };
  if (!text.includes('\n')) return { span: content, text: node.isEscaped ? escapedText(text) : text };
  return text.includes("'''") ? null : { span: { start, end }, text: `'''${eol}${lines}${eol}'''` };
}

/** An export, and no file in TOML. */
export const isJson = (document: string): boolean => /^\uFEFF?\s*(?:\{|\[\s*\{)/.test(document);

/** The document's tokens with each query's own in place of the text it is written in; the quotes stay. */
export function tokensWithQueries(
  tokens: readonly Token[],
  queries: readonly { readonly node: TextNode; readonly tokens: readonly Token[] }[],
): readonly Token[] {
  const byStart = new Map(queries.map((query) => [query.node.start, query]));
  return tokens.flatMap((token) => {
    const query = byStart.get(token.start);
    if (query === undefined || query.node.end !== token.end) return [token];
    const { content } = query.node;
    return [...quote(token.start, content.start), ...query.tokens, ...quote(content.end, token.end)];
  });
}

const quote = (start: number, end: number): readonly Token[] => (end > start ? [{ type: 'string', start, end }] : []);
