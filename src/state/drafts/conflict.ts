import { type Draft, nameOf } from './document';
import { areSameTests, mergedTests } from './kept-tests';

/** What a save does, given what is stored by now. */
export type Decision =
  /** Store this; where only the other tab, or only this one, changed a part, that change is kept. */
  | { readonly kind: 'write'; readonly draft: Draft }
  /** Both say the same: nothing to store. */
  | { readonly kind: 'same'; readonly draft: Draft }
  /** Both changed the text: the stored one stays, this one is stored beside it as a draft of its own. */
  | { readonly kind: 'copy'; readonly stored: Draft; readonly draft: Draft };

/**
 * `base`: what this tab last knew to be stored, null for a new draft. `copyId` is used when a copy must be made.
 * A draft that was deleted meanwhile is stored again: a text that someone is changing is never lost.
 */
export function resolveConflict(stored: Draft | undefined, mine: Draft, base: Draft | null, copyId: string): Decision {
  if (stored === undefined) return { kind: 'write', draft: { ...mine, version: (base?.version ?? 0) + 1 } };
  if (stored.text !== mine.text && stored.text !== base?.text && mine.text !== base?.text) {
    return { kind: 'copy', stored, draft: { ...mine, id: copyId, name: `${nameOf(mine)} (from another tab)`, version: 1 } };
  }
  const text = merged(base?.text, stored.text, mine.text);
  const isOurs = text === mine.text;
  const draft: Draft = {
    ...stored,
    text,
    tests: mergedTests(base?.tests, stored.tests, mine.tests),
    name: merged(base?.name, stored.name, mine.name),
    format: merged(base?.format, stored.format, mine.format),
    byHand: merged(base?.byHand, stored.byHand, mine.byHand),
    folder: merged(base?.folder, stored.folder, mine.folder),
    technique: merged(base?.technique, stored.technique, mine.technique),
    title: isOurs ? mine.title : stored.title,
    path: isOurs ? mine.path : stored.path,
    changed: Math.max(stored.changed, mine.changed),
    version: stored.version + 1,
  };
  return isSame(draft, stored) ? { kind: 'same', draft: stored } : { kind: 'write', draft };
}

/** A three-way merge of one value: whoever changed it; this tab, the later, where both did. */
const merged = <T>(base: T | undefined, stored: T, mine: T): T => (base === mine ? stored : mine);

/** Equal but for when it was stored, and how often. */
const isSame = (a: Draft, b: Draft): boolean =>
  a.text === b.text &&
  a.name === b.name &&
  a.format === b.format &&
  a.byHand === b.byHand &&
  a.title === b.title &&
  a.path === b.path &&
  areSameTests(a.tests, b.tests) &&
  (a.folder ?? '') === (b.folder ?? '') &&
  (a.technique ?? '') === (b.technique ?? '');
