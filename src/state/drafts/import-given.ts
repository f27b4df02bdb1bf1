import { giveMacros } from '../macros';
import { notify } from '../notices';
import { askAnalysis } from '../threads/analysis';
import { type Draft, normalised } from './document';
import { openDraft } from './documents';
import { newId } from './draft-store';
import { persistDrafts } from './draft-sync';
import { importEverything } from './everything';
import type { Given, GivenFile } from './given-files';
import { importTests, testFilesIn } from './test-files';

/** Bytes of a file that is read; rules are a thousandth of it. */
const MAX_FILE = 4_194_304;
/** Bytes of a file that may hold everything of another browser. */
const MAX_EVERYTHING = 268_435_456;

/** What came of some given files. */
interface Import {
  readonly drafts: Draft[];
  /** Files that are no rules, by what they are instead. */
  readonly others: Map<string, string[]>;
  readonly problems: string[];
}

/**
 * A draft of each rule, those of a folder or zip in a folder; one alone is opened. A `macros.conf` gives its macros to every analysis, a file with
 * everything of another browser is taken over. What is no rule, no text or too large is said and left out.
 */
export async function importGiven(given: readonly Given[]): Promise<void> {
  const done: Import = { drafts: [], others: new Map(), problems: given.flatMap(({ problems }) => problems) };
  const kept: GivenFile[] = [];
  for (const { folder, files } of together(given)) {
    const { tests, others } = testFilesIn(files);
    kept.push(...tests);
    for (const { path, size, bytes } of others) {
      const text = size > (path.endsWith('.json') ? MAX_EVERYTHING : MAX_FILE) ? null : await textOf(bytes);
      if (text === null) other(done, size > MAX_FILE ? 'larger than 4 MB' : 'no text in UTF-8', path);
      else if (folder === '' && importEverything(text, path)) continue;
      else if (text.length > MAX_FILE) other(done, 'larger than 4 MB', path);
      else if (folder === '' && isMacros(text, path)) await giveMacros(text, path);
      else await importText(done, text, path, folder);
    }
  }
  persistDrafts(done.drafts);
  const [only] = done.drafts;
  if (only !== undefined && done.drafts.length === 1 && given.length === 1 && given[0]!.folder === '') openDraft(only.id);
  tell(done, given);
  if (kept.length > 0) await importTests(kept);
}

/** Files that were given by themselves, as one group: a test names the events that came with it. */
function together(given: readonly Given[]): readonly Pick<Given, 'folder' | 'files'>[] {
  const loose = given.filter(({ folder }) => folder === '').flatMap(({ files }) => files);
  return [...(loose.length === 0 ? [] : [{ folder: '', files: loose }]), ...given.filter(({ folder }) => folder !== '')];
}

async function importText(done: Import, text: string, path: string, folder: string): Promise<void> {
  const body = normalised(text);
  // Where the analysis cannot be asked now, what was given is kept, and its title and format are found later.
  const unknown = { documents: [{ text: body, format: null, title: '' }], other: null };
  const found = await askAnalysis((api) => api.documentsIn({ text: body, path })).catch(() => unknown);
  if (found.other !== null) return other(done, found.other, path);
  for (const document of found.documents) {
    const now = Date.now();
    const given = { id: newId(), byHand: false, path, name: '', tests: [], created: now, changed: now, version: 0 };
    done.drafts.push({ ...given, ...document, ...(folder === '' ? null : { folder }) });
  }
}

async function textOf(bytes: () => Promise<Uint8Array>): Promise<string | null> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await bytes());
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** Of Splunk's .conf files those with definitions; saved searches are drafts. */
const isMacros = (text: string, path: string): boolean => path.endsWith('.conf') && /^[ \t]*definition[ \t]*=/m.test(text);

function other({ others }: Import, what: string, path: string): void {
  others.set(what, [...(others.get(what) ?? []), path]);
}

const NAMED = 3;

/** What became drafts and what did not, and why. */
function tell({ drafts, others, problems }: Import, given: readonly Given[]): void {
  for (const problem of problems) notify('error', problem);
  const left = [...others.values()].reduce((sum, paths) => sum + paths.length, 0);
  const folder = given.length === 1 ? given[0]!.folder : '';
  const made = `${drafts.length.toLocaleString('en')} ${drafts.length === 1 ? 'draft' : 'drafts'} made${folder === '' ? '' : ` in the folder “${folder}”`}`;
  if (left === 0) {
    if (drafts.length > 1 || folder !== '') notify('info', `${made}.`);
    return;
  }
  const why = [...others].map(([what, paths]) => {
    const names = paths.slice(0, NAMED).map((path) => `“${path}”`);
    return `${paths.length.toLocaleString('en')} ${what} (${names.join(', ')}${paths.length > NAMED ? ' …' : ''})`;
  });
  notify(drafts.length === 0 ? 'error' : 'info', `${drafts.length === 0 ? 'No draft made' : made}. No rule: ${why.join('; ')}.`, {
    sticky: drafts.length === 0 && left === 1,
  });
}
