import type { Predicate, Span } from '../../../model';
import type { Remarks } from '../diagnostics';
import { replacing } from '../diagnostics';
import type { Condition } from '../tree';
import { gather } from './detection';
import type { SigmaEntry } from '../parse/yaml-node';

/** A search identifier with what it demands and how the conditions use it. */
export interface Search {
  readonly name: string;
  readonly entry: SigmaEntry;
  readonly predicate: Predicate;
  /** How often a condition names it, plainly and under a `not`. */
  uses: number;
  negatedUses: number;
}

/** The search identifiers of one section, and how much their conditions have made of them so far. */
export interface Resolver {
  readonly byName: ReadonlyMap<string, Search>;
  readonly remarks: Remarks;
  readonly patterns: Map<string, readonly Search[]>;
  /** Patterns that stand in a predicate already. */
  readonly placed: Set<string>;
  readonly sizes: Map<Search, number>;
  left: number;
  /** What there was no room for is said. */
  isCut: boolean;
}

/** Comparisons that conditions may put into one predicate a second time, so that no text costs more than its length: patterns multiply. */
const MOST = 20_000;

export function resolverOf(searches: readonly Search[], remarks: Remarks): Resolver {
  const byName = new Map<string, Search>();
  for (const search of searches) if (!byName.has(search.name)) byName.set(search.name, search);
  return { byName, remarks, patterns: new Map(), placed: new Set(), sizes: new Map(), left: MOST, isCut: false };
}

/** The identifiers a pattern fits, in written order; every pattern is compared once. Null: there is no room left for it. */
export function matchesOf(resolver: Resolver, pattern: string): readonly Search[] | null {
  let found = resolver.patterns.get(pattern);
  if (found === undefined) {
    if (resolver.left <= 0) return null;
    found = fitting(pattern, resolver.byName.values());
    resolver.left -= Math.ceil(resolver.byName.size / 10);
    resolver.patterns.set(pattern, found);
  }
  return found;
}

/** The predicate of a parsed condition, its identifiers' predicates put in place; counts their uses. */
export function resolve(resolver: Resolver, condition: Condition, place: (span: Span) => Span, negated = false): Predicate {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = condition.of.map((part) => resolve(resolver, part, place, negated));
      return gather(condition.kind === 'and' ? 'all' : 'any', parts, parts[0]!.span);
    }
    case 'not': {
      const inner = resolve(resolver, condition.of, place, !negated);
      return { kind: 'not', span: inner.span, of: inner };
    }
    case 'name': {
      const search = resolver.byName.get(condition.name);
      return search === undefined ? unknown(resolver, condition.name, place(condition.span)) : used(resolver, search, negated);
    }
    case 'of': {
      const found = matchesOf(resolver, condition.pattern);
      // What a pattern fits counts as used from the first time on: past the limit the pattern is one part that is not read, however many it fits.
      if (found === null || (resolver.left < 0 && resolver.placed.has(condition.pattern))) return tooOften(resolver, place(condition.span));
      resolver.placed.add(condition.pattern);
      if (found.length > 0) {
        const parts = found.map((search) => used(resolver, search, negated));
        return gather(condition.every ? 'all' : 'any', parts, parts[0]!.span);
      }
      const span = place(condition.patternSpan);
      resolver.remarks.remark(
        'sigma/pattern-without-match',
        span,
        `No search identifier fits \`${condition.pattern}\`, so this part of the condition says nothing.`,
      );
      return { kind: 'unread', span, reason: 'unmodelled', note: 'pattern without match' };
    }
    case 'error':
      return { kind: 'unread', span: place(condition.span), reason: resolver.remarks.lost(), note: 'condition' };
    default:
      return condition satisfies never;
  }
}

/** The identifier's predicate, again while there is room for it. */
function used(resolver: Resolver, search: Search, negated: boolean): Predicate {
  search.uses++;
  if (negated) search.negatedUses++;
  if (search.uses === 1) return search.predicate;
  let size = resolver.sizes.get(search);
  if (size === undefined) resolver.sizes.set(search, (size = sizeOf(search.predicate)));
  resolver.left -= size;
  return resolver.left < 0 ? tooOften(resolver, search.predicate.span) : search.predicate;
}

/** What conditions use more often than there is room for; said once. */
function tooOften(resolver: Resolver, span: Span): Predicate {
  if (!resolver.isCut)
    resolver.remarks.remark('sigma/too-much', span, 'The conditions use their search identifiers too often: from here on what they use again is not read.');
  resolver.isCut = true;
  return { kind: 'unread', span, reason: 'limit', note: 'used too often' };
}

function unknown({ byName, remarks }: Resolver, name: string, span: Span): Predicate {
  const close = remarks.nearest(name, () => [...byName.keys()].filter((known) => /^[A-Za-z0-9_-]+$/.test(known)));
  const message = `No search identifier is called \`${name}\``;
  if (close === undefined) remarks.remark('sigma/unknown-identifier', span, `${message}.`);
  else remarks.remark('sigma/unknown-identifier', span, `${message}; did you mean \`${close}\`?`, replacing(`Write ${close}`, span, close));
  return { kind: 'unread', span, reason: remarks.lost(), note: 'unknown identifier' };
}

function sizeOf(predicate: Predicate): number {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return predicate.of.reduce((sum, part) => sum + sizeOf(part), 1);
    case 'not':
      return sizeOf(predicate.of);
    case 'test':
    case 'unread':
      return 1;
    default:
      return predicate satisfies never;
  }
}

/** `them` is every identifier; names with a leading `_` answer only to patterns that have one. */
function fitting(pattern: string, searches: Iterable<Search>): readonly Search[] {
  const found: Search[] = [];
  for (const search of searches) {
    if (search.name.startsWith('_') && !pattern.startsWith('_')) continue;
    if (pattern === 'them' || fits(search.name, pattern)) found.push(search);
  }
  return found;
}

/** Whether the name is the pattern with every `*` read as any run of characters. */
function fits(name: string, pattern: string): boolean {
  let inName = 0;
  let inPattern = 0;
  let star = -1;
  let from = 0;
  while (inName < name.length) {
    if (pattern[inPattern] === '*') {
      star = inPattern++;
      from = inName;
    } else if (pattern[inPattern] === name[inName]) {
      inPattern++;
      inName++;
    } else if (star >= 0) {
      inPattern = star + 1;
      inName = ++from;
    } else return false;
  }
  while (pattern[inPattern] === '*') inPattern++;
  return inPattern === pattern.length;
}
