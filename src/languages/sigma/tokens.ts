import type { CST } from 'yaml';
import type { Token, TokenType } from '../../model';
import { tokensOfYaml } from '../../syntax/yaml-tokens';
import { lexCondition } from './condition-lexer';
import { mapperOf } from './condition-place';
import type { SigmaDocument } from './document';
import { keyPartsOf } from './modifiers';
import { entryOf, type SigmaEntry, type SigmaNode, type SigmaScalar } from './node';

/** Colours of a Sigma text: YAML's own, with fields, modifiers, regular expressions and conditions told apart. */
export function tokensOf(roots: readonly CST.Token[], documents: readonly SigmaDocument[], text: string): readonly Token[] {
  const types = new Map<number, TokenType | null>();
  const finer: Token[] = [];
  const conditions: SigmaScalar[] = [];
  for (const { kind, root, section } of documents) {
    for (const key of ['status', 'level', 'date', 'modified'] as const) markScalar(entryOf(root, key)?.value, 'constant', types);
    for (const search of section?.searches ?? []) {
      types.set(search.entry.keySpan.start, 'macro');
      markFields(search.entry.value, types, finer);
    }
    const holder = kind === 'rule' ? entryOf(root, 'detection') : entryOf(root, kind);
    if (holder?.value.kind !== 'map') continue;
    for (const { key, value } of holder.value.entries) {
      if (key === 'timespan' || key === 'timeframe' || key === 'type') markScalar(value, 'constant', types);
      if (key !== 'condition') continue;
      for (const scalar of value.kind === 'seq' ? value.items : [value]) {
        if (scalar.kind !== 'scalar' || scalar.type !== 'string' || scalar.source === null) continue;
        conditions.push(scalar);
        colourCondition(scalar, text, finer);
      }
    }
  }
  const typeOf = (offset: number): TokenType | null | undefined => {
    const type = types.get(offset);
    if (type !== undefined) return type;
    for (const { span } of conditions) if (offset >= span.start && offset < span.end) return null;
    return undefined;
  };
  return mergeTokens(tokensOfYaml(roots, text, typeOf), finer);
}

function markScalar(node: SigmaNode | undefined, type: TokenType, types: Map<number, TokenType | null>): void {
  if (node?.kind === 'scalar' && node.style === 'plain') types.set(node.span.start, type);
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

function colourCondition(scalar: SigmaScalar, text: string, finer: Token[]): void {
  const place = mapperOf(text, scalar);
  const lexemes = lexCondition(scalar.text);
  let last = 0;
  lexemes.forEach((lexeme, index) => {
    if (lexeme.kind === 'end') return;
    const word = scalar.text.slice(lexeme.start, lexeme.end);
    const next = lexemes[index + 1]!;
    const isOf = (at: number): boolean => {
      const other = lexemes[at];
      return other?.kind === 'word' && scalar.text.slice(other.start, other.end) === 'of';
    };
    const span = place(lexeme);
    const start = Math.max(span.start, last);
    if (span.end <= start) return;
    last = span.end;
    finer.push({ start, end: span.end, type: typeOfWord(lexeme.kind, word, next.kind === 'word' && isOf(index + 1), isOf(index - 1)) });
  });
}

function typeOfWord(kind: string, word: string, beforeOf: boolean, afterOf: boolean): TokenType {
  if (kind === 'and' || kind === 'or' || kind === 'not') return 'keyword';
  if (kind === '(' || kind === ')' || kind === '|') return 'punctuation';
  if (kind === 'comparison') return 'operator';
  if (kind === 'other') return 'invalid';
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
