/** Whether drafts reach this browser's storage. A failure never touches the text: it stays in the editor and in memory. */
export type StorageState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'saved' }
  /** Typed, not stored yet. */
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly reason: StorageFailure; readonly message: string };

type StorageFailure = 'refused' | 'full' | 'blocked' | 'newer' | 'broken';

const MESSAGES: Readonly<Record<StorageFailure, string>> = {
  refused: 'Not saved: this browser refuses storage here. Your text is safe in this tab; copy or export it before you close.',
  full: 'Not saved: the disk is full. Your text is safe in this tab and is saved as soon as there is room; copy or export it before you close.',
  blocked: 'Not saved: another tab holds the drafts in an older version. Close the other tabs; your text is safe in this one.',
  newer:
    'Not saved: a newer Rulewright keeps the drafts of this browser in a form that this one does not know. Reload to get the newest; your text is safe in this tab.',
  broken: 'Not saved: the storage of this browser failed. Your text is safe in this tab; copy or export it before you close.',
};

export const failedStorage = (reason: StorageFailure): StorageState => ({ kind: 'failed', reason, message: MESSAGES[reason] });

/** Which failure an error of IndexedDB is, by the names its specification gives. */
export function failureOf(error: unknown): StorageFailure {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return 'full';
  if (name === 'SecurityError' || name === 'InvalidStateError' || name === 'NotSupportedError' || error instanceof ReferenceError || error instanceof TypeError)
    return 'refused';
  if (name === 'BlockedError') return 'blocked';
  if (name === 'VersionError') return 'newer';
  return 'broken';
}
