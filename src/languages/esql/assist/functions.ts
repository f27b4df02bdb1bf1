import type { Callable } from '../../../syntax/call';
import vocabulary from '../vocabulary.json';

const AGGREGATES: ReadonlySet<string> = new Set(vocabulary.aggregates.split(' '));

/** ES|QL's functions as help shows them; null: what one takes is not known here. */
export const FUNCTIONS: ReadonlyMap<string, { readonly callable: Callable | null; readonly help: string; readonly isAggregate: boolean }> = new Map(
  vocabulary.functions.map(([name, help, args]) => [
    name!,
    { callable: args === undefined ? null : { args, gives: '', help: help! }, help: help!, isAggregate: AGGREGATES.has(name!) },
  ]),
);

/** What a function takes, letters' case aside. */
export const callableOf = (name: string): Callable | undefined => FUNCTIONS.get(name.toLowerCase())?.callable ?? undefined;
