import type { ConversionAnswer } from '../../model';
import type { ConversionState } from '../conversion-state';
import { hover } from '../highlight';
import { activeOf } from '../select';
import { setTab } from '../settings';
import { getState, setState, type State, useStore } from '../store';
import { askAnalysis } from './analysis';
import { latestOf } from './latest';

/** The lower panel that shows it. */
export const CONVERT_TAB = 'convert';

const change = (part: Partial<ConversionState>): void => setState(({ conversion }) => ({ conversion: { ...conversion, ...part } }));

/** Shows the rule in another language, and gives it the focus. */
export function showConversion(): void {
  setTab(CONVERT_TAB);
  setState({ view: 'rule' });
  change({ wantsFocus: true });
}

/** The focus was taken. */
export const hasFocus = (): void => change({ wantsFocus: false });

/** Wishes for another language, container or names. */
export const wishFor = (part: Partial<ConversionState['wish']>): void => {
  // Container, names and table are of the language they were chosen for.
  const left = part.target === undefined ? null : { as: null, names: null, source: '' };
  change({ wish: { ...getState().conversion.wish, ...left, ...part } });
};

/** Lights a loss in both texts; null: none. */
export function pointAtLoss(at: number | null): void {
  const { pointed, answer } = getState().conversion;
  if (pointed === at) return;
  const span = at === null ? undefined : answer?.conversion.lost[at]?.span;
  hover(span === undefined ? null : [span]);
  change({ pointed: at });
}

/** Takes names of the reader's own out of a mapping's text; says why it holds none, null where it does. */
export async function takeNames(mapping: string): Promise<string | null> {
  const { names, why } = await askAnalysis((api) => api.namesOf(mapping));
  if (why === null) wishFor({ own: [...new Map([...getState().conversion.wish.own, ...names])] });
  return why;
}

type Question = NonNullable<ReturnType<typeof questionOf>>;

const asking = latestOf<Question, ConversionAnswer | null>({
  wait: () => 0,
  ask: ({ analysed, index, wish, tests }) => askAnalysis((api) => api.convert({ text: analysed.text, format: analysed.answer.format, index, ...wish, tests })),
  deliver: ({ analysed }, answer) => change({ answer, about: analysed.text, trouble: null, pointed: null }),
  fail: () => change({ trouble: 'This rule could not be converted now. It is tried again when the text changes.' }),
});

/** What is to be asked; null while nothing of it is shown, or there is no rule. */
function questionOf(state: State) {
  const active = state.preferences.tab === CONVERT_TAB ? activeOf(state) : null;
  return active === null ? null : { analysed: active.analysed, index: active.index, wish: state.conversion.wish, tests: state.doc.tests };
}

let asked: Question | null = null;

function follow(state: State): void {
  const question = questionOf(state);
  if (question === null) return;
  if (asked?.analysed === question.analysed && asked.index === question.index && asked.wish === question.wish && asked.tests === question.tests) return;
  asked = question;
  asking.push(question);
}

/** From now on the conversion follows the draft while it is shown. */
export function startConversion(): void {
  useStore.subscribe((state, before) => {
    if (state.doc.id !== before.doc.id) change({ answer: null, about: '', trouble: null, pointed: null });
    follow(getState());
  });
}
