import table from './attack.json';

/** A tactic of one of the two generations; 19 split Defense Evasion in two. */
interface Tactic {
  readonly id: string;
  /** As tags write it: `discovery`. */
  readonly short: string;
  readonly name: string;
  /** The last, the first release that has it. */
  readonly until?: number;
  readonly since?: number;
}

/** Tactics of both generations in the matrix's order. */
export const TACTICS: readonly Tactic[] = table.tactics;

const EVASION = 'defense-evasion';
const SUCCESSORS: ReadonlyMap<string, string> = new Map(Object.entries(table.successors));
const NEW_NAMES: ReadonlyMap<string, string> = new Map(Object.entries(table.newTechniques));
const IMPAIRING: ReadonlySet<string> = new Set(table.impairing.split(' '));
const WITHDRAWN: ReadonlySet<string> = new Set(table.withdrawn.split(' '));
/** Techniques of release 18.1 with the number of their sub-techniques. */
const SUBS: ReadonlyMap<string, number> = new Map(
  table.techniques.split(' ').map((written) => {
    const [id, subs] = written.split(':');
    return [id!, Number(subs ?? 0)];
  }),
);

const PREDECESSORS = new Map<string, string[]>();
for (const [old, current] of SUCCESSORS) PREDECESSORS.set(current, [...(PREDECESSORS.get(current) ?? []), old]);

const BY_WORD: ReadonlyMap<string, Tactic> = new Map(
  TACTICS.flatMap((tactic) => [
    [tactic.short, tactic],
    [tactic.id.toLowerCase(), tactic],
  ]),
);

/** A tactic by its ID, short name or name, in any letters, spaces and underscores for hyphens: `Defense Evasion`, `command_and_control`, `TA0007`. */
export const tacticOf = (written: string): Tactic | null => BY_WORD.get(written.trim().toLowerCase().replace(/[ _]+/g, '-')) ?? null;

/** What this ID is called today: T1562.001 is T1685. Any other ID is its own. */
export const currentOf = (technique: string): string => SUCCESSORS.get(technique) ?? technique;

/** Every ID of one behaviour, today's first: rules tagged with any of them belong together. */
export function generationsOf(technique: string): readonly string[] {
  const current = currentOf(technique);
  return [current, ...(PREDECESSORS.get(current) ?? [])];
}

/** T1087 of T1087.001; null for a technique that is no sub-technique. */
export function parentOf(technique: string): string | null {
  const dot = technique.indexOf('.');
  return dot < 0 ? null : technique.slice(0, dot);
}

/** A name that release 18.1 does not have; null for all techniques that it has. */
export const newTechniqueName = (technique: string): string | null => NEW_NAMES.get(technique) ?? null;

/** Whether either generation has this technique. */
export function isKnownTechnique(technique: string): boolean {
  if (NEW_NAMES.has(technique)) return true;
  const parent = parentOf(technique);
  if (parent === null) return SUBS.has(technique);
  const sub = technique.slice(parent.length + 1);
  return /^\d{3}$/.test(sub) && Number(sub) >= 1 && Number(sub) <= (SUBS.get(parent) ?? 0);
}

/** Whether ATT&CK has withdrawn this technique: revoked or deprecated in release 18.1. */
export const isWithdrawn = (technique: string): boolean => WITHDRAWN.has(technique);

/** The tactic under which a technique stands today: Defense Evasion became Stealth, or Defense Impairment for what impairs. */
export function currentTactic(tactic: string, technique: string): string {
  if (tactic !== EVASION) return tactic;
  const current = currentOf(technique);
  return IMPAIRING.has(current) || IMPAIRING.has(technique) ? 'defense-impairment' : 'stealth';
}
