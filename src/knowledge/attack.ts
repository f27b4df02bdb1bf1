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

/** The release whose techniques these are. */
export const ATTACK_RELEASE: string = table.release;

/** Tactics of both generations in the matrix's order. */
export const TACTICS: readonly Tactic[] = table.tactics;

/** A technique of either generation; `successor` is what a former one is called today, null where nothing took its place. */
interface Entry {
  readonly name: string;
  readonly tactics: readonly string[];
  readonly successor: string | null;
}

const entryOf = (written: string): Entry => {
  const [told = '', successor] = written.split(' => ');
  const bar = told.lastIndexOf(' | ');
  const tactics = told.slice(bar + 3);
  return { name: told.slice(0, bar), tactics: tactics === '' ? [] : tactics.split(' '), successor: successor ?? null };
};

const TODAY: ReadonlyMap<string, Entry> = new Map(Object.entries(table.techniques).map(([id, written]) => [id, entryOf(written)]));
const FORMER: ReadonlyMap<string, Entry> = new Map(Object.entries(table.former).map(([id, written]) => [id, entryOf(written)]));
const EARLIER: ReadonlyMap<string, string> = new Map(Object.entries(table.earlier));

const PREDECESSORS = new Map<string, string[]>();
for (const [old, { successor }] of FORMER) if (successor !== null) PREDECESSORS.set(successor, [...(PREDECESSORS.get(successor) ?? []), old]);

const BY_WORD: ReadonlyMap<string, Tactic> = new Map(
  TACTICS.flatMap((tactic) => [
    [tactic.short, tactic],
    [tactic.id.toLowerCase(), tactic],
  ]),
);

/** A tactic by its ID, short name or name, in any letters, spaces and underscores for hyphens: `Defense Evasion`, `command_and_control`, `TA0007`. */
export const tacticOf = (written: string): Tactic | null => BY_WORD.get(written.trim().toLowerCase().replace(/[ _]+/g, '-')) ?? null;

/** Every technique of today's release: its ID, name and tactics' short names, by ID. */
export const TECHNIQUES: readonly { readonly id: string; readonly name: string; readonly tactics: readonly string[] }[] = [...TODAY].map(
  ([id, { name, tactics }]) => ({ id, name, tactics }),
);

/** What this ID is called today: T1562.001 is T1685. Any other ID is its own. */
export const currentOf = (technique: string): string => FORMER.get(technique)?.successor ?? technique;

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

/** Whether a text is written as a technique's ID is, known or not: `T1059`, `T1059.001`. */
export const isTechniqueId = (text: string): boolean => /^T\d{4}(?:\.\d{3})?$/.test(text);

/** The name an ID has today, or had when it was withdrawn; null for an ID of neither. */
export const nameOfTechnique = (technique: string): string | null => (TODAY.get(technique) ?? FORMER.get(technique))?.name ?? null;

/** Whether today's release has this technique, or has withdrawn it. */
export const isKnownTechnique = (technique: string): boolean => TODAY.has(technique) || FORMER.has(technique);

/** Whether ATT&CK has withdrawn this ID: revoked or deprecated up to today's release. */
export const isWithdrawn = (technique: string): boolean => FORMER.has(technique);

/** The tactics a technique serves today, under whatever ID, by their short names; [] for an ID that ATT&CK does not have or that nothing took the place of. */
export const tacticsOfTechnique = (technique: string): readonly string[] => TODAY.get(currentOf(technique))?.tactics ?? [];

/** The tactics a technique may be tagged with: today's, and those it served under this ID before. */
export function tacticsEverOf(technique: string): readonly string[] {
  const former = FORMER.get(technique)?.tactics ?? EARLIER.get(technique)?.split(' ') ?? [];
  return [...new Set([...tacticsOfTechnique(technique), ...former])];
}
