import type { Predicate } from '../model';

/**
 * Whether two predicates mean the same by the same tree: equal without places (`span`, `operator`, a call's `name`), without how it was written
 * (`written`) and where it came from (`macro`, `origin`). An `all` or `any` of one part is that part, one in one of its own kind is opened; order counts.
 */
export const sameTree = (a: Predicate, b: Predicate): boolean => JSON.stringify(meaningOf(a)) === JSON.stringify(meaningOf(b));

const ASIDE: ReadonlySet<string> = new Set(['span', 'operator', 'written', 'macro', 'origin']);

/** The predicate as plain data that two texts of one meaning share. */
export function meaningOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaningOf);
  if (typeof value !== 'object' || value === null) return value;
  const node = value as { readonly kind?: unknown; readonly of?: unknown };
  const held = Object.entries(value)
    .filter(([key, inner]) => !ASIDE.has(key) && inner !== undefined && !(key === 'name' && typeof inner === 'object'))
    .map(([key, inner]) => [key, meaningOf(inner)] as const);
  if ((node.kind !== 'all' && node.kind !== 'any') || !Array.isArray(node.of)) return Object.fromEntries(held);
  const parts = node.of.map(meaningOf).flatMap((part) => {
    const inner = part as { readonly kind?: unknown; readonly of?: unknown; readonly same?: unknown };
    return inner.kind === node.kind && inner.same === undefined && Array.isArray(inner.of) ? (inner.of as readonly unknown[]) : [part];
  });
  const same = held.find(([key]) => key === 'same')?.[1];
  if (same !== undefined) return { kind: node.kind, of: parts, same };
  return parts.length === 1 ? parts[0] : { kind: node.kind, of: parts };
}
