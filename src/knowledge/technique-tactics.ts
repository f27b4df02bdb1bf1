import { currentTactic, generationsOf, parentOf } from './attack';
import table from './technique-tactics.json';

const TACTICS = new Map<string, string[]>();
for (const [tactic, ids] of Object.entries(table.tactics)) for (const id of ids.split(' ')) TACTICS.set(id, [...(TACTICS.get(id) ?? []), tactic]);

/** The tactics a technique serves, by their short names; a sub-technique that is not listed has its parent's, one of a newer release its predecessor's. */
export function tacticsOfTechnique(technique: string): readonly string[] {
  const own = TACTICS.get(technique) ?? TACTICS.get(parentOf(technique) ?? '');
  if (own !== undefined) return own;
  const older = generationsOf(technique).find((id) => TACTICS.has(id) || TACTICS.has(parentOf(id) ?? ''));
  if (older === undefined) return [];
  return [...new Set((TACTICS.get(older) ?? TACTICS.get(parentOf(older)!)!).map((tactic) => currentTactic(tactic, technique)))];
}
