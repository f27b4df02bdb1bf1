import { catalogManifest } from './build';
import { CHANGES_FORMAT, type ChangedRule, type CorpusChange } from '../model';

const KEY = 'rulewright.corpus-seen';

/** What came into the bundled corpus since the reader last saw it. */
export interface CorpusNews {
  /** The catalog that is here now. */
  readonly id: string;
  readonly since: string;
  readonly added: readonly ChangedRule[];
  /** Rules that came and changed, those that are not named too. */
  readonly counts: { readonly added: number; readonly changed: number };
}

/** The builds a reader has not seen, newest first; none where the one they saw is not remembered any more. */
export function newsSince(builds: readonly CorpusChange[], seen: string): CorpusNews | null {
  const at = builds.findIndex(({ id }) => id === seen);
  const unseen = at < 0 ? builds : builds.slice(0, at);
  if (unseen.length === 0) return null;
  const total = (what: 'added' | 'changed'): number => unseen.reduce((sum, { sources }) => sum + sources.reduce((all, source) => all + source[what], 0), 0);
  return {
    id: unseen[0]!.id,
    since: unseen.at(-1)!.date,
    added: unseen.flatMap(({ added }) => added),
    counts: { added: total('added'), changed: total('changed') },
  };
}

/** Asks what is new; null where nothing is, or on a first visit. Two small files of our own server, the second only where the catalog is another than last time. */
export async function corpusNews(): Promise<CorpusNews | null> {
  const id = ((await readJson(catalogManifest())) as { readonly files?: { readonly facts?: { readonly sha256?: unknown } } } | null)?.files?.facts?.sha256;
  if (typeof id !== 'string') return null;
  const seen = localStorage.getItem(KEY);
  if (seen === null) markSeen(id);
  if (seen === null || seen === id) return null;
  const changes = (await readJson('catalog/changes.json')) as { readonly format?: unknown; readonly builds?: unknown } | null;
  const news = changes?.format === CHANGES_FORMAT && Array.isArray(changes.builds) ? newsSince(changes.builds as CorpusChange[], seen) : null;
  // Another catalog that nobody told the changes of.
  if (news === null || news.id !== id) markSeen(id);
  return news?.id === id ? news : null;
}

/** The reader knows of this catalog now. */
export const markSeen = (id: string): void => localStorage.setItem(KEY, id);

async function readJson(path: string): Promise<unknown> {
  const response = await fetch(new URL(path, document.baseURI));
  return response.ok ? response.json() : null;
}
