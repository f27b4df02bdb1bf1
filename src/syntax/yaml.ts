import {
  Composer,
  CST,
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  Parser,
  type ParsedNode,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Diagnostic, DiagnosticTable, Span } from '../model';
import { oddCharactersOf, remarkOnOdd } from './odd-characters';

/** What a YAML text may be, so that no text costs more than its length: characters, nesting, nodes. */
const LIMITS = { length: 1_000_000, depth: 100, nodes: 100_000 } as const;
const TOO_DEEP = `This YAML nests deeper than ${LIMITS.depth} levels and is not analysed.`;

export interface YamlDocument {
  readonly span: Span;
  readonly document: Document.Parsed;
  /** The top-level mapping, when the document is one. */
  readonly map: YAMLMap<ParsedNode, ParsedNode | null> | null;
}

/** A text of YAML: its documents, its lexical tokens (for colours), and what the YAML itself has wrong. */
export interface YamlText {
  readonly documents: readonly YamlDocument[];
  readonly tokens: readonly CST.Token[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What YAML itself may have wrong. */
export const YAML_DIAGNOSTICS = {
  'yaml/syntax': { severity: 'error', sentence: 'The text is no YAML at this place.', fixable: true },
  'yaml/unindented': { severity: 'info', sentence: 'A quoted text goes on at the margin, which stricter YAML readers refuse.', fixable: true },
  'yaml/limit': { severity: 'error', sentence: 'The document is too long, too deep or too large to read.', fixable: false },
} as const satisfies DiagnosticTable;

const MESSAGES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'YAML does not allow tabs as indentation; use spaces.',
  BAD_INDENT: 'The indentation does not fit: items of one mapping or list start in the same column.',
  MISSING_CHAR: 'A character is missing here, such as a closing quote, a bracket or the colon after a key.',
  UNEXPECTED_TOKEN: 'This is not expected here.',
  BLOCK_AS_IMPLICIT_KEY: 'A nested block cannot be a key; is a line break or a quote missing?',
  MULTILINE_IMPLICIT_KEY: 'A key stands on one line; is the colon after it missing?',
  BAD_ALIAS: 'An alias is a star and the name of an anchor.',
};

/** What a document says, as JSON; null where its aliases go in a circle, or stand for more than a thousand times what is written. */
export function jsonOf({ document }: YamlDocument): string | null {
  try {
    return JSON.stringify(document.toJS({ maxAliasCount: 1000 }));
  } catch {
    return null;
  }
}

/**
 * Parses a YAML 1.2 text with places; never throws. Too long, too deep or too many nodes: no documents, one error.
 * Keys are not checked for duplicates here: `entriesOf` does it in linear time.
 */
export function parseYaml(text: string): YamlText {
  if (text.length > LIMITS.length) return refused(text, `This text is longer than ${LIMITS.length.toLocaleString('en')} characters and is not analysed.`);
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  try {
    for (const lexeme of new Lexer().lex(text)) {
      for (const token of parser.next(lexeme)) tokens.push(token);
      // What is open only grows the tree, at a cost: far too deep is told before its end.
      if (parser.stack.length > 2 * LIMITS.depth) return refused(text, TOO_DEEP);
    }
    for (const token of parser.end()) tokens.push(token);
  } catch {
    return refused(text, 'This text could not be read as YAML.');
  }
  const excess = excessOf(tokens);
  if (excess !== null) return refused(text, excess);
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
  const documents: YamlDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const document of composer.compose(tokens, false, text.length)) {
    const [start, , end] = document.range;
    documents.push({ span: { start, end }, document, map: isMap(document.contents) ? (document.contents as YAMLMap<ParsedNode, ParsedNode | null>) : null });
    const { errors, warnings } = document;
    if (errors.length === 0 && warnings.length === 0) continue;
    if (errors.some(({ code }) => code === 'MISSING_CHAR')) visit(document, { Scalar: (_, node) => keepLast(text, node) });
    for (const problem of [...errors, ...warnings]) {
      const at = Math.min(problem.pos[0], text.length);
      const end = Math.min(Math.max(problem.pos[1], at), text.length);
      // A second error at one place follows from the first.
      const before = diagnostics.at(-1)?.span;
      if (before?.start === at && before.end === end) continue;
      const severity = problem.name === 'YAMLWarning' ? 'warning' : 'error';
      const slip = slipAt(text, { start: at, end });
      diagnostics.push(
        slip ?? { code: 'yaml/syntax', severity, span: { start: at, end }, message: MESSAGES[problem.code] ?? `${problem.message}.`.replace(/\.\.$/, '.') },
      );
    }
  }
  return { documents, tokens, diagnostics };
}

