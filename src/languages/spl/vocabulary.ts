import { functionsOf, type FunctionRow } from '../../knowledge/functions';
import type { Callable, Role } from '../../model';
import table from './vocabulary.json';

/** The grammar of a command's arguments; `words`: options, names and subsearches in any order. */
export type Form = 'search' | 'where' | 'eval' | 'regex' | 'stats' | 'words';

interface CommandWord {
  readonly role: Role;
  readonly form: Form;
  /** Begins a pipeline. */
  readonly generating?: boolean;
  /** The kind its stage is shown as, where that is not its name. */
  readonly shown?: string;
  readonly options?: readonly string[];
  readonly help: string;
}

export const COMMANDS: ReadonlyMap<string, CommandWord> = new Map(Object.entries(table.commands) as [string, CommandWord][]);
export const FUNCTIONS: ReadonlyMap<string, Callable> = functionsOf('spl', 'scalar');
/** Functions over the events of a group; those that hand their field on carry its values, the others compute new ones. */
export const AGGREGATES: ReadonlyMap<string, FunctionRow> = functionsOf('spl', 'aggregate');

export const isCommand = (name: string): boolean => COMMANDS.has(name.toLowerCase());
export const isFunction = (name: string): boolean => FUNCTIONS.has(name.toLowerCase());

/** Commands whose arguments are expressions: there words are names, and signs part them. */
export function isNarrowCommand(name: string): boolean {
  const form = COMMANDS.get(name.toLowerCase())?.form;
  return form === 'where' || form === 'eval';
}

/** Commands nobody means as a search word: without its pipe `tstats` still begins one. */
const UNMISTAKABLE: ReadonlySet<string> = new Set(['tstats', 'mstats', 'inputlookup', 'inputcsv', 'makeresults', 'multisearch', 'loadjob', 'savedsearch']);
export const isGenerating = (name: string): boolean => UNMISTAKABLE.has(name.toLowerCase());

/** The aggregate of this name; percentiles (`p95`, `perc99.9`) are one. */
export function aggregateOf(name: string): FunctionRow | undefined {
  return AGGREGATES.get(name.toLowerCase()) ?? AGGREGATES.get(name.toLowerCase().replace(/\d+(?:\.\d+)?$/, ''));
}

/** A function, or in a summary an aggregate; letters' case does not count. */
export function functionOf(name: string, isSummary: boolean): Callable | undefined {
  const lower = name.toLowerCase();
  return (isSummary ? aggregateOf(lower) : undefined) ?? FUNCTIONS.get(lower) ?? aggregateOf(lower);
}
