import type { DraftFacts } from '../src/model';

/**
 * Equal for drafts that mean the same to the corpus, wherever their text stands: two sums over the whole of what is asked but its places, 64 bits together.
 * Made here, as what thousands of values are asked by is much to hand over.
 */
export function factKey(facts: DraftFacts): string {
  let [a, b, length] = [0x811c9dc5, 0x9e3779b9, 0];
  const add = (code: number): void => {
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
    length++;
  };
  /** Each text by its place once it was met: most are said of thousands of values. */
  const known = new Map<string, number>();
  const addText = (text: string): void => {
    const place = known.get(text);
    if (place !== undefined) return add(-2 - place);
    known.set(text, known.size);
    add(text.length);
    for (let at = 0; at < text.length; at++) add(text.charCodeAt(at));
  };
  const walk = (value: unknown): void => {
    if (typeof value === 'string') return addText(value);
    if (typeof value !== 'object' || value === null) return addText(`\0${String(value)}`);
    if (Array.isArray(value)) {
      add(value.length);
      for (const item of value) walk(item);
      return;
    }
    if ('start' in value && 'end' in value) return;
    for (const key of Object.keys(value)) {
      addText(key);
      walk((value as Record<string, unknown>)[key]);
    }
    add(-1);
  };
  walk(facts);
  return `${(a >>> 0).toString(36)} ${(b >>> 0).toString(36)} ${length}`;
}
