import { useLocation } from 'wouter';
import { copyText } from '../../state/clipboard';
import { newDraft } from '../../state/drafts/documents';
import { editor } from '../../state/editor-handle';
import { showExpansion } from '../../state/expansion';
import { exportEverything } from '../../state/drafts/everything';
import { exportDraft } from '../../state/drafts/files';
import { shareDraft } from '../../state/links/links';
import { showMacros } from '../../state/macros';
import { showCatalogs } from '../../state/threads/own-catalog';
import { pathOf } from '../../state/links/routes';
import { setTab, setTheme } from '../../state/settings';
import { useStore } from '../../state/store';
import type { PaletteItem } from '../../ui/overlay/Palette';
import { shiftedShortcut, shortcut } from '../../ui/shortcut';
import { PANELS } from '../lower/panels';

interface Command {
  readonly name: string;
  readonly note?: string;
  readonly run: () => void;
}

/** Everything that can be done, by name. */
export function useCommands(query: string, limit: number): readonly PaletteItem[] {
  const [, go] = useLocation();
  const formats = useStore((state) => state.registry?.formats) ?? [];
  const commands: readonly Command[] = [
    { name: 'Copy a link that holds the draft', note: shortcut('S'), run: () => void shareDraft() },
    { name: 'Copy the text', run: () => void copyText() },
    { name: 'Export the draft as a file', run: () => exportDraft() },
    { name: 'Export everything: drafts, macros, settings', run: () => exportEverything() },
    { name: 'Show the macros written out', note: shiftedShortcut('E'), run: () => void showExpansion() },
    { name: 'Own search macros', run: () => showMacros(true) },
    { name: 'Go to the next problem', note: 'F8', run: () => editor()?.nextProblem(1) },
    { name: 'Go to the editor', run: () => editor()?.focus() },
    ...formats.map(({ id, label }) => ({ name: `New draft: ${label}`, run: () => newDraft({ format: id }) })),
    ...PANELS.map(({ id, name }) => ({ name: `Show ${name.toLowerCase()}`, run: () => setTab(id) })),
    { name: 'Rules', note: 'page', run: () => go(pathOf.rules()) },
    { name: 'Techniques', note: 'page', run: () => go(pathOf.techniques()) },
    { name: 'Events', note: 'page', run: () => go(pathOf.events()) },
    { name: 'What fires here', note: 'page', run: () => go(pathOf.fires()) },
    { name: 'Workbench', note: 'page', run: () => go(pathOf.workbench()) },
    { name: 'Catalogs: which are open, your own', run: () => showCatalogs(true) },
    { name: 'Theme: light', run: () => setTheme('light') },
    { name: 'Theme: dark', run: () => setTheme('dark') },
    { name: 'Theme: follow the system', run: () => setTheme('system') },
  ];
  const words = query.toLowerCase().split(/\s+/);
  return commands
    .filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
    .slice(0, limit)
    .map(({ name, note, run }) => ({ key: name, content: name, note: note === undefined ? undefined : <kbd>{note}</kbd>, run }));
}
