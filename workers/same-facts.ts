import type { DraftFacts } from '../src/model';

/** Whether two drafts mean the same to the corpus, wherever their text stands: all of what is asked is equal but its places. */
export const areSameFacts = (facts: DraftFacts, before: DraftFacts | undefined): boolean => areEqual(facts, before);

function areEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return false;
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((item, at) => areEqual(item, other[at]));
  if (isPlace(one)) return isPlace(other);
  let more = 0;
  for (const key in one) {
    if (!areEqual((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key])) return false;
    more++;
  }
  for (const _ in other) more--;
  return more === 0;
}

const isPlace = (value: object): boolean => 'start' in value && 'end' in value;
