import type { Draft } from './document';
import { draftOf } from './draft-store';

const PREFIX = 'rulewright.rescue.';

/** A draft that was not stored when its page went away, and what its save would have followed. */
interface CrashBackup {
  readonly mine: Draft;
  readonly base: Draft | null;
}

/** Where a page leaves a draft: no two pages share a place, as they may leave different texts of one draft. */
export const backupKey = (page: string, id: string): string => `${PREFIX}${page}.${id}`;

/** What `localStorage` has, so that it can be stood in for. */
type Box = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Writes at once what IndexedDB may not finish while the page goes away. False when the browser refuses. */
export function putBackup(box: Box, page: string, drafts: readonly CrashBackup[]): boolean {
  try {
    for (const backup of drafts) box.setItem(backupKey(page, backup.mine.id), JSON.stringify(backup));
    return true;
  } catch {
    return false;
  }
}

/** The draft has reached the draft store. */
export function dropBackup(box: Box, key: string): void {
  try {
    box.removeItem(key);
  } catch {
    // What cannot be removed is stored a second time and found to be the same.
  }
}

/** What earlier pages left behind. An entry that cannot be read is left as it is. */
export function backupsIn(box: Box): readonly (CrashBackup & { readonly key: string })[] {
  const found: (CrashBackup & { readonly key: string })[] = [];
  for (let i = 0; i < box.length; i++) {
    const key = box.key(i);
    if (key === null || !key.startsWith(PREFIX)) continue;
    const backup = backupOf(box.getItem(key));
    if (backup !== null) found.push({ ...backup, key });
  }
  return found;
}

function backupOf(text: string | null): CrashBackup | null {
  try {
    const raw = JSON.parse(text ?? 'null') as { readonly mine?: unknown; readonly base?: unknown } | null;
    const mine = draftOf(raw?.mine);
    return mine === null ? null : { mine, base: draftOf(raw?.base) };
  } catch {
    return null;
  }
}
