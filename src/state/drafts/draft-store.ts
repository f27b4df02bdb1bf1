import type { Decision } from './conflict';
import type { Draft } from './document';
import { testsOf } from './kept-tests';

/** Where drafts are kept. Every call may reject: storage can be refused, full, blocked or broken at any time. */
export interface DraftStore {
  all(): Promise<{ readonly drafts: readonly Draft[]; /** Records that are no drafts of ours; they are left as they are. */ readonly unreadable: number }>;
  /** Reads, decides and writes in one transaction, so that two tabs cannot pass each other. */
  save(mine: Draft, base: Draft | null): Promise<Decision>;
  /** Removes the draft, unless another tab has changed it since `known`: then it stays and is returned. */
  remove(known: Draft): Promise<Draft | null>;
}

/** 128 random bits in hex: no two tabs, and no two browsers, ever make the same one. */
export const newId = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** A stored record, if it is a draft; what a later version may have added is kept. */
export function draftOf(record: unknown): Draft | null {
  if (typeof record !== 'object' || record === null) return null;
  const raw = record as Readonly<Record<keyof Draft, unknown>>;
  if (typeof raw.id !== 'string' || raw.id === '' || typeof raw.text !== 'string') return null;
  const { folder, technique, ...rest } = raw;
  return {
    ...rest,
    ...(textOf(folder) === '' ? null : { folder: textOf(folder) }),
    ...(textOf(technique) === '' ? null : { technique: textOf(technique) }),
    id: raw.id,
    text: raw.text,
    format: typeof raw.format === 'string' ? raw.format : null,
    byHand: raw.byHand === true,
    path: textOf(raw.path),
    name: textOf(raw.name),
    title: textOf(raw.title),
    tests: testsOf(raw.tests),
    created: timeOf(raw.created),
    changed: timeOf(raw.changed),
    version: numberOf(raw.version),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
/** Milliseconds since 1970, within what a date can hold. */
const timeOf = (value: unknown): number => (Math.abs(numberOf(value)) <= 8.64e15 ? numberOf(value) : 0);
const numberOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
