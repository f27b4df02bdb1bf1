import type { Analysis, Operation, Span, Stage, Token, TokenType } from '../../../model';
import { unread } from '../../../syntax/predicates';

/** Tokens that mean something by themselves. */
const MEANING: ReadonlySet<TokenType> = new Set(['field', 'string', 'number', 'regex', 'function', 'macro', 'constant']);

/** Nodes that only their parts speak for. */
const CONTAINERS: ReadonlySet<string> = new Set(
  'all any not test call list condition read rows filter assign project rename aggregate sort limit distinct expand extract join union'.split(' '),
);

/**
 * The stages, each with what of its words no other part holds as a step that is not read: whatever the parsers pass over, nothing of a query is
 * understood in silence.
 */
export function withLeftovers({ stages, sources, terms, tokens }: Pick<Analysis, 'stages' | 'sources' | 'terms' | 'tokens'>): readonly Stage[] {
  const missed = missedTokens([stages, sources, terms], tokens);
  if (missed.length === 0) return stages;
  let next = 0;
  return stages.map((stage, index) => {
    const from = next;
    while (next < missed.length && (index === stages.length - 1 || missed[next]!.start < stage.span.end)) next++;
    if (next === from) return stage;
    const left = missed.slice(from, next).map((span): Operation => unread(span, 'syntax-error', 'words without a place'));
    return { ...stage, operations: [...(stage.operations ?? []), ...left] };
  });
}

/** Stretches of tokens that lie in no part. */
function missedTokens(held: unknown, tokens: readonly Token[]): readonly Span[] {
  const covers: Span[] = [];
  collect(held, covers, new Set());
  covers.sort((a, b) => a.start - b.start);
  const missed: { start: number; end: number }[] = [];
  let next = 0;
  let reach = -1;
  let isOpen = false;
  for (const token of tokens) {
    while (next < covers.length && covers[next]!.start <= token.start) reach = Math.max(reach, covers[next++]!.end);
    if (token.end <= reach || token.type === 'operator' || token.type === 'key') isOpen = false;
    else if (MEANING.has(token.type)) {
      if (isOpen) missed.at(-1)!.end = token.end;
      else missed.push({ start: token.start, end: token.end });
      isOpen = true;
    }
  }
  return missed;
}

interface Node {
  readonly kind?: string;
  readonly role?: string;
  readonly span?: Span;
  readonly operator?: Span;
  readonly name?: unknown;
  readonly of?: unknown;
}

function collect(value: unknown, covers: Span[], seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (Array.isArray(value)) {
    for (const part of value) collect(part, covers, seen);
    return;
  }
  const node = value as Node;
  // A stage's kind is the command's name, which may be any word.
  const kind = node.role === undefined ? node.kind : undefined;
  const isTruth = (kind === 'all' || kind === 'any') && (node.of as readonly unknown[]).length === 0;
  const isContainer = !isTruth && (node.role !== undefined || 'stages' in node || 'predicate' in node || (kind !== undefined && CONTAINERS.has(kind)));
  if (node.span !== undefined && !isContainer) covers.push(node.span);
  if (node.operator !== undefined) covers.push(node.operator);
  if (kind === 'call') covers.push(node.name as Span);
  for (const key in node) {
    const inner = node[key as keyof Node];
    if (typeof inner === 'object' && key !== 'span' && key !== 'operator' && key !== 'derives') collect(inner, covers, seen);
  }
}
