import { download } from '../download';
import { setMacros } from '../macros';
import { notify } from '../notices';
import { type Preferences, readPreferences } from '../preferences';
import { takePreferences } from '../settings';
import { getState } from '../store';
import { type Draft, nameOf } from './document';
import { draftOf, newId } from './draft-store';
import { areSameTests } from './kept-tests';
import { currentDraft, persistDraft } from './draft-sync';

const FORMAT = 'rulewright-everything';
const VERSION = 1;

/** Everything a person made and set up here, in one file. */
export interface Everything {
  readonly drafts: readonly Draft[];
  /** The reader's own, as the text of a macros.conf. */
  readonly macros: string;
  readonly preferences: Preferences;
}

/** What such a file holds. `unreadable`: how many of its drafts are none. */
interface Read extends Everything {
  readonly unreadable: number;
}

/** The file's text; the same content gives the same. */
export const writeEverything = ({ drafts, macros, preferences }: Everything): string =>
  `${JSON.stringify({ format: FORMAT, version: VERSION, drafts, macros, preferences }, null, 1)}\n`;

/** What such a file holds; null for any other text, a message for one that cannot be taken. */
export function readEverything(text: string): Read | { readonly problem: string } | null {
  if (!text.trimStart().startsWith('{') || !text.includes(FORMAT)) return null;
  let raw: Readonly<Record<string, unknown>>;
  try {
    raw = JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return text.includes(`"${FORMAT}"`) ? { problem: 'is cut off, or was changed, so nothing of it was taken' } : null;
  }
  if (raw['format'] !== FORMAT) return null;
  const { version, drafts: records } = raw;
  if (typeof version === 'number' && version > VERSION) return { problem: 'was written by a newer Rulewright: reload to get the newest, then give it again' };
  if (version !== VERSION || !Array.isArray(records)) return { problem: 'was changed and is no file of everything any more, so nothing of it was taken' };
  const drafts = records.map(draftOf).filter((draft) => draft !== null);
  return {
    drafts,
    unreadable: records.length - drafts.length,
    macros: typeof raw['macros'] === 'string' ? raw['macros'] : '',
    preferences: readPreferences(JSON.stringify(raw['preferences'] ?? null)),
  };
}

/** What becomes of a file's drafts beside those that are here: what is here already is left out, and nothing is written over. */
export function draftsToAdd(given: readonly Draft[], knownOf: (id: string) => Draft | null): readonly Draft[] {
  const seen = new Map<string, Draft>();
  return given.flatMap((draft) => {
    const known = knownOf(draft.id) ?? seen.get(draft.id);
    seen.set(draft.id, draft);
    if (known === undefined) return [{ ...draft, version: 0 }];
    return known.text === draft.text && areSameTests(known.tests, draft.tests)
      ? []
      : [{ ...draft, id: newId(), name: `${nameOf(draft)} (from a file)`, version: 0 }];
  });
}

/** Downloads everything as one file. */
export function exportEverything(): void {
  const { drafts, macros, preferences } = getState();
  const current = drafts.map((draft) => currentDraft(draft.id) ?? draft);
  download(`rulewright-${new Date().toISOString().slice(0, 10)}.json`, 'application/json', writeEverything({ drafts: current, macros, preferences }));
}

/** Takes over what such a file holds; says what came of it. False for a text that is none. */
export function importEverything(text: string, path: string): boolean {
  const read = readEverything(text);
  if (read === null) return false;
  if ('problem' in read) {
    notify('error', `“${path}” ${read.problem}.`);
    return true;
  }
  const before = { macros: getState().macros, preferences: getState().preferences };
  const added = draftsToAdd(read.drafts, currentDraft);
  for (const draft of added) persistDraft(draft);
  const hasMacros = read.macros.trim() !== '' && !before.macros.includes(read.macros.trim());
  if (hasMacros) setMacros(before.macros.trim() === '' ? read.macros : `${before.macros.trimEnd()}\n\n${read.macros}`);
  takePreferences(read.preferences);
  const there = read.drafts.length - added.length;
  const said = [
    `${added.length.toLocaleString('en')} of ${read.drafts.length.toLocaleString('en')} drafts added${there === 0 ? '' : `, ${there.toLocaleString('en')} were here already`}`,
    read.unreadable === 0 ? '' : `${read.unreadable.toLocaleString('en')} could not be read`,
    hasMacros ? 'macros added' : '',
    'settings taken over',
  ];
  notify(read.unreadable === 0 ? 'info' : 'error', `“${path}”: ${said.filter(Boolean).join('; ')}.`, {
    action: {
      label: 'Settings back',
      run: () => {
        setMacros(before.macros);
        takePreferences(before.preferences);
      },
    },
  });
  return true;
}
