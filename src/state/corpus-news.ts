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
  /** Techniques with more rules than the reader last saw, those that gained most first. */
  readonly techniques: readonly { readonly id: string; readonly before: number; readonly after: number }[];
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
    techniques: gainedIn(unseen),
  };
}

/** Over several builds: from the number before the first that tells of a technique to the one after the last. */
function gainedIn(builds: readonly CorpusChange[]): CorpusNews['techniques'] {
  const gained = new Map<string, { readonly before: number; readonly after: number }>();
  for (const { techniques } of builds) for (const [id, before, after] of techniques) gained.set(id, { before, after: gained.get(id)?.after ?? after });
  return [...gained].map(([id, counts]) => ({ id, ...counts })).sort((a, b) => b.after - b.before - (a.after - a.before) || (a.id < b.id ? -1 : 1));
}

const ID = /\bT\d{4}(?:\.\d{3})?\b/gi;

/** The new rules in two parts: those of techniques that these texts name, or of their sub-techniques, and all others. */
export function byDrafts(
  rules: readonly ChangedRule[],
  texts: readonly string[],
): { readonly own: readonly ChangedRule[]; readonly others: readonly ChangedRule[] } {
  const named = new Set(texts.flatMap((text) => (text.match(ID) ?? []).map((id) => id.toUpperCase())));
  const isOwn = ({ techniques }: ChangedRule): boolean => techniques.some((id) => named.has(id) || named.has(id.split('.')[0]!));
  return { own: rules.filter(isOwn), others: rules.filter((rule) => !isOwn(rule)) };
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
