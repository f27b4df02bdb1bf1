import { getState } from '../store';
import { nameOf } from './document';

/** What a file of the open document is called by its format's convention. */
export function fileNameOf(): string {
  const { doc, analysis, registry } = getState();
  const isCurrent = analysis.newest?.revision === doc.revision;
  const extension = registry?.formats.find(({ id }) => id === doc.format)?.extensions[0] ?? '.txt';
  return isCurrent ? analysis.newest.answer.fileName : nameOf(doc).replace(/\.\w{1,5}$/, '') + extension;
}
