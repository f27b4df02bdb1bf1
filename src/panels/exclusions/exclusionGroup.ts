import type { Polarity } from '../../model';
import type { Group } from '../../ui/table/itemsOf';

/** Composites, branches and absences say in a row of their own how they suppress. */
export function exclusionGroup({ polarity, composite }: { readonly polarity: Polarity; readonly composite: number | null }): Group {
  if (polarity === 'conditional') return { key: 'conditional', head: 'In one branch only, not counted as exclusions' };
  if (polarity === 'absent') return { key: 'absent', head: 'Events that must not happen' };
  if (composite === null) return { key: 'alone', head: 'Each on its own' };
  return { key: `together ${composite}`, head: 'Together in one exclusion, not each on its own' };
}
