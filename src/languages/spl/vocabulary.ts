import type { Role } from '../../model';
import type { Callable } from '../../syntax/call';
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

interface FunctionWord {
  readonly arguments: string;
  readonly help: string;
}

interface AggregateWord {
  readonly arguments: string;
  /** Hands values of its field on; the others compute new ones. */
  readonly carries?: boolean;
  readonly help: string;
}

export const COMMANDS: ReadonlyMap<string, CommandWord> = new Map(Object.entries(table.commands) as [string, CommandWord][]);
export const FUNCTIONS: ReadonlyMap<string, FunctionWord> = new Map(Object.entries(table.functions));
export const AGGREGATES: ReadonlyMap<string, AggregateWord> = new Map(Object.entries(table.aggregates) as [string, AggregateWord][]);

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
export function aggregateOf(name: string): AggregateWord | undefined {
  return AGGREGATES.get(name.toLowerCase()) ?? AGGREGATES.get(name.toLowerCase().replace(/\d+(?:\.\d+)?$/, ''));
}

/** A function, or in a summary an aggregate, as help shows it; letters' case does not count. */
export function callableOf(name: string, isSummary: boolean): Callable | undefined {
  const lower = name.toLowerCase();
  const known = (isSummary ? aggregateOf(lower) : undefined) ?? FUNCTIONS.get(lower) ?? aggregateOf(lower);
  return known === undefined ? undefined : { args: known.arguments, gives: '', help: known.help };
}
