import type { Guide } from '../../model';
import { askAnalysis } from '../threads/analysis';
import { askCatalog } from '../threads/catalog';
import { newDraft } from './documents';
import { notify } from '../notices';

/** So many classes of events are looked at for one of whose values the format has the fields. */
const TRIED = 3;

/** Starts a draft of this format about a technique: a rule over the events that tell its rules best, with the strongest of what they look for together. */
export async function startFromGuide({ technique }: Pick<Guide, 'technique'>, format: string): Promise<void> {
  try {
    const text = await startedText(technique, format);
    if (text === null) throw new Error('no rules are loaded');
    newDraft({ text, format });
  } catch (error) {
    notify('error', `No draft was started: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A draft's first text; one that asks for any event of the likeliest class where no rule shows what to look for, null where no catalog is open. */
async function startedText(technique: Guide['technique'], format: string): Promise<string | null> {
  const named = { format, technique, id: crypto.randomUUID(), date: new Date().toISOString().slice(0, 10) };
  let text: string | null = null;
  for (const point of (await askCatalog((api) => api.startingPoints(technique.id))).slice(0, TRIED)) {
    const begun = await askAnalysis((api) => api.start({ ...named, point }));
    const rows = await askCatalog((api) => api.startRows(technique.id, point, begun.facts));
    if (rows.length === 0 && text !== null) continue;
    text = await askAnalysis((api) => api.addAll({ text: begun.text, format, rows, otherwise: point.main }));
    if (rows.length > 0) break;
  }
  return text;
}
