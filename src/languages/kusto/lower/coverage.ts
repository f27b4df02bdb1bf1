import type { Analysis, Span, Token, Unread } from '../../../model';
import { unread } from '../../../syntax/predicates';

const MEANING: ReadonlySet<Token['type']> = new Set(['field', 'string', 'number', 'regex', 'function', 'macro', 'constant']);
/** Nodes whose place holds others: what they mean stands in their parts. */
const CONTAINERS: ReadonlySet<string> = new Set(
  'all any not test call list condition read rows range filter assign project rename aggregate sort limit distinct expand extract join union sequence correlate'.split(
    ' ',
  ),
);

/** Stretches of a damaged query that recovery passed over: words that lie in nothing the analysis holds. Linear. */
export function passedOver(tokens: readonly Token[], { stages, predicate, bindings, sources }: Omit<Analysis, 'tokens'>): readonly Unread[] {
  const covers: Span[] = [];
  const seen = new Set<object>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) return value.forEach(walk);
    const node = value as { readonly kind?: string; readonly role?: string; readonly span?: Span; readonly name?: unknown; readonly operator?: Span };
    const isContainer = node.role !== undefined || 'stages' in node || (node.kind !== undefined && CONTAINERS.has(node.kind)) || 'predicate' in node;
    if (node.span !== undefined && !isContainer) covers.push(node.span);
    const isTruth = (node.kind === 'all' || node.kind === 'any') && (value as { readonly of?: readonly unknown[] }).of?.length === 0;
    if (isTruth && node.span !== undefined) covers.push(node.span);
    if (node.operator !== undefined) covers.push(node.operator);
    if (node.kind === 'call') covers.push(node.name as Span);
    for (const [key, inner] of Object.entries(value)) if (key !== 'span' && key !== 'derives') walk(inner);
  };
  walk([stages, predicate, sources, bindings.map(({ of, stages: inner }) => [of, inner])]);
  for (const { head } of bindings) if (head !== undefined) covers.push(head);
  covers.sort((a, b) => a.start - b.start);
  const missed: { start: number; end: number }[] = [];
  let next = 0;
  let reach = -1;
  let isOpen = false;
  for (const token of tokens) {
    while (next < covers.length && covers[next]!.start <= token.start) reach = Math.max(reach, covers[next++]!.end);
    if (!MEANING.has(token.type)) continue;
    const isHeld = token.end <= reach;
    if (!isHeld) {
      if (isOpen) missed.at(-1)!.end = token.end;
      else missed.push({ start: token.start, end: token.end });
    }
    isOpen = !isHeld;
  }
  return missed.map((span) => unread(span, 'syntax-error'));
}
