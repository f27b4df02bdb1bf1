import type { CST } from 'yaml';
import type { Span, Token, TokenType } from '../../../model';
import { tokensOfYaml } from '../../../syntax/yaml-tokens';
import type { ConditionToken } from '../parse/condition-lexer';
import type { SigmaDocument } from '../lower/document';
import { keyPartsOf } from '../parse/modifiers';
import type { SigmaEntry, SigmaNode } from '../parse/yaml-node';
import type { WrittenCondition } from '../lower/section';

/** Colours of a Sigma text: YAML's own, with fields, modifiers, regular expressions and conditions told apart. */
export function tokensOf(roots: readonly CST.Token[], documents: readonly SigmaDocument[], text: string): readonly Token[] {
  const types = new Map<number, TokenType | null>();
  const finer: Token[] = [];
  const conditions: Span[] = [];
  for (const { kind, root, section, conditions: written } of documents) {
    for (const { key, value } of root.entries) {
      if (CONSTANT_KEYS.has(key)) markScalar(value, types);
      else if (key === 'correlation' && kind === 'correlation' && value.kind === 'map') {
        for (const entry of value.entries) if (entry.key === 'timespan' || entry.key === 'type') markScalar(entry.value, types);
      }
    }
    for (const search of section?.searches ?? []) {
      types.set(search.entry.keySpan.start, 'macro');
      markFields(search.entry.value, types, finer);
    }
    for (const condition of written) {
      if (condition.scalar.source === null) continue;
      conditions.push(condition.scalar.span);
      colourCondition(condition, finer);
    }
  }
  // Scalars are asked about in their order.
  conditions.sort((a, b) => a.start - b.start);
  let next = 0;
  const typeOf = (offset: number): TokenType | null | undefined => {
    const type = types.get(offset);
    if (type !== undefined) return type;
    while (next < conditions.length && conditions[next]!.end <= offset) next++;
    return next < conditions.length && offset >= conditions[next]!.start ? null : undefined;
  };
  return mergeTokens(tokensOfYaml(roots, text, typeOf), finer);
}

/** Keys whose values come from a short list or the calendar. */
const CONSTANT_KEYS: ReadonlySet<string> = new Set(['status', 'level', 'date', 'modified']);

function markScalar(node: SigmaNode, types: Map<number, TokenType | null>): void {
  if (node.kind === 'scalar' && node.style === 'plain') types.set(node.span.start, 'constant');
}

/** Keys of a selection: the field, its modifiers, the bars between; values of `re` are regular expressions. */
function markFields(node: SigmaNode, types: Map<number, TokenType | null>, finer: Token[]): void {
  if (node.kind === 'seq') for (const item of node.items) markFields(item, types, finer);
  if (node.kind !== 'map') return;
  for (const entry of node.entries) {
    if (types.has(entry.keySpan.start)) continue;
    types.set(entry.keySpan.start, null);
    colourKey(entry, finer);
    if (keyPartsOf(entry.key).chain.regex) markRegexes(entry.value, types);
    else if (entry.value.kind === 'seq') for (const item of entry.value.items) if (item.kind === 'map') markFields(item, types, finer);
  }
}

function markRegexes(node: SigmaNode, types: Map<number, TokenType | null>): void {
  if (node.kind === 'seq') for (const item of node.items) markRegexes(item, types);
  else if (node.kind === 'scalar') types.set(node.span.start, 'regex');
}

function colourKey({ key, keySpan }: SigmaEntry, finer: Token[]): void {
  const bar = key.indexOf('|');
  const isVerbatim = keySpan.end - keySpan.start === key.length;
  if (bar === -1 || !isVerbatim) {
    if (keySpan.end > keySpan.start) finer.push({ ...keySpan, type: bar === 0 ? 'modifier' : 'field' });
    return;
  }
  if (bar > 0) finer.push({ start: keySpan.start, end: keySpan.start + bar, type: 'field' });
  let at = keySpan.start + bar;
  while (at < keySpan.end) {
    finer.push({ start: at, end: at + 1, type: 'punctuation' });
    const next = key.indexOf('|', at + 1 - keySpan.start);
    const end = next === -1 ? keySpan.end : keySpan.start + next;
    if (end > at + 1) finer.push({ start: at + 1, end, type: 'modifier' });
    at = end;
  }
}

function colourCondition({ scalar, lexemes, place }: WrittenCondition, finer: Token[]): void {
  const { text } = scalar;
  const isOf = (lexeme: ConditionToken | undefined): boolean => lexeme?.kind === 'word' && text.slice(lexeme.start, lexeme.end) === 'of';
  let last = 0;
  for (let at = 0; at < lexemes.length - 1; at++) {
    const lexeme = lexemes[at]!;
    const span = place(lexeme);
    const start = Math.max(span.start, last);
    if (span.end <= start) continue;
    last = span.end;
    const type = lexeme.kind === 'word' ? typeOfWord(text.slice(lexeme.start, lexeme.end), isOf(lexemes[at + 1]), isOf(lexemes[at - 1])) : TYPES[lexeme.kind];
    finer.push({ start, end: span.end, type });
  }
}

const TYPES: Readonly<Record<Exclude<ConditionToken['kind'], 'word'>, TokenType>> = {
  and: 'keyword',
  or: 'keyword',
  not: 'keyword',
  '(': 'punctuation',
  ')': 'punctuation',
  '|': 'punctuation',
  comparison: 'operator',
  other: 'invalid',
  end: 'invalid',
};

function typeOfWord(word: string, beforeOf: boolean, afterOf: boolean): TokenType {
  if (word === 'of' || beforeOf || (afterOf && word === 'them')) return 'keyword';
  return /^\d+$/.test(word) ? 'number' : 'macro';
}

/** Two ordered lists as one; the finer token wins where they meet. */
function mergeTokens(tokens: readonly Token[], finer: Token[]): readonly Token[] {
  if (finer.length === 0) return tokens;
  finer.sort((a, b) => a.start - b.start);
  const merged: Token[] = [];
  let next = 0;
  let last = 0;
  const put = (token: Token): void => {
    if (token.start < last) return;
    merged.push(token);
    last = token.end;
  };
  for (const token of tokens) {
    while (next < finer.length && finer[next]!.start <= token.start) put(finer[next++]!);
    put(token);
  }
  while (next < finer.length) put(finer[next++]!);
  return merged;
}
