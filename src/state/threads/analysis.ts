import type { AnalysisApi, Diagnostic, DraftAnswer, PlainAnswer, Registry } from '../../model';
import { unpacked } from '../../syntax/packed';
import { withAnswer } from '../analysis-state';
import type { Doc } from '../drafts/document';
import { latestOf } from './latest';
import { notify } from '../notices';
import { getState, setState, useStore } from '../store';
import { isWorkerLost, workerClient } from './worker-client';

/** Characters of text that are analysed; a longer one is edited without an analysis. */
export const MAX_ANALYSED = 524_288;
/** A rule this long has shown what it is: its detected format stays while it is changed. */
const SETTLED = 200;
/** Milliseconds after which an analysis counts as hung. The longest known rule takes a hundredth. */
const PATIENCE = 8_000;

const TOO_LARGE = `This text is longer than ${MAX_ANALYSED / 1_024} KB, so it is not analysed. Editing, saving and exporting go on.`;
const UNFINISHED =
  'This text could not be analysed: the analysis failed, or did not come to an end. It is tried again when the text changes; editing and saving go on.';

const ABSENT =
  'The analysis could not be loaded: its script did not come. Reload the page to try again, or go on: editing, saving and exporting work without it.';

const client = workerClient<AnalysisApi>(
  () => new Worker(new URL('../../../workers/analysis.ts', import.meta.url), { type: 'module', name: 'analysis' }),
  (why) => {
    if (why !== 'absent') notify('info', 'The analysis stopped working and was started again. Your text is safe.');
  },
);

/** The draft's own thread; text goes there and nowhere else. */
export const askAnalysis: typeof client.ask = (question, limit = PATIENCE) => client.ask(question, limit);

/** The last answer as it was unpacked: what the next one shares with it is the same objects, so that nothing is drawn or worked out anew for it. */
let held: { readonly number: number; readonly answer: PlainAnswer } | null = null;

/** The analysis of a text; `format` null: the worker detects it. */
export async function analysed(request: Omit<Parameters<AnalysisApi['analyse']>[0], 'held'>): Promise<DraftAnswer> {
  const base = held;
  const { number, onto, tokens, rest } = await askAnalysis((api) => api.analyse({ ...request, held: base?.number ?? null }));
  held = { number, answer: unpacked(rest, onto === null ? undefined : base?.answer) };
  return { ...held.answer, number, tokens };
}

interface Question {
  readonly doc: Doc;
  readonly isRetry: boolean;
}

const latest = latestOf<Question, DraftAnswer>({
  // Of a long text the panels show what it said a few keystrokes ago, rather than nothing new until typing pauses.
  overtaken: true,
  ask: ({ doc }) => analysed({ text: doc.text, format: askedFormat(doc), path: doc.path, macros: getState().macros }),
  deliver({ doc }, answer) {
    if (getState().doc.id !== doc.id) return;
    remarking.push({ revision: doc.revision, answer });
    setState((state) => {
      const analysis = withAnswer(state.analysis, { revision: doc.revision, text: doc.text, answer }, Date.now());
      if (state.doc.revision !== doc.revision) return { analysis };
      const found = answer.reports[0]?.rule.meta.title ?? '';
      // A text that is broken keeps the title it had.
      const title = found === '' && analysis.staleSince !== null ? state.doc.title : found;
      const isKnown = state.doc.format === answer.format && state.doc.title === title;
      return {
        analysis,
        doc: isKnown ? state.doc : { ...state.doc, format: answer.format, title },
      };
    });
  },
  fail({ doc, isRetry }, error) {
    if (isWorkerLost(error) && !isRetry) latest.push({ doc, isRetry: true });
    else setState(({ analysis }) => ({ analysis: { ...analysis, trouble: isWorkerLost(error) && error.why === 'absent' ? ABSENT : UNFINISHED } }));
  },
});

/** A document that takes longer than this is checked when typing pauses, or after so long: its panels go before. In milliseconds. */
const QUICK = 16;
const PAUSE = 150;
const LONGEST_PAUSE = 3_000;

const remarking = latestOf<{ readonly revision: number; readonly answer: DraftAnswer }, readonly Diagnostic[] | null>({
  ask: ({ answer: { number } }) => askAnalysis((api) => api.remarks(number)),
  deliver({ revision }, remarks) {
    const { analysis, doc } = getState();
    if (analysis.newest?.revision !== revision) return;
    // Another text was read meanwhile.
    if (remarks === null) return doc.revision === revision ? refresh() : undefined;
    if (JSON.stringify(remarks) !== JSON.stringify(analysis.remarks)) setState({ analysis: { ...analysis, remarks } });
  },
  // Whatever stopped it stops the next analysis too, which says so.
  fail: () => {},
  wait: ({ answer: { ms } }) => (ms <= QUICK ? 0 : PAUSE),
  pause: LONGEST_PAUSE,
});

/** The format to be analysed in; null lets the worker detect it. */
function askedFormat({ byHand, format, text }: Doc): string | null {
  return byHand || text.length >= SETTLED ? format : null;
}

/** Analyses the open document again. */
export function refresh(): void {
  const { doc } = getState();
  if (doc.text.length > MAX_ANALYSED) {
    latest.cancel();
    setState(({ analysis }) => ({ analysis: { ...analysis, trouble: TOO_LARGE } }));
  } else latest.push({ doc, isRetry: false });
}

let registry: Promise<Registry> | null = null;

/** Formats and languages; rejects when the worker cannot be started. */
export const registryOf = (): Promise<Registry> =>
  (registry ??= askAnalysis((api) => api.about()).catch((error: unknown) => {
    registry = null;
    throw error;
  }));

/** From now on every change of the open document, or of the macros, is analysed. */
export function startAnalysis(): void {
  useStore.subscribe((state, before) => {
    if (state.doc.revision !== before.doc.revision || state.macros !== before.macros) refresh();
  });
  registryOf().then(
    (known) => setState({ registry: known }),
    () =>
      setState(({ analysis }) => ({
        analysis: { ...analysis, trouble: ABSENT },
      })),
  );
}
