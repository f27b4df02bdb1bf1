import type { Context, Suggestion } from '../../../model';
import { analyse } from '../analyse';
import datasets from '../datasets.json';
import type { Place } from './place-at';

/** The fields that events carry at a place, as far as the query says. */
export interface Columns {
  readonly items: readonly Suggestion[];
  /** The events may carry others. */
  readonly isOpen: boolean;
}

const ROOTS: Readonly<Record<string, string>> = datasets.roots;
const FIELDS: Readonly<Record<string, string>> = datasets.fields;
/** How far behind the place a command says which model it reads. */
const AHEAD = 2_000;

/** What the commands before this one left: only those of a summary or a table, what was made, and whatever the events carry. */
export function columnsAt(text: string, { earlier }: Place, context: Context): Columns {
  const before = text.slice(earlier.start, earlier.end);
  if (before.trim() === '') return { items: [], isOpen: true };
  const { outputs, stages } = analyse(before, context);
  const made = new Map(stages.flatMap(({ kind, derives }) => (derives ?? []).map(({ name }): [string, string] => [name, `Made by ${kind}`])));
  const left = outputs.map(({ name }) => name);
  const names = outputs.length === 0 ? [...made.keys()].toReversed() : left.filter((name) => !name.includes('*'));
  return {
    items: [...new Set(names)].map((label) => ({ label, kind: 'field', detail: made.get(label) ?? 'What the commands before leave' })),
    isOpen: outputs.length === 0 || left.some((name) => name.includes('*')),
  };
}

/** The fields of the data model a command reads, with the data set before each as `tstats` wants it; null where it reads none whose fields are known. */
export function modelColumns(text: string, offset: number, command: number): readonly Suggestion[] | null {
  const segment = text.slice(command, offset + AHEAD);
  const pipe = segment.indexOf('|', offset - command);
  const [, model = ''] = /\bdatamodel\s*[=:]\s*"?([\w.]+)/i.exec(pipe < 0 ? segment : segment.slice(0, pipe)) ?? [];
  const known = modelOf(model);
  return known === null ? null : ['_time', ...known.fields].map((name): Suggestion => fieldOf(name, known.set));
}

/** The data set that a model's name means, with its fields; null where these are not known. */
export function modelOf(model: string): { readonly set: string; readonly fields: readonly string[] } | null {
  const [first = '', named] = model.split('.');
  if (!Object.hasOwn(ROOTS, first)) return null;
  const set = named ?? ROOTS[first]!;
  return Object.hasOwn(FIELDS, set) ? { set, fields: FIELDS[set]!.split(' ') } : null;
}

const fieldOf = (name: string, set: string): Suggestion =>
  name === '_time'
    ? { label: name, kind: 'field', detail: 'When the event happened' }
    : { label: `${set}.${name}`, kind: 'field', detail: `A field of ${set.replaceAll('_', ' ')}` };

/** The data sets whose events carry a field. */
export const setsWithField = (name: string): readonly string[] => Object.keys(FIELDS).filter((set) => FIELDS[set]!.split(' ').includes(name));
