import { proxy } from 'comlink';
import type { Parting, SampleFilter, SamplesApi, SamplesJudged, SamplesQuestion } from '../../model';
import { shownOf } from '../analysis-state';
import { normalised } from '../drafts/document';
import { eventsOfExample } from '../drafts/example-events';
import { notify } from '../notices';
import { NO_SAMPLES, type SamplesState } from '../samples-state';
import { activeOf, isPending } from '../select';
import { getState, setState, useStore } from '../store';
import { askCatalog, MAKING_READY } from './catalog';
import { latestOf } from './latest';
import { isWorkerLost, workerClient } from './worker-client';

/** A table of more rows is told by its first ones: filter to see others. */
const SHOWN = 2000;
const GATHER = 40;
/** Reading a large file takes as long as it takes. */
const READING = 600_000;
const JUDGING = 30_000;
/** Bytes of files that are taken at once. */
const LARGEST = 256 * 2 ** 20;

const client = workerClient<SamplesApi>(
  () => new Worker(new URL('../../../workers/samples.ts', import.meta.url), { type: 'module', name: 'samples' }),
  () => change({ ...NO_SAMPLES, trouble: 'The events had to be let go: judging them stopped working. Open them again; your text is safe.' }),
);

const change = (part: Partial<SamplesState>): void => setState(({ samples }) => ({ samples: { ...samples, ...part } }));

/** Asks the samples' thread; rejects as its client does. */
export const askSamples: typeof client.ask = (question, patience) => client.ask(question, patience);

/** Reads files in place of the samples there were; `ofExample`: which example they ship with. Nothing of them leaves this browser. */
export async function readSamples(files: readonly File[], ofExample = ''): Promise<void> {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > LARGEST) {
    notify('error', `These files are ${Math.round(size / 2 ** 20)} MB; this page takes 256 MB of events at once. The command line takes more: rulewright run.`);
    return;
  }
  change({ ...NO_SAMPLES, filter: getState().samples.filter, reading: 0, ofExample });
  try {
    const read = await client.ask(
      (api) =>
        api.read(
          files,
          proxy((events: number) => change({ reading: events })),
        ),
      READING,
    );
    change({ read, reading: null });
    asked = '';
    follow();
  } catch (error) {
    if (!isWorkerLost(error)) change({ reading: null, trouble: 'These files could not be read.' });
    else change({ reading: null });
  }
}

/** Stops reading files; what was read by then stays. */
export const stopReadingSamples = (): void => void client.ask((api) => api.stop()).catch(() => undefined);

/** Events written or pasted as text. */
export const readSampleText = (text: string): Promise<void> => readSamples([new File([text], 'pasted')]);

/** Makes events of the rule under the cursor: one that it matches, and near misses; they stand among the samples. */
export async function makeSamples(): Promise<void> {
  const question = questionOf();
  if (question === null || getState().samples.isMaking) return;
  change({ isMaking: true });
  try {
    const answer = await client.ask((api) => api.make(question), READING);
    if (answer === null) change({ isMaking: false, made: { withheld: 'there is no rule to make one of', about: question.text } });
    else {
      const { made, read } = answer;
      change({ isMaking: false, made: { ...made, about: question.text }, ...(read.events === 0 ? null : { read }), chosen: null, opened: null, isOpen: false });
      asked = '';
      follow();
    }
  } catch (error) {
    change({ isMaking: false, ...(isWorkerLost(error) ? null : { made: { withheld: 'making one failed', about: question.text } }) });
  }
}

/** Events that the rule under the cursor matches and a rule of the catalog does not, or the other way round; null where the one or the other is not judged by single events. */
export async function partingsFrom(index: number): Promise<readonly Parting[] | null> {
  const question = questionOf();
  const other = question === null ? null : await askCatalog((api) => api.eventRule(index), MAKING_READY);
  return question === null || other === null ? null : client.ask((api) => api.part(question, other), JUDGING);
}

export function forgetSamples(): void {
  change(NO_SAMPLES);
  void client.ask((api) => api.forget()).catch(() => undefined);
}

export function filterSamples(part: Partial<SampleFilter>): void {
  change({ filter: { ...getState().samples.filter, ...part }, isTests: false });
  void refreshRows();
}

export const showTests = (isTests: boolean): void => change({ isTests });

/** Chooses a stage of the open document: the rows that leave it are shown. */
export const chooseStage = (key: string): void => change({ stage: { doc: getState().doc.id, key } });

