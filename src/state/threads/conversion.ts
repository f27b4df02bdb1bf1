import { useEffect } from 'react';
import type { Comparison, ConversionAnswer } from '../../model';
import { changeConversion, CONVERT_TAB } from '../conversion';
import type { ConversionState } from '../conversion-state';
import { hover } from '../highlight';
import { activeOf, hasError } from '../select';
import { getState, type State, useStore } from '../store';
import { askAnalysis } from './analysis';
import { latestOf } from './latest';
import { askSamples } from './samples';

/** The focus was taken. */
export const hasFocus = (): void => changeConversion({ wantsFocus: false });

/** Wishes for another language, container or names. */
export const wishFor = (part: Partial<ConversionState['wish']>): void => {
  // Container, names and table are of the language they were chosen for.
  const left = part.target === undefined ? null : { as: null, names: null, source: '' };
  changeConversion({ wish: { ...getState().conversion.wish, ...left, ...part } });
};

/** Lights a loss in both texts; null: none. */
export function pointAtLoss(at: number | null): void {
  const { pointed, answer, heldSince } = getState().conversion;
  if (pointed === at) return;
  const span = at === null || heldSince !== null ? undefined : answer?.conversion.lost[at]?.span;
  hover(span === undefined ? null : [span]);
  changeConversion({ pointed: at });
}

/** Takes names of the reader's own out of a mapping's text; says why it holds none, or what of it is left; null where all of it is taken. */
export async function takeNames(mapping: string): Promise<string | null> {
  const { names, left, why } = await askAnalysis((api) => api.namesOf(mapping));
  if (why !== null) return `gives no names: ${why}.`;
  wishFor({ own: [...new Map([...getState().conversion.wish.own, ...names])] });
  return left.length === 0 ? null : `does more than name fields, which is left out: ${left.join(', ')}.`;
}

type Question = NonNullable<ReturnType<typeof questionOf>>;

const asking = latestOf<Question, ConversionAnswer | null>({
  wait: () => 0,
  ask: ({ analysed, index, wish }) => askAnalysis((api) => api.convert({ text: analysed.text, format: analysed.answer.format, index, ...wish })),
  deliver(question, answer) {
    const { answer: last, heldSince } = getState().conversion;
    // The last good text stays where the draft breaks, in the form that it was asked for.
    if (isBroken(question) && last?.conversion.text != null && answered?.wish === question.wish && answered.index === question.index)
      return changeConversion({ heldSince: heldSince ?? Date.now(), trouble: null, pointed: null });
    answered = question;
    changeConversion({ answer, about: question.analysed.text, heldSince: null, trouble: null, pointed: null });
  },
  fail: () => changeConversion({ trouble: 'This rule could not be converted now. It is tried again when the text changes.' }),
});

/** Whether the rule has an error, so that nothing can be written of it. */
const isBroken = ({ analysed, index }: Question): boolean => hasError(analysed.answer.reports[index]);

/** Judging many samples twice takes its time. */
const JUDGING = 60_000;
const GATHER = 150;

// Events are made and judged in the samples' thread, so that the text does not wait for them.
const comparing = latestOf<Question, Comparison | null>({
  wait: () => GATHER,
  ask: ({ analysed, index, wish, path, macros, tests }) =>
    askSamples((api) => api.compare({ text: analysed.text, format: analysed.answer.format, path, macros, index }, wish, tests), JUDGING),
  deliver: (_question, comparison) => changeConversion({ comparison }),
  fail: () => changeConversion({ comparison: 'failed' }),
});

/** What is to be asked; null while nothing of it is shown, or there is no rule. */
function questionOf(state: State) {
  const active = state.preferences.tab === CONVERT_TAB ? activeOf(state) : null;
  if (active === null) return null;
  const { doc, macros, samples, conversion } = state;
  return { analysed: active.analysed, index: active.index, wish: conversion.wish, path: doc.path, macros, tests: doc.tests, samples: samples.read };
}

let draft = '';
let answered: Question | null = null;
let asked: Question | null = null;

function follow(state: State): void {
  if (draft !== state.doc.id) {
    draft = state.doc.id;
    asked = null;
    answered = null;
    comparing.cancel();
    changeConversion({ answer: null, comparison: null, about: '', heldSince: null, trouble: null, pointed: null });
  }
  const question = questionOf(state);
  if (question === null) return;
  const before = asked;
  const isSame = (...keys: readonly (keyof Question)[]): boolean => before !== null && keys.every((key) => before[key] === question[key]);
  const isWritten = isSame('analysed', 'index', 'wish');
  if (isWritten && isSame('path', 'macros', 'tests', 'samples')) return;
  asked = question;
  if (!isWritten) asking.push(question);
  if (!isBroken(question)) comparing.push(question);
}

/** The conversion follows the draft while what calls this is shown. */
export const useFollowing = (): void =>
  useEffect(() => {
    follow(getState());
    return useStore.subscribe(follow);
  }, []);
