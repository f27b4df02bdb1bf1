import type { Diagnostic, Token } from '../../../model';
import { byPlace } from '../../../syntax/by-place';
import { isScalar, type YamlDocument } from '../../../syntax/yaml';
import { parseLenientYaml } from '../../../syntax/yaml-repair';
import { type Effort, effortOf, type Remarks, remarksOf, replacing } from '../diagnostics';
import { openDocument, type SigmaDocument } from './document';
import { withLost } from './lost';
import { entryOf, readNode, type SigmaEntry, type SigmaMap, type SigmaNode } from '../parse/yaml-node';
import { lintStructure } from '../lint/structure';
import { tokensOf } from '../assist/colours';

export interface SigmaText {
  readonly documents: readonly SigmaDocument[];
  /** By place. */
  readonly diagnostics: readonly Diagnostic[];
  /** The colours of the whole text; hovers and additions do without. */
  colour(): readonly Token[];
}

interface Opened {
  readonly document: SigmaDocument;
  readonly remarks: Remarks;
}

/** Reads a text of one or more Sigma documents: the YAML once, then each document, then what they say of each other. Total. */
export function openSigma(text: string): SigmaText {
  const yaml = parseLenientYaml(text);
  const effort = effortOf(text);
  const general = remarksOf(effort);
  const opened = openAll(yaml.documents, text, general, effort);
  if (opened.length === 0 && yaml.diagnostics.length === 0 && general.diagnostics.length === 0 && yaml.documents.every(isBlank) && text.trim() !== '') {
    general.remark('sigma/empty-document', { start: 0, end: text.length }, 'There is no Sigma document here; a rule has `title`, `logsource` and `detection`.');
  }
  resolveReferences(opened);
  if (effort.mayBeOdd)
    lintStructure(
      opened.map(({ document }) => document.root),
      general,
    );
  const read = opened.map(({ document }) => document);
  const hasError = [...yaml.diagnostics, ...general.diagnostics, ...opened.flatMap(({ remarks }) => remarks.diagnostics)].some(
    ({ severity }) => severity === 'error',
  );
  const documents = hasError ? lostHeld(opened, tokensOf(yaml.tokens, read, text), text) : read;
  return {
    documents,
    diagnostics: causesIn(inOrder([...yaml.diagnostics, ...general.diagnostics, ...opened.flatMap(({ remarks }) => remarks.diagnostics)]), text),
    colour: () => tokensOf(yaml.tokens, documents, text),
  };
}

/** Each document with what errors have left out; their tokens stand in order, and so do they. */
function lostHeld(opened: readonly Opened[], tokens: readonly Token[], text: string): readonly SigmaDocument[] {
  let next = 0;
  return opened.map(({ document, remarks }) => {
    while (next < tokens.length && tokens[next]!.start < document.span.start) next++;
    const from = next;
    while (next < tokens.length && tokens[next]!.start < document.span.end) next++;
    return withLost(document, tokens.slice(from, next), text, remarks.lost());
  });
}

const isBlank = ({ document }: YamlDocument): boolean => document.contents === null || (isScalar(document.contents) && document.contents.value === null);

/** The documents in order. Old collections have `action`: a global document gives to all that follow until a reset, a repeat changes the one before. */
function openAll(yaml: readonly YamlDocument[], text: string, general: Remarks, effort: Effort): readonly Opened[] {
  const opened: Opened[] = [];
  let shared: SigmaMap | null = null;
  let previous: SigmaMap | null = null;
  let left = MAX_SHARED;
  for (const one of yaml) {
    if (isBlank(one)) continue;
    const remarks = remarksOf(effort);
    let node = readNode(one.document.contents, text, remarks);
    const span = { start: Math.min(one.span.start, node.span.start), end: Math.max(one.span.end, node.span.end) };
    checkKeys(node, remarks);
    if (node.kind === 'map') {
      const own: SigmaMap = node;
      const action = entryOf(own, 'action');
      const rest: SigmaMap = action === undefined ? own : { ...own, entries: own.entries.filter((entry) => entry !== action) };
      const named = action?.value.kind === 'scalar' ? action.value.text : '';
      if (named === 'global' || named === 'reset') {
        shared = named === 'global' ? rest : null;
        for (const diagnostic of remarks.diagnostics) general.add(diagnostic);
        continue;
      }
      if (action !== undefined && named !== 'repeat') remarks.remark('sigma/unknown-action', action.value.span, 'An `action` is global, reset or repeat.');
      const given: SigmaMap | null = named === 'repeat' ? (previous ?? shared) : shared;
      if (given !== null) left -= sizeOf(given);
      if (left < 0)
        remarks.remark(
          'sigma/too-much',
          own.entries[0]?.keySpan ?? own.span,
          'Global documents give so much to the documents after them that it is left out from here on.',
        );
      previous = given === null || left < 0 ? rest : named === 'repeat' ? mergeMaps(given, rest) : mergeMaps(rest, given);
      node = given === null ? previous : { ...previous, span: own.span };
    }
    opened.push({ document: openDocument(node, span, text, remarks), remarks });
  }
  return opened;
}

