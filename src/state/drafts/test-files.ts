import type { KeptTest, TestsRead } from '../../model';
import { download } from '../download';
import { notify } from '../notices';
import { activeOf } from '../select';
import { getState } from '../store';
import { askSamples } from '../threads/samples';
import { type Draft, nameOf } from './document';
import { setTests } from './documents';
import { newId } from './draft-store';
import { persistDraft } from './draft-sync';
import { fileNameOf } from './file-name';
import type { GivenFile } from './given-files';
import { ownTestText, regressionFiles } from './test-texts';

const READING = 60_000;

/** Downloads the open draft's tests as a file to stand beside the rule's. */
export function exportTests(): void {
  const { doc } = getState();
  const ruleFile = fileNameOf();
  download(`${ruleFile.replace(/\.\w{1,5}$/, '')}.test.json`, 'application/json', ownTestText(ruleFile, doc.tests));
}

/** Downloads the rule with its tests in folders of regression data, as one archive. */
export async function exportRegression(): Promise<void> {
  const { strToU8, zipSync } = await import('fflate');
  const state = getState();
  const { doc } = state;
  const { meta } = activeOf(state)?.report.rule ?? { meta: { id: '', title: '' } };
  const fileName = fileNameOf();
  const files = regressionFiles({ fileName, text: doc.text, id: meta.id, title: meta.title }, doc.tests, {
    id: crypto.randomUUID(),
    date: new Date().toISOString().slice(0, 10),
  });
  const archive = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
  download(`${fileName.replace(/\.\w{1,5}$/, '')}-regression.zip`, 'application/zip', archive);
}

const isOwn = (name: string): boolean => name.endsWith('.test.json');
const isRegression = (name: string): boolean => /^info\.ya?ml$/.test(name);

/** Files of tests among others, and the events that come with them; the others. */
export function testFilesIn<F extends { readonly path: string }>(files: readonly F[]): { readonly tests: readonly F[]; readonly others: readonly F[] } {
  const nameOfFile = ({ path }: F): string => path.split('/').at(-1)!;
  const hasRegression = files.some((file) => isRegression(nameOfFile(file)));
  const isTest = (file: F): boolean => {
    const name = nameOfFile(file);
    return isOwn(name) || isRegression(name) || (hasRegression && /\.(?:json|evtx|ndjson|jsonl)$/i.test(name));
  };
  return { tests: files.filter(isTest), others: files.filter((file) => !isTest(file)) };
}

/** Takes over tests from files: each goes to the draft of its rule, by ID or file name, else to the open one. Says what came of it. */
export async function importTests(files: readonly GivenFile[]): Promise<void> {
  const given = await Promise.all(files.map(async ({ path, bytes }) => ({ name: path.split('/').at(-1)!, bytes: await bytes() })));
  const read = await askSamples((api) => api.testsIn(given), READING).catch((): TestsRead => ({ tests: [], problems: ['The tests could not be read.'] }));
  const now = Date.now();
  const byDraft = new Map<string, KeptTest[]>();
  for (const { rule, file, at, ...test } of read.tests) {
    const target = draftFor(rule, file);
    byDraft.set(target, [...(byDraft.get(target) ?? []), { ...test, id: newId(), at: at ?? now }]);
  }
  for (const [id, tests] of byDraft) {
    const { doc, drafts } = getState();
    const draft = drafts.find((known) => known.id === id);
    if (id === doc.id) setTests([...doc.tests, ...tests]);
    else if (draft !== undefined) persistDraft({ ...draft, tests: [...draft.tests, ...tests], changed: now });
    const name = id === doc.id ? nameOf(doc) : draft === undefined ? '' : nameOf(draft);
    notify('info', `${tests.length === 1 ? 'One test was' : `${tests.length} tests were`} taken over for “${name}”.`);
  }
  for (const problem of read.problems) notify('error', problem);
}

/** The draft that a test is of: whose text has the rule's ID, or that came from the file; the open one where none is. */
function draftFor(rule: string, file: string): string {
  const { doc, drafts } = getState();
  const fits = ({ text, path }: Pick<Draft, 'text' | 'path'>): boolean => (rule !== '' && text.includes(rule)) || (file !== '' && path === file);
  return fits(doc) ? doc.id : (drafts.find(fits)?.id ?? doc.id);
}
