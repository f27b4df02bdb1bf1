import type { Predicate, Span } from '../../model';
import type { Remarks } from './codes';
import { replacing } from './codes';
import type { Condition } from './condition-tree';
import { gather } from './detection';
import type { SigmaEntry } from './node';

/** A search identifier with what it demands and how the conditions use it. */
export interface Search {
  readonly name: string;
  readonly entry: SigmaEntry;
  readonly predicate: Predicate;
  /** How often a condition names it, plainly and under a `not`. */
  uses: number;
  negatedUses: number;
}

/** Names and patterns of conditions looked up among the search identifiers. */
export interface Resolver {
  readonly names: ReadonlySet<string>;
  /** The identifiers a pattern fits, in written order; every pattern is compared once. */
  matches(pattern: string): readonly Search[];
  /** The predicate of a parsed condition, its identifiers' predicates put in place; counts their uses. */
  resolve(condition: Condition, place: (span: Span) => Span): Predicate;
}

/** Comparisons that conditions may put into one predicate a second time, so that no text costs more than its length: patterns multiply. */
const MOST = 20_000;

export function resolverOf(searches: readonly Search[], remarks: Remarks): Resolver {
  const byName = new Map<string, Search>();
  for (const search of searches) if (!byName.has(search.name)) byName.set(search.name, search);
  const patterns = new Map<string, readonly Search[]>();
  const sizes = new Map<Search, number>();
  let left = MOST;

  function matches(pattern: string): readonly Search[] {
    let found = patterns.get(pattern);
    if (found === undefined) {
      found = left <= 0 ? [] : matchesOf(pattern, byName.values());
      left -= Math.ceil(byName.size / 10);
      patterns.set(pattern, found);
    }
    return found;
  }

  /** The identifier's predicate, again while there is room for it. */
  function used(search: Search, negated: boolean): Predicate {
    search.uses++;
    if (negated) search.negatedUses++;
    if (search.uses === 1) return search.predicate;
    let size = sizes.get(search);
    if (size === undefined) sizes.set(search, (size = sizeOf(search.predicate)));
    left -= size;
    return left < 0 ? { kind: 'opaque', span: search.predicate.span, reason: 'unmodelled', note: 'used too often' } : search.predicate;
  }

  function unknown(name: string, span: Span): Predicate {
    const close = remarks.nearest(name, () => [...byName.keys()].filter((known) => /^[A-Za-z0-9_-]+$/.test(known)));
    const message = `No search identifier is called \`${name}\``;
    if (close === undefined) remarks.remark('sigma/unknown-identifier', span, `${message}.`);
    else remarks.remark('sigma/unknown-identifier', span, `${message}; did you mean \`${close}\`?`, replacing(`Write ${close}`, span, close));
    return { kind: 'opaque', span, reason: 'syntax-error', note: 'unknown identifier' };
  }

  function resolve(condition: Condition, place: (span: Span) => Span, negated: boolean): Predicate {
    switch (condition.kind) {
      case 'and':
      case 'or': {
        const parts = condition.of.map((part) => resolve(part, place, negated));
        return gather(condition.kind === 'and' ? 'all' : 'any', parts, parts[0]!.span);
      }
      case 'not': {
        const inner = resolve(condition.of, place, !negated);
        return { kind: 'not', span: inner.span, of: inner };
      }
      case 'name': {
        const search = byName.get(condition.name);
        return search === undefined ? unknown(condition.name, place(condition.span)) : used(search, negated);
      }
      case 'of': {
        const found = matches(condition.pattern);
        if (found.length > 0) {
          const parts = found.map((search) => used(search, negated));
          return gather(condition.every ? 'all' : 'any', parts, parts[0]!.span);
        }
        const span = place(condition.patternSpan);
        remarks.remark('sigma/pattern-without-match', span, `No search identifier fits \`${condition.pattern}\`, so this part of the condition says nothing.`);
        return { kind: 'opaque', span, reason: 'unmodelled', note: 'pattern without match' };
      }
      case 'error':
        return { kind: 'opaque', span: place(condition.span), reason: 'syntax-error', note: 'condition' };
      default:
        return condition satisfies never;
    }
  }

  return { names: new Set(byName.keys()), matches, resolve: (condition, place) => resolve(condition, place, false) };
}

function sizeOf(predicate: Predicate): number {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return predicate.of.reduce((sum, part) => sum + sizeOf(part), 1);
    case 'not':
      return sizeOf(predicate.of);
    case 'test':
    case 'opaque':
      return 1;
    default:
      return predicate satisfies never;
  }
}

/** `them` is every identifier; names with a leading `_` answer only to patterns that have one. */
function matchesOf(pattern: string, searches: Iterable<Search>): readonly Search[] {
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