/** Two entries of one key: readers keep one of them, and not all the same one. */
function checkKeys(node: SigmaNode, remarks: Remarks): void {
  if (node.kind === 'scalar') return;
  if (node.kind === 'seq') {
    for (const item of node.items) if (item.kind !== 'scalar') checkKeys(item, remarks);
    return;
  }
  const { entries } = node;
  const known = entries.length > 1 ? new Set<string>() : null;
  for (const { key, keySpan, value } of entries) {
    if (known?.has(key) === true) remarks.remark('sigma/duplicate-key', keySpan, `The key \`${key}\` stands twice in this mapping.`);
    known?.add(key);
    if (value.kind !== 'scalar') checkKeys(value, remarks);
  }
}

/** Entries that global documents may give to others in one text: each document that follows repeats them. */
const MAX_SHARED = 10_000;

const sizeOf = (node: SigmaNode): number =>
  node.kind === 'map'
    ? node.entries.reduce((sum, entry) => sum + sizeOf(entry.value), 1)
    : node.kind === 'seq'
      ? node.items.reduce((sum, item) => sum + sizeOf(item), 1)
      : 1;

/** `over` wins where both have a value; mappings are merged entry by entry. */
function mergeMaps(base: SigmaMap, over: SigmaMap): SigmaMap {
  const others = new Map<string, SigmaEntry>();
  for (const entry of over.entries) if (!others.has(entry.key)) others.set(entry.key, entry);
  const entries: SigmaEntry[] = base.entries.map((entry) => {
    const other = others.get(entry.key);
    if (other === undefined) return entry;
    return entry.value.kind === 'map' && other.value.kind === 'map' ? { ...entry, value: mergeMaps(entry.value, other.value) } : other;
  });
  const own = new Set(base.entries.map((entry) => entry.key));
  for (const entry of over.entries) if (!own.has(entry.key)) entries.push(entry);
  return { ...base, entries };
}

/** A correlation beside the rules of its text must find all of its rules there; alone, its rules may be anywhere. */
function resolveReferences(opened: readonly Opened[]): void {
  if (opened.length < 2 || !opened.some(({ document }) => document.kind === 'rule')) return;
  const known = new Set<string>();
  for (const { document } of opened) {
    for (const key of ['name', 'id']) {
      const value = entryOf(document.root, key)?.value;
      if (value?.kind === 'scalar' && value.text !== '') known.add(value.text);
    }
  }
  for (const { document, remarks } of opened) {
    if (document.kind !== 'correlation') continue;
    const referred = new Set(document.references.map(({ text }) => text));
    for (const { text, span } of document.references) {
      if (known.has(text)) continue;
      const close = remarks.nearest(text, () => [...known].filter((name) => !referred.has(name)));
      remarks.remark(
        'sigma/unresolved-rule',
        span,
        `No rule of this text has the name or ID \`${text}\`.`,
        close === undefined ? undefined : replacing(`Write ${close}`, span, close),
      );
    }
  }
}

/** What only says that something is not there: behind an error of YAML's form it may well be, and was not read. */
const MISSING: ReadonlySet<string> = new Set(['sigma/no-condition', 'sigma/missing-key', 'sigma/null-keyword', 'sigma/missing-recommended']);

/** Of the errors of one line in YAML's form, and of those that say the same of one line after another, the first; what it hides is not missed. */
function causesIn(diagnostics: readonly Diagnostic[], text: string): readonly Diagnostic[] {
  const isOfForm = ({ code, severity }: Diagnostic): boolean => code === 'yaml/syntax' && severity === 'error';
  if (!diagnostics.some(isOfForm)) return diagnostics;
  let before: Diagnostic | null = null;
  return diagnostics.filter((one) => {
    if (MISSING.has(one.code)) return false;
    if (!isOfForm(one)) return true;
    const isEcho = before !== null && (one.message === before.message || !text.slice(before.span.start, one.span.start).includes('\n'));
    before = one;
    return !isEcho;
  });
}

/** By place; what a global document gives to several rules is said once. */
function inOrder(diagnostics: Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length < 2) return diagnostics;
  const keyOf = ({ code, span, message }: Diagnostic): string => `${code} ${span.start} ${span.end} ${message}`;
  const seen = new Set<string>();
  return diagnostics
    .filter((diagnostic) => {
      const key = keyOf(diagnostic);
      return seen.has(key) ? false : seen.add(key);
    })
    .sort(byPlace);
}
