import { useLocation } from 'wouter';
import { copyText } from '../../state/clipboard';
import { newDraft } from '../../state/drafts/documents';
import { editor } from '../../state/editor-handle';
import { showExpansion } from '../../state/expansion';
import { exportEverything } from '../../state/drafts/everything';
import { exportDraft } from '../../state/drafts/export-drafts';
import { exportTests } from '../../state/drafts/test-files';
import { shareDraft } from '../../state/links/links';
import { showHistory } from '../../state/history';
import { showMacros } from '../../state/macros';
import { makeSamples } from '../../state/threads/samples';
import { formatDraft } from '../../state/threads/format';
import { showCatalogs } from '../../state/threads/own-catalog';
import { pathOf } from '../../state/links/routes';
import { foldGuide, setTab, setTheme } from '../../state/settings';
import { showConversion } from '../../state/conversion';
import { getState, setState, useStore } from '../../state/store';
import type { PaletteItem } from '../../ui/overlay/Palette';
import { shiftedAltShortcut, shiftedShortcut, shortcut } from '../../ui/shortcut';
import { PANELS } from '../lower/panels';
import { byMatch } from './match';

interface Command {
  readonly name: string;
  /** Other words for it. */
  readonly also?: string;
  readonly note?: string;
  readonly run: () => void;
}

/** The focus goes to the first row of the guide, which is brought to sight first. */
function goToGuide(): void {
  location.hash = pathOf.workbench();
  setState({ view: 'guide' });
  foldGuide(false);
  requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector<HTMLElement>('.guide tr[data-row]')?.focus()));
}

/** Everything that can be done, by name, the best match first; `isMeant`: what was typed begins its words. */
export function useCommands(query: string, limit: number): readonly (PaletteItem & { readonly isMeant: boolean })[] {
  const [, go] = useLocation();
  const formats = useStore((state) => state.registry?.formats) ?? [];
  const hasTests = useStore((state) => state.doc.tests.length > 0);
  const commands: readonly Command[] = [
    { name: 'Copy a link that holds the draft', also: 'share permalink', note: shortcut('S'), run: () => void shareDraft() },
    { name: 'Copy a link for a frame in another page: rule, stages, indicators', also: 'embed wiki iframe', run: () => void shareDraft(true) },
    { name: 'Copy the text', run: () => void copyText() },
    { name: 'History of the draft', also: 'earlier diff compare versions', run: () => showHistory(getState().doc.id) },
    { name: 'Format the draft', also: 'indent lay out pretty', note: 'Shift+Alt+F', run: () => void formatDraft() },
    { name: 'Export the draft as a file', also: 'save download', run: () => exportDraft() },
    { name: 'Make an example event', run: () => (setTab('samples'), void makeSamples()) },
    ...(hasTests ? [{ name: 'Export the tests of the draft', run: () => exportTests() }] : []),
    { name: 'Export everything: drafts, macros, settings', run: () => exportEverything() },
    { name: 'Show the macros written out', note: shiftedShortcut('E'), run: () => void showExpansion() },
    { name: 'Convert: write the rule in another language', note: shiftedAltShortcut('C'), run: () => showConversion() },
    { name: 'Own search macros', run: () => showMacros(true) },
    { name: 'Go to the next problem', note: 'F8', run: () => editor()?.nextProblem(1) },
    { name: 'Go to the editor', run: () => editor()?.focus() },
    { name: 'Go to the guide', also: 'technique missing exclusions', run: goToGuide },
    ...formats.map(({ id, label }) => ({ name: `New draft: ${label}`, also: 'create rule', run: () => newDraft({ format: id }) })),
    ...PANELS.map(({ id, name }) => ({ name: `Show ${name.toLowerCase()}`, run: () => setTab(id) })),
    { name: 'Rules', note: 'page', run: () => go(pathOf.rules()) },
    { name: 'Techniques', note: 'page', run: () => go(pathOf.techniques()) },
    { name: 'Events', note: 'page', run: () => go(pathOf.events()) },
    { name: 'What fires here', note: 'page', run: () => go(pathOf.fires()) },
    { name: 'Workbench', note: 'page', run: () => go(pathOf.workbench()) },
    { name: 'Catalogs: which are open, your own', run: () => showCatalogs(true) },
    { name: 'Theme: light', also: 'mode', run: () => setTheme('light') },
    { name: 'Theme: dark', also: 'mode night', run: () => setTheme('dark') },
    { name: 'Theme: follow the system', run: () => setTheme('system') },
  ];
  return byMatch(commands, ({ name, also = '' }) => `${name} ${also}`, query)
    .slice(0, limit)
    .map(({ of: { name, note, run }, isMeant }) => ({ key: name, isMeant, content: name, note: note === undefined ? undefined : <kbd>{note}</kbd>, run }));
}