/** Of a quoted text without its end the library takes the last character for the quote: it is a part of the text. */
function keepLast(text: string, node: Scalar): void {
  const quote = node.type === 'QUOTE_SINGLE' ? "'" : node.type === 'QUOTE_DOUBLE' ? '"' : null;
  if (quote === null || node.range == null || typeof node.value !== 'string') return;
  const raw = text.slice(node.range[0] + 1, node.range[1]);
  const last = raw.at(-1);
  if (last === undefined || last === quote || last === '\n' || (quote === '"' && /\\.$/.test(raw))) return;
  node.value += last;
  node.source = node.value;
}

/** What is most often wrong with a line that is no YAML, with what puts it right; null when it is none of these. */
function slipAt(text: string, { start, end }: Span): Diagnostic | null {
  const written = text.slice(start, Math.min(end, start + 200));
  const [, key] = /^([\w.|-]{1,60}):[^\s:/\\]/.exec(written) ?? [];
  if (key !== undefined && !written.includes('\n')) {
    const at = start + key.length + 1;
    const fix = { title: 'Insert a blank', edits: [{ span: { start: at, end: at }, text: ' ' }] };
    return { code: 'yaml/syntax', severity: 'error', span: { start, end }, message: `A blank is missing after the colon of \`${key}\`.`, fix };
  }
  const [odd] = oddCharactersOf(written);
  if (odd === undefined || odd.kind === 'quote' || odd.kind === 'dash') return null;
  const { message, fix } = remarkOnOdd({ ...odd, span: { start: odd.span.start + start, end: odd.span.end + start } });
  return { code: 'yaml/syntax', severity: 'error', span: { start: odd.span.start + start, end: odd.span.end + start }, message, fix };
}

function refused(text: string, message: string): YamlText {
  return { documents: [], tokens: [], diagnostics: [{ code: 'yaml/limit', severity: 'error', span: { start: 0, end: Math.min(text.length, 80) }, message }] };
}

/** What is too much in a lexical tree. The composer recurses, so depth is checked before it runs; this walk stops where depth does. */
function excessOf(tokens: readonly CST.Token[]): string | null {
  const count = { nodes: 0, depth: 0 };
  for (const token of tokens) measure(token, 0, count);
  if (count.depth > LIMITS.depth) return TOO_DEEP;
  return count.nodes > LIMITS.nodes ? `This YAML has more than ${LIMITS.nodes.toLocaleString('en')} nodes and is not analysed.` : null;
}

function measure(token: CST.Token, depth: number, count: { nodes: number; depth: number }): void {
  count.nodes++;
  if (depth > count.depth) count.depth = depth;
  if (depth > LIMITS.depth || count.nodes > LIMITS.nodes) return;
  if (token.type === 'document') {
    if (token.value !== undefined) measure(token.value, depth, count);
  } else if ('items' in token) {
    for (const { key, value } of token.items) {
      if (key != null) measure(key, depth + 1, count);
      if (value != null) measure(value, depth + 1, count);
    }
  }
}

/** One entry of a mapping. `key` is its text, '' when it is no scalar. */
export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly keyNode: Node;
  readonly value: ParsedNode | null;
  readonly span: Span;
}

/** The place of a node without the blanks and comments after it. */
export function spanOfNode(node: { readonly range?: readonly [number, number, number] | null | undefined } | null, otherwise: Span): Span {
  return node?.range ? { start: node.range[0], end: node.range[1] } : otherwise;
}

/** A mapping's entries in written order; keys that are not scalars are left out. */
export function entriesOf(map: YAMLMap<unknown, unknown>): readonly YamlEntry[] {
  const entries: YamlEntry[] = [];
  for (const item of map.items) {
    const pair = item as Pair<Node | null, ParsedNode | null>;
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const keySpan = spanOfNode(pair.key, { start: 0, end: 0 });
    const valueSpan = spanOfNode(pair.value, keySpan);
    entries.push({
      key: textOfScalar(pair.key),
      keySpan,
      keyNode: pair.key,
      value: pair.value,
      span: { start: keySpan.start, end: Math.max(keySpan.end, valueSpan.end) },
    });
  }
  return entries;
}

/** A scalar as its author wrote it: `00429` and `1.10` keep their digits, `null` and an empty value are ''. */
export function textOfScalar(node: unknown): string {
  if (!isScalar(node)) return '';
  if (typeof node.value === 'string') return node.value;
  if (node.value === null) return '';
  return node.source ?? String(node.value);
}

/** The texts of a scalar or of a list's scalars; anything else gives none. */
export function textsOf(node: unknown): readonly string[] {
  if (isSeq(node)) return node.items.filter((item) => isScalar(item)).map(textOfScalar);
  return isScalar(node) && node.value !== null ? [textOfScalar(node)] : [];
}

export { isMap, isScalar, isSeq };
