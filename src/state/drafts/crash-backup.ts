import { base64urlOf, bytesOfBase64url } from '../links/base64url';
import type { Draft } from './document';
import { draftOf } from './draft-store';

const PREFIX = 'rulewright.rescue.';
/** Characters from which on a text is packed, and the one it follows left out: `localStorage` holds about five million. */
const LARGE = 65_536;

let packer: typeof import('fflate') | null = null;

/** Fetches what packs large texts: it has to be there when the page goes away. Until then, and where it does not come, they go as they are. */
export async function readyBackups(): Promise<void> {
  packer ??= await import('fflate').catch(() => null);
}

/** A draft that was not stored when its page went away, and what its save would have followed. */
interface CrashBackup {
  readonly mine: Draft;
  readonly base: Draft | null;
}

interface FoundBackup extends CrashBackup {
  readonly key: string;
  /** The base's text was too large to be kept beside: it is the stored one's as long as that has the base's version. */
  readonly isBaseBare: boolean;
}

/** Where a page leaves a draft: no two pages share a place, as they may leave different texts of one draft. */
export const backupKey = (page: string, id: string): string => `${PREFIX}${page}.${id}`;

/** What `localStorage` has, so that it can be stood in for. */
type Box = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Writes at once what IndexedDB may not finish while the page goes away. False when the browser refuses. */
export function putBackup(box: Box, page: string, drafts: readonly CrashBackup[]): boolean {
  try {
    for (const { mine, base } of drafts) {
      const isBaseBare = base !== null && base.text.length > LARGE;
      box.setItem(backupKey(page, mine.id), JSON.stringify({ ...packed(mine), base: isBaseBare ? { ...base, text: '' } : base, isBaseBare }));
    }
    return true;
  } catch {
    return false;
  }
}

/** A large text that UTF-8 can hold goes deflated. */
function packed(mine: Draft): { readonly mine: Draft; readonly text?: string } {
  const { text } = mine;
  if (packer === null || text.length <= LARGE || /\p{Surrogate}/u.test(text)) return { mine };
  return { mine: { ...mine, text: '' }, text: base64urlOf(packer.deflateSync(new TextEncoder().encode(text), { level: 1 })) };
}

/** The draft has reached the draft store. */
export function dropBackup(box: Box, key: string): void {
  try {
    box.removeItem(key);
  } catch {
    // What cannot be removed is stored a second time and found to be the same.
  }
}

/** What earlier pages left behind, the last changed last. An entry that cannot be read, now or at all, is left as it is. */
export async function backupsIn(box: Box): Promise<readonly FoundBackup[]> {
  const found: FoundBackup[] = [];
  const keys = Array.from({ length: box.length }, (_, at) => box.key(at)).filter((key) => key?.startsWith(PREFIX) === true);
  if (keys.length > 0) await readyBackups();
  for (const key of keys) {
    const backup = backupOf(box.getItem(key!));
    if (backup !== null) found.push({ ...backup, key: key! });
  }
  return found.sort((a, b) => a.mine.changed - b.mine.changed);
}

function backupOf(entry: string | null): Omit<FoundBackup, 'key'> | null {
  try {
    const raw = JSON.parse(entry ?? 'null') as Readonly<Record<'mine' | 'base' | 'text' | 'isBaseBare', unknown>> | null;
    const mine = draftOf(raw?.mine);
    if (raw === null || mine === null) return null;
    const bytes = typeof raw.text === 'string' ? bytesOfBase64url(raw.text) : null;
    const text = bytes === null ? mine.text : new TextDecoder('utf-8', { ignoreBOM: true }).decode(packer!.inflateSync(bytes));
    return { mine: { ...mine, text }, base: draftOf(raw.base), isBaseBare: raw.isBaseBare === true };
  } catch {
    return null;
  }
}
