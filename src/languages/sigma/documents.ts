import type { Diagnostic, Token } from '../../model';
import { parseYaml } from '../../syntax/yaml';
import { type Remarks, remarksOf, replacing } from './codes';
import { openDocument, type SigmaDocument } from './document';
import { nearest } from './nearest';
import { entryOf, readNode, type SigmaEntry, type SigmaMap, type SigmaNode } from './node';
import { tokensOf } from './tokens';

export interface SigmaText {
  readonly documents: readonly SigmaDocument[];
  readonly tokens: readonly Token[];
  /** By place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a text of one or more Sigma documents: the YAML once, then each document, then what they say of each other. Total. */
export function openSigma(text: string): SigmaText {
  const yaml = parseYaml(text);
  const opened: { readonly document: SigmaDocument; readonly remarks: Remarks }[] = [];
  const general = remarksOf();
  let shared: SigmaMap | null = null;
  let previous: SigmaMap | null = null;
  for (const { document, span } of yaml.documents) {
    const own = readNode(document.contents, text);
    if (own.kind === 'scalar' && own.type === 'null') continue;
    const remarks = remarksOf();
    checkKeys(own, remarks);
    const action = own.kind === 'map' ? entryOf(own, 'action') : undefined;
    let node: SigmaNode = own;
    if (own.kind === 'map') {
      const rest: SigmaMap = action === undefined ? own : { ...own, entries: own.entries.filter((entry) => entry !== action) };
      const named = action?.value.kind === 'scalar' ? action.value.text : '';
      if (action !== undefined && named === 'global') {
        shared = rest;
        previous = null;
        for (const diagnostic of remarks.diagnostics) general.add(diagnostic);
        continue;
      }
      if (action !== undefined && named === 'reset') {
        shared = null;
        continue;
      }
      if (action !== undefined && named !== 'repeat') remarks.remark('sigma/unknown-action', action.value.span, 'An `action` is global, reset or repeat.');
      if (named === 'repeat' && previous !== null) node = mergeMaps(previous, rest);
      else node = shared === null ? rest : mergeMaps(rest, shared);
      previous = node;
    }
    const spanOfOwn = { start: Math.min(span.start, own.span.start), end: Math.max(span.end, own.span.end) };
    opened.push({ document: openDocument(node, spanOfOwn, text, remarks), remarks });
  }
  if (opened.length === 0 && yaml.diagnostics.length === 0 && text.trim() !== '' && shared === null) {
    general.remark('sigma/empty-document', { start: 0, end: text.length }, 'There is no Sigma document here; a rule has `title`, `logsource` and `detection`.');
  }
  resolveReferences(opened);
  const documents = opened.map(({ document }) => document);
  const tokens = tokensOf(yaml.tokens, documents, text);
  return {
    documents:
      documents.length === 1
        ? [{ ...documents[0]!, analysis: { ...documents[0]!.analysis, tokens } }]
        : documents.map((document) => withTokens(document, tokens)),
    tokens,
    diagnostics: inOrder([...yaml.diagnostics, ...general.diagnostics, ...opened.flatMap(({ remarks }) => remarks.diagnostics)]),
  };
}

const withTokens = (document: SigmaDocument, tokens: readonly Token[]): SigmaDocument => ({
  ...document,
  analysis: { ...document.analysis, tokens: tokens.filter((token) => token.start >= document.span.start && token.end <= document.span.end) },
});

/** Two entries of one key: readers keep one of them, and not all the same one. */
function checkKeys(node: SigmaNode, remarks: Remarks): void {
  if (node.kind === 'scalar') return;
  if (node.kind === 'seq') {
    for (const item of node.items) checkKeys(item, remarks);
    return;
  }
  let known: Set<string> | null = null;
  for (const { key, keySpan, value } of node.entries) {
    known ??= new Set();
    if (known.has(key)) remarks.remark('sigma/duplicate-key', keySpan, `The key \`${key}\` stands twice in this mapping.`);
    known.add(key);
    if (value.kind !== 'scalar') checkKeys(value, remarks);
  }
}

/** `over` wins where both have a value; mappings are merged entry by entry. */
function mergeMaps(base: SigmaMap, over: SigmaMap): SigmaMap {
  const entries: SigmaEntry[] = base.entries.map((entry) => {
    const other = entryOf(over, entry.key);
    if (other === undefined) return entry;
    return entry.value.kind === 'map' && other.value.kind === 'map' ? { ...entry, value: mergeMaps(entry.value, other.value) } : other;
  });
  for (const entry of over.entries) if (entryOf(base, entry.key) === undefined) entries.push(entry);
  return { ...base, entries };
}

/** A correlation beside the rules of its text must find all of its rules there; alone, its rules may be anywhere. */
function resolveReferences(opened: readonly { readonly document: SigmaDocument; readonly remarks: Remarks }[]): void {
  if (!opened.some(({ document }) => document.kind === 'rule')) return;
  const known = new Set<string>();
  for (const { document } of opened) {
    for (const key of ['name', 'id']) {
      const value = entryOf(document.root, key)?.value;
      if (value?.kind === 'scalar' && value.text !== '') known.add(value.text);
    }
  }
  for (const { document, remarks } of opened) {
    if (document.kind !== 'correlation') continue;
    for (const reference of document.references) {
      if (known.has(reference.text)) continue;
      const close = nearest(reference.text, known);
      remarks.remark(
        'sigma/unresolved-rule',
        reference.span,
        `No rule of this text has the name or ID \`${reference.text}\`.`,
        close === undefined ? undefined : replacing(`Write ${close}`, reference.span, close),
      );
    }
  }
}

/** By place; what a global document gives to several rules is said once. */
function inOrder(diagnostics: Diagnostic[]): readonly Diagnostic[] {
  const keyOf = ({ code, span, message }: Diagnostic): string => `${code} ${span.start} ${span.end} ${message}`;
  const seen = new Set<string>();
  return diagnostics
    .filter((diagnostic) => {
      const key = keyOf(diagnostic);
      return seen.has(key) ? false : seen.add(key);
    })
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
