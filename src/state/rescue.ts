import type { Draft } from './document';
import { draftOf } from './shelf';

/** A draft that was not stored when its page went away, and what its save would have followed. */
export interface Rescued {
  readonly mine: Draft;
  readonly base: Draft | null;
}

const PREFIX = 'rulewright.rescue.';

/** What `localStorage` has, so that it can be stood in for. */
type Box = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Writes at once what IndexedDB may not finish while the page goes away. False when the browser refuses. */
export function putRescue(box: Box, drafts: readonly Rescued[]): boolean {
  try {
    for (const rescued of drafts) box.setItem(PREFIX + rescued.mine.id, JSON.stringify(rescued));
    return true;
  } catch {
    return false;
  }
}

/** The draft has reached the shelf. */
export function dropRescue(box: Box, id: string): void {
  try {
    box.removeItem(PREFIX + id);
  } catch {
    // What cannot be removed is stored a second time and found to be the same.
  }
}

/** What earlier pages left behind. An entry that cannot be read is left as it is. */
export function rescuesIn(box: Box): readonly Rescued[] {
  const found: Rescued[] = [];
  for (let i = 0; i < box.length; i++) {
    const key = box.key(i);
    if (key === null || !key.startsWith(PREFIX)) continue;
    const rescued = rescuedOf(box.getItem(key));
    if (rescued !== null) found.push(rescued);
  }
  return found;
}

function rescuedOf(text: string | null): Rescued | null {
  try {
    const raw = JSON.parse(text ?? 'null') as { readonly mine?: unknown; readonly base?: unknown } | null;
    const mine = draftOf(raw?.mine);
    return mine === null ? null : { mine, base: draftOf(raw?.base) };
  } catch {
    return null;
  }
}
