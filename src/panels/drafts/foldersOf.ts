import type { Draft } from '../../state/drafts/document';

/** Drafts whose name or text holds every word of what is looked for. */
export function matching(drafts: readonly Draft[], names: ReadonlyMap<string, string>, query: string): readonly Draft[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return drafts;
  return drafts.filter(({ id, text, path, folder }) => {
    const held = `${names.get(id) ?? ''}\n${path}\n${folder ?? ''}\n${text}`.toLowerCase();
    return words.every((word) => held.includes(word));
  });
}

/** Drafts by folder, folders by name; the order inside stays. */
export function foldersOf(drafts: readonly Draft[]): {
  readonly folders: readonly { readonly name: string; readonly drafts: readonly Draft[] }[];
  readonly loose: readonly Draft[];
} {
  const folders = new Map<string, Draft[]>();
  const loose: Draft[] = [];
  for (const draft of drafts) {
    if (!draft.folder) loose.push(draft);
    else if (folders.has(draft.folder)) folders.get(draft.folder)!.push(draft);
    else folders.set(draft.folder, [draft]);
  }
  const sorted = [...folders].sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { folders: sorted.map(([name, inside]) => ({ name, drafts: inside })), loose };
}
