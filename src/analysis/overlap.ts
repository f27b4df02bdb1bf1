import type { Triple } from '../model';

const SHORTEST_IN_REGEX = 3;

/** Whether the one literal comparison demands what the other demands and more, so that whatever meets it meets the other. */
function implies(tight: Triple, loose: Triple): boolean {
  const { kind, value } = tight;
  switch (loose.kind) {
    case 'contains':
      return (kind === 'eq' || kind === 'starts_with' || kind === 'ends_with' || kind === 'contains' || kind === 'wildcard') && value.includes(loose.value);
    case 'starts_with':
      return (kind === 'eq' || kind === 'starts_with' || kind === 'wildcard') && value.startsWith(loose.value);
    case 'ends_with':
      return (kind === 'eq' || kind === 'ends_with' || kind === 'wildcard') && value.endsWith(loose.value);
    case 'wildcard':
      return kind === 'eq' && matches(value, loose.value);
    default:
      return false;
  }
}

/** Whether a text fits a pattern of `*` and `?`; linear in their product, without backtracking beyond the last star. */
export function matches(text: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let from = 0;
  while (at < text.length) {
    const char = pattern[next];
    if (char === '*') {
      star = next++;
      from = at;
    } else if (char === '?' || char === text[at]) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++from;
    } else return false;
  }
  while (pattern[next] === '*') next++;
  return next === pattern.length;
}

/** A regex's literal text, escapes of punctuation undone, in lower case: enough to see whether it speaks of a word. */
export const wordsOf = (regex: string): string => regex.replace(/\\(\W)/g, '$1').toLowerCase();

/**
 * Whether two comparisons of one field with different kinds really meet: one is a tighter form of the other, or a regex names the other's literal.
 * A regex comes with its words, not as written.
 */
export function overlaps(a: Triple, b: Triple): boolean {
  if (a.kind === 'regex_match') return b.value.length >= SHORTEST_IN_REGEX && a.value.includes(b.value);
  if (b.kind === 'regex_match') return overlaps(b, a);
  return implies(a, b) || implies(b, a);
}
