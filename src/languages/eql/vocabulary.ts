import { functionsOf } from '../../knowledge/functions';
import type { Callable } from '../../model';

/** EQL's functions, by their own spelling. */
export const FUNCTIONS: ReadonlyMap<string, Callable> = functionsOf('eql', 'scalar');

const BY_FOLDED: ReadonlyMap<string, Callable> = new Map([...FUNCTIONS].map(([name, row]) => [name.toLowerCase(), row]));

/** The function of this name, letters' case aside. */
export const functionOf = (name: string): Callable | undefined => BY_FOLDED.get(name.toLowerCase());
