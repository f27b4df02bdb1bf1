import { functionsOf } from '../../knowledge/functions';
import type { Callable } from '../../model';

/** Functions of single rows and those that group them, in small letters. */
export const FUNCTIONS: ReadonlyMap<string, Callable> = functionsOf('esql', 'scalar', 'grouping');
/** Functions over the rows of a group, the usual ones first. */
export const AGGREGATES: ReadonlyMap<string, Callable> = functionsOf('esql', 'aggregate');

const ALL: ReadonlyMap<string, Callable> = new Map([...FUNCTIONS, ...AGGREGATES]);

/** The function of this name, letters' case aside. */
export const functionOf = (name: string): Callable | undefined => ALL.get(name.toLowerCase());
/** The names of all functions. */
export const FUNCTION_NAMES: readonly string[] = [...ALL.keys()];
