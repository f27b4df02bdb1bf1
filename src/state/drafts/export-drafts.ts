import { download } from '../download';
import { notify } from '../notices';
import { getState } from '../store';
import { askAnalysis } from '../threads/analysis';
import type { Draft } from './document';
import { fileNameOf } from './file-name';
import { currentDraft } from './draft-sync';

/** Downloads the open document under the name its format's convention gives. */
export const exportDraft = (): void => download(fileNameOf(), 'text/plain', getState().doc.text);

/** Downloads drafts as a zip of files, each in the folder and under the name that its source's repository would give it. */
export async function exportZip(ids: readonly string[], name: string): Promise<void> {
  const drafts = ids.map(currentDraft).filter((draft) => draft !== null && draft.text.trim() !== '');
  const pathed = await Promise.all(drafts.map(async (draft) => ({ draft: draft!, path: await pathOf(draft!) })));
  if (pathed.length === 0) notify('info', 'There is nothing to export: no draft has a text.');
  else download(`${name}.zip`, 'application/zip', await zipOf(pathed.map(({ draft, path }) => ({ path, text: draft.text }))));
}

/** Where it was in the folder or archive it came from, else where its source's convention puts it. */
async function pathOf({ path, text, format }: Draft): Promise<string> {
  if (path.includes('/')) return path;
  return askAnalysis((api) => api.fileOf({ text, format, path })).catch(() => path || 'rule.txt');
}

/** A zip of texts; of several with one path all but the first get a number. The same texts give the same bytes. */
export async function zipOf(files: readonly { readonly path: string; readonly text: string }[]): Promise<Uint8Array<ArrayBuffer>> {
  const { zipSync } = await import('fflate');
  const entries = new Map<string, Uint8Array>();
  for (const { path, text } of files) {
    const [, stem = path, ending = ''] = /^(.*?)(\.[^./]+)?$/.exec(safe(path)) ?? [];
    let name = stem + ending;
    for (let number = 2; entries.has(name); number++) name = `${stem}_${number}${ending}`;
    entries.set(name, new TextEncoder().encode(text));
  }
  return zipSync(Object.fromEntries(entries), { mtime: new Date(1980, 0, 1) }) as Uint8Array<ArrayBuffer>;
}

/** No step up, no root, and nothing that a system refuses in a name. */
const safe = (path: string): string =>
  path
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .map((part) => part.replace(/[:*?"<>|\p{Cc}]/gu, '_'))
    .join('/') || 'rule.txt';
