import { tacticOf, TACTICS } from '../../knowledge/attack';

/** A tactic as Sentinel writes it: CredentialAccess, CommandAndControl. It keeps to the older generation, in which what is new was Defense Evasion; null: none of ATT&CK. */
function tacticWord(short: string): string | null {
  const tactic = tacticOf(short);
  if (tactic === null) return null;
  return tactic.since === undefined ? tactic.name.replace(/(?:^| )(\w)/g, (_, first: string) => first.toUpperCase()) : 'DefenseEvasion';
}

/** Every tactic that Sentinel has, in the matrix's order. */
export const TACTIC_WORDS: readonly string[] = [...new Set(TACTICS.map(({ short }) => tacticWord(short)!))];

/** These tactics as Sentinel writes them, each once. */
export const tacticWords = (tactics: readonly string[]): readonly string[] => [...new Set(tactics.flatMap((short) => tacticWord(short) ?? []))];
