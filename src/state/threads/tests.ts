import type { Event, KeptTest, SamplesQuestion, TestOutcome } from '../../model';
import { shownOf } from '../analysis-state';
import { setTests } from '../drafts/documents';
import { newId } from '../drafts/draft-store';
import { MOST_KEPT, sizeOfTests } from '../drafts/kept-tests';
import { notify } from '../notices';
import { NO_TESTS } from '../samples-state';
import { activeOf, isPending } from '../select';
import { getState, setState, useStore } from '../store';
import { latestOf } from './latest';
import { askSamples } from './samples';
import { isWorkerLost } from './worker-client';
import { shortened } from '../../syntax/written';

const GATHER = 40;
const JUDGING = 30_000;

/** Keeps events as tests of the open draft; says where they are too much. */
export function keepTests(given: readonly { readonly events: readonly Event[]; readonly mustMatch: boolean; readonly name: string }[]): void {
  const state = getState();
  const { meta } = activeOf(state)?.report.rule ?? { meta: null };
  const at = Date.now();
  const isKnown = ({ events }: Pick<KeptTest, 'events'>): boolean => state.doc.tests.some((test) => JSON.stringify(test.events) === JSON.stringify(events));
  const added = given.filter((test) => !isKnown(test)).map((test): KeptTest => ({ ...test, id: newId(), about: meta?.id || meta?.title || '', at }));
  const tests = [...state.doc.tests, ...added];
  if (sizeOfTests(tests) > MOST_KEPT) {
    notify('error', 'These events are more than a draft keeps as tests: one million characters in all. Keep fewer, or smaller ones.');
    return;
  }
  if (added.length > 0) setTests(tests);
}

const changeTest = (id: string, change: (test: KeptTest) => KeptTest): void =>
  setTests(getState().doc.tests.map((test) => (test.id === id ? change(test) : test)));

export const renameTest = (id: string, name: string): void => changeTest(id, (test) => ({ ...test, name: name.trim() }));

/** What must match must not, and the other way round. */
export const turnTest = (id: string): void => changeTest(id, (test) => ({ ...test, mustMatch: !test.mustMatch }));

/** Takes a test away; the notice brings it back. */
export function removeTest(id: string): void {
  const { doc } = getState();
  const at = doc.tests.findIndex((test) => test.id === id);
  const test = doc.tests[at];
  if (test === undefined) return;
  setTests(doc.tests.filter((other) => other.id !== id));
  const restore = (): void => {
    const { doc: open } = getState();
    if (open.id === doc.id) setTests([...open.tests.slice(0, at), test, ...open.tests.slice(at)]);
  };
  notify('info', `The test “${nameOfTest(test)}” is no longer kept.`, { action: { label: 'Undo', run: restore } });
}

/** What lists call a test: its name, else what its events say first. */
export function nameOfTest({ name, events }: KeptTest): string {
  if (name !== '') return name;
  return shortened(JSON.stringify(events[0] ?? {}), 80);
}

type Question = Omit<SamplesQuestion, 'index'> & { readonly tests: readonly KeptTest[] };

const judging = latestOf<Question, readonly TestOutcome[]>({
  wait: () => GATHER,
  ask: ({ tests, ...question }) => askSamples((api) => api.judgeTests(question, tests), JUDGING),
  deliver: (_question, outcomes) => setState({ tests: { outcomes, trouble: null } }),
  fail: (_question, error) => {
    asked = null;
    if (!isWorkerLost(error)) setState({ tests: { outcomes: [], trouble: 'The tests could not be judged: they are tried again when the text changes.' } });
  },
});

let asked: { readonly text: string; readonly tests: readonly KeptTest[]; readonly macros: string; readonly format: string } | null = null;

function follow(): void {
  const state = getState();
  const { tests } = state.doc;
  if (tests.length === 0) {
    if (state.tests !== NO_TESTS) setState({ tests: NO_TESTS });
    judging.cancel();
    asked = null;
    return;
  }
  const shown = isPending(state) ? null : shownOf(state.analysis);
  if (shown === null) return;
  const { text } = shown;
  const { format } = shown.answer;
  if (asked !== null && asked.text === text && asked.tests === tests && asked.macros === state.macros && asked.format === format) return;
  asked = { text, tests, macros: state.macros, format };
  judging.push({ text, format, path: state.doc.path, macros: state.macros, tests });
}

/** From now on the tests' outcomes follow the draft. */
export function startTests(): void {
  useStore.subscribe((state, before) => {
    if (state.doc.id !== before.doc.id) setState({ tests: NO_TESTS });
    if (state.analysis !== before.analysis || state.doc.tests !== before.doc.tests || state.macros !== before.macros) follow();
  });
}
