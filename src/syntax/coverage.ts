import type { Span, Token } from '../model';
import { isPlace } from './relocate';

/** A node of what an analysis holds. A stage has a role, and its kind is a command's name, which may be any word. */
interface Held {
  readonly kind?: string;
  readonly role?: string;
  readonly span?: Span;
}

/**
 * The places of all that an analysis holds, by their start: the nodes of which `covers` says that they speak for their whole place, the
 * operators of comparisons and the names of calls. `isTruth`: the node holds of every event, or of none, and has no parts.
 */
export function coversOf(held: unknown, covers: (node: Held, isTruth: boolean) => boolean): readonly Span[] {
  const found: Span[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (isPlace(value) || seen.has(value)) return;
    seen.add(value);
    const node = value as Held & { readonly operator?: Span; readonly name?: unknown; readonly of?: unknown };
    const kind = node.role === undefined ? node.kind : undefined;
    const isTruth = (kind === 'all' || kind === 'any') && (node.of as readonly unknown[]).length === 0;
    if (node.span !== undefined && covers(node, isTruth)) found.push(node.span);
    if (node.operator !== undefined) found.push(node.operator);
    if (kind === 'call') found.push(node.name as Span);
    for (const key in node) if (key !== 'span' && key !== 'operator' && key !== 'derives') visit(node[key as keyof typeof node]);
  };
  visit(held);
  return found.sort((a, b) => a.start - b.start);
}

/** Nodes that speak for their whole place: all but stages, branches, and the kinds that only their parts speak for. */
export const allBut =
  (containers: ReadonlySet<string>) =>
  (node: Held, isTruth: boolean): boolean =>
    isTruth || !(node.role !== undefined || 'stages' in node || 'predicate' in node || (node.kind !== undefined && containers.has(node.kind)));

/** A token is a word of a stretch, ends one, or stands aside. */
type Standing = 'word' | 'end' | 'aside';

/** Stretches of words that lie in none of the places, both in order; `standing` says of each token what it is, `isHeld` whether it lies in one. */
export function stretchesOutside(covers: readonly Span[], tokens: readonly Token[], standing: (token: Token, isHeld: boolean) => Standing): readonly Span[] {
  const missed: { start: number; end: number }[] = [];
  let next = 0;
  let reach = -1;
  let isOpen = false;
  for (const token of tokens) {
    while (next < covers.length && covers[next]!.start <= token.start) reach = Math.max(reach, covers[next++]!.end);
    const is = standing(token, token.end <= reach);
    if (is === 'aside') continue;
    if (is === 'word') {
      if (isOpen) missed.at(-1)!.end = token.end;
      else missed.push({ start: token.start, end: token.end });
    }
    isOpen = is === 'word';
  }
  return missed;
}
