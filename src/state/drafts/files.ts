import { download } from '../download';
import { askAnalysis } from '../threads/analysis';
import { type Draft, normalised } from './document';
import { fileNameOf } from './file-name';
import { newDraft } from './documents';
import { importEverything } from './everything';
import { importTests, testFilesIn } from './test-files';
import { notify } from '../notices';
import { giveMacros } from '../macros';
import { newId } from './draft-store';
import { persistDraft } from './draft-sync';
import { getState } from '../store';

/** Bytes of a file that is read; rules are a thousandth of it. */
const MAX_FILE = 4_194_304;
/** Bytes of a file that may hold everything of another browser. */
const MAX_EVERYTHING = 268_435_456;

/** Makes a draft of each file, and opens the first; a `macros.conf` gives its macros to every analysis, a file with everything of another browser is taken over, and so are tests. What is no text, or too large, is said and left out. */
export async function importFiles(files: Iterable<File>): Promise<void> {
  const { tests, others } = testFilesIn([...files]);
  const all = (await Promise.all(others.map(readFile))).filter((entry) => entry !== null);
  const read = all.filter(({ text, path }) => !importEverything(text, path) && (text.length <= MAX_FILE || isTooLarge(path)));
  for (const file of read) if (isMacros(file)) await giveMacros(file.text, file.path);
  const texts = read.filter((file) => !isMacros(file));
  for (const { text, path } of texts.slice(1)) await importText(text, path);
  const [first] = texts;
  if (first !== undefined) newDraft(first);
  if (texts.length > 1) notify('info', `${texts.length} files imported as drafts.`);
  if (tests.length > 0) await importTests(tests);
}

/** Downloads the open document under the name its format's convention gives. */
export const exportDraft = (): void => download(fileNameOf(), 'text/plain', getState().doc.text);

/** Of Splunk's .conf files those with definitions; saved searches are drafts. */
const isMacros = ({ text, path }: { readonly text: string; readonly path: string }): boolean =>
  path.endsWith('.conf') && /^[ \t]*definition[ \t]*=/m.test(text);

async function readFile(file: File): Promise<{ readonly text: string; readonly path: string } | null> {
  if (file.size > (file.name.endsWith('.json') ? MAX_EVERYTHING : MAX_FILE)) return leftOut(file.name, LARGE);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()), path: file.name };
  } catch (error) {
    return leftOut(file.name, error instanceof TypeError ? 'is not a text in UTF-8' : 'could not be read');
  }
}

const LARGE = 'is larger than 4 MB';

function isTooLarge(path: string): false {
  leftOut(path, LARGE);
  return false;
}

function leftOut(path: string, why: string): null {
  notify('error', `“${path}” ${why}, so it was not imported.`);
  return null;
}

/** A draft that is not opened: its title and format are asked for the list, and are found later when they cannot be had now. */
async function importText(text: string, path: string): Promise<void> {
  const now = Date.now();
  const draft: Draft = {
    id: newId(),
    text: normalised(text),
    format: null,
    byHand: false,
    path,
    name: '',
    title: '',
    tests: [],
    created: now,
    changed: now,
    version: 0,
  };
  const found = await askAnalysis((api) => api.describe({ text: draft.text, format: null, path })).catch(() => null);
  persistDraft({ ...draft, ...found });
}
