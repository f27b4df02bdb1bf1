import type { Expanded } from './analysis-state';
import { askAnalysis } from './threads/analysis';
import { write } from './threads/guide';
import { notify } from './notices';
import { activeOf } from './select';
import { getState, setState } from './store';

/** Shows the rule under the cursor with its macros written out, or closes it; says so where there are none. */
export async function showExpansion(): Promise<void> {
  const { doc, analysis, expansion: shown } = getState();
  if (shown !== null) return closeExpansion();
  const format = doc.format ?? analysis.newest?.answer.format;
  if (format === undefined) return;
  const active = activeOf(getState());
  const expansion = await askAnalysis((api) => api.expand({ text: doc.text, format, index: active?.index ?? 0 })).catch(() => undefined);
  if (getState().doc.revision !== doc.revision) return;
  if (expansion === undefined) notify('error', 'The macros could not be written out. Try again.');
  else if (expansion === null) notify('info', 'Only searches in SPL have macros.');
  else if (expansion.added.length + expansion.left.length === 0) notify('info', 'This search uses no macros.');
  else setState({ expansion: { about: doc.text, title: active?.report.rule.meta.title ?? '', expansion }, areMacrosShown: false });
}

export const closeExpansion = (): void => setState({ expansion: null });

/** Writes the definitions into the draft in place of the query's macros, as one undo step. */
export function writeExpansion({ about, expansion }: Expanded): void {
  closeExpansion();
  if (expansion.edits !== null) write(expansion.edits, about, 'Macros replaced by their definitions.');
}
