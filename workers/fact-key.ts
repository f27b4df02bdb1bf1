import type { DraftFacts } from '../src/model';

/** Equal for drafts that mean the same to the corpus: two sums over the whole of what is asked, 64 bits together. Made here, as the text of thousands of values is long. */
export function factKey(facts: DraftFacts): string {
  const text = JSON.stringify(facts);
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
  }
  return `${(a >>> 0).toString(36)} ${(b >>> 0).toString(36)} ${text.length}`;
}