/** Chooses a sample: why it is judged so is shown, and marked in the text. */
export function chooseSample(number: number | null): void {
  if (number === getState().samples.chosen) return;
  change({ chosen: number, ...(number === null ? { opened: null, isOpen: false } : null) });
  void refreshOpened();
}

/** Shows the chosen sample whole, or the table again. */
export const openSample = (isOpen: boolean): void => change({ isOpen });

const judging = latestOf<SamplesQuestion, SamplesJudged | null>({
  wait: () => GATHER,
  ask: (question) => client.ask((api) => api.judge(question), JUDGING),
  deliver(question, judged) {
    change({ judged: judged === null ? null : { ...judged, about: question.text }, trouble: null });
    void refreshAll();
  },
  fail: (_question, error) => {
    if (!isWorkerLost(error)) change({ judged: null, trouble: 'The samples could not be judged by this draft: it is tried again when the text changes.' });
  },
});

/** What is seen first comes first: the counts are asked for once the rows are there, unless another text was judged by then. */
async function refreshAll(): Promise<void> {
  const { judged } = getState().samples;
  await Promise.all([refreshRows(), refreshOpened()]);
  if (judged === null || getState().samples.judged !== judged) return;
  const counted = await client.ask((api) => api.count()).catch(() => null);
  if (getState().samples.judged === judged) change({ counted: counted === null ? null : { ...counted, about: judged.about } });
}

async function refreshRows(): Promise<void> {
  const { samples, doc } = getState();
  const { filter } = samples;
  const rows = await client.ask((api) => api.rows(filter, doc.tests, 0, SHOWN)).catch(() => null);
  if (rows !== null && getState().samples.filter === filter) change({ rows });
}

async function refreshOpened(): Promise<void> {
  const { chosen, judged } = getState().samples;
  if (chosen === null || judged === null) return;
  const opened = await client.ask((api) => api.open(chosen)).catch(() => null);
  if (getState().samples.chosen !== chosen) return;
  change({ opened: opened === null ? null : { ...opened, about: judged.about } });
  void refreshMends();
}

/** What fails at one place only may be mended there. */
async function refreshMends(): Promise<void> {
  const { opened } = getState().samples;
  if (opened === null || opened.verdict === 'matches' || opened.failing.length !== 1) return;
  const list = await client.ask((api) => api.mend(opened.number, getState().doc.tests), JUDGING).catch(() => []);
  if (getState().samples.opened === opened) change({ mends: { of: opened, list } });
}

let asked = '';

/** What is to be judged: the rule under the cursor; null while there is none. */
function questionOf(): SamplesQuestion | null {
  const state = getState();
  if (isPending(state)) return null;
  const active = activeOf(state);
  const shown = shownOf(state.analysis);
  if (active === null || shown === null) return null;
  return { text: shown.text, format: shown.answer.format, path: state.doc.path, macros: state.macros, index: active.index };
}

/** Judges again where the rule under the cursor says something else than before. */
function follow(): void {
  const state = getState();
  const question = state.samples.read === null ? null : questionOf();
  if (question === null) return;
  const key = `${state.doc.id} ${question.index} ${question.format} ${question.macros.length} ${question.text}`;
  if (key === asked) return;
  asked = key;
  judging.push(question);
}

/** While samples are looked at, an example shows the events that ship with it; those go when another document is opened. */
async function followExample(): Promise<void> {
  const { doc, examples, samples, preferences } = getState();
  if (samples.ofExample !== '' && samples.ofExample !== doc.id) forgetSamples();
  else if (samples.read !== null || samples.reading !== null) return;
  const example = doc.kind === 'example' && preferences.tab === TAB ? examples.find(({ text }) => normalised(text) === doc.text) : undefined;
  const events = example === undefined ? null : await eventsOfExample(example);
  const now = getState();
  if (events === null || now.doc.id !== doc.id || now.samples.read !== null || now.samples.reading !== null || now.samples.trouble !== null) return;
  await readSamples([new File([events], 'of the example')], doc.id);
}

/** The panel that shows them. */
const TAB = 'samples';

/** From now on the samples' verdicts follow the draft. */
export function startSamples(): void {
  useStore.subscribe((state, before) => {
    if (state.doc.id !== before.doc.id || state.preferences.tab !== before.preferences.tab || state.examples !== before.examples) void followExample();
    if (state.doc.tests !== before.doc.tests && state.samples.judged !== null) void refreshRows();
    if (state.analysis !== before.analysis || state.cursor !== before.cursor || state.macros !== before.macros) follow();
  });
}
