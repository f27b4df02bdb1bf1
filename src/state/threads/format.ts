import { blankEdits } from '../blank-edits';
import { notify } from '../notices';
import { getState } from '../store';
import { askAnalysis } from './analysis';
import { write } from './guide';

const STOPPED = 'It could not be laid out: the analysis stopped. Try again.';

/** Writes the open document in its language's usual form, as one undo step; says so where it is that already, or stays as it is. */
export async function formatDraft(): Promise<void> {
  const { text, format } = getState().doc;
  if (format === null) return;
  const done = await askAnalysis((api) => api.format({ text, format })).catch(() => ({ text, refused: STOPPED }));
  if (done.refused !== null) notify('info', done.refused);
  else if (done.text === text) notify('info', 'It is in the usual form already.');
  else write(blankEdits(text, done.text), text, 'Written in the usual form.');
}
