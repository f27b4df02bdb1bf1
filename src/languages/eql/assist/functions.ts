import type { Callable } from '../../../syntax/call';
import vocabulary from '../vocabulary.json';

const GIVES: Readonly<Record<string, string>> = { s: 'text', n: 'number', b: 'condition' };

/** EQL's functions as help shows them, by their own spelling. */
export const CALLABLES: ReadonlyMap<string, Callable> = new Map(
  vocabulary.functions.map((row) => [row[0] as string, { args: row[6] as string, gives: GIVES[row[4] as string] ?? '', help: row[5] as string }]),
);

const BY_FOLDED: ReadonlyMap<string, readonly [string, Callable]> = new Map([...CALLABLES].map((entry) => [entry[0].toLowerCase(), entry]));

/** The function of this name, letters' case aside, with its own spelling. */
export const callableOf = (name: string): readonly [string, Callable] | undefined => BY_FOLDED.get(name.toLowerCase());
