import type { Completion, DraftStart, Suggestion } from '../model';
import { STARTING_POINTS } from '../knowledge/starting-points';

/** Stand for what is filled in when a skeleton is written. */
const ID = '\ue001';
const DAY = '\ue002-\ue003-\ue004';
/** A letter with a small form of its own, for what is written in small letters. */
const TECHNIQUE = 'Ⓣ';
/** How many kinds of events are offered. */
const OFFERED = 12;

/** A new document for each of the commonest kinds of events: a fresh ID, today's date, the technique where the cursor goes first. */
export const skeletonsOf = (start: (draft: DraftStart) => string): readonly Suggestion[] =>
  STARTING_POINTS.slice(0, OFFERED).map((point) => ({
    label: `new rule: ${point.name}`,
    kind: 'snippet',
    template: templateOf(start({ id: ID, date: DAY, technique: { id: TECHNIQUE, name: '', tactics: [] }, point })),
  }));

function templateOf(text: string): string {
  const filled: Readonly<Record<string, string>> = {
    [ID]: '$UUID',
    '\ue002': '$CURRENT_YEAR',
    '\ue003': '$CURRENT_MONTH',
    '\ue004': '$CURRENT_DATE',
    [TECHNIQUE]: '${1:T1059}',
    [TECHNIQUE.toLowerCase()]: '${1/(.*)/${1:/downcase}/}',
  };
  return text.replace(/[$\\}Ⓣⓣ\ue001-\ue004]/g, (sign) => filled[sign] ?? `\\${sign}`);
}

/** Skeletons for a document with nothing in it yet but blanks and comments, and what is typed of one word. */
export function withSkeletons(completion: Completion, text: string, offset: number, skeletons: () => readonly Suggestion[]): Completion {
  const isNew = /^\s*[\w ]*$/.test(text.slice(0, LONGEST_START)) && text.trim().length < LONGEST_START;
  if (!isNew) return completion;
  const start = text.length - text.trimStart().length;
  return {
    ...completion,
    span: { start: Math.min(start, offset), end: Math.max(text.trimEnd().length, offset) },
    items: [...skeletons(), ...completion.items],
  };
}

const LONGEST_START = 40;
