import { VENDORS } from '../../knowledge/families';
import type { PerVendor, Technique, Vendor } from '../../model';

/** `yours`: of the rules per vendor those of the reader's own catalog. */
export type CountedTechnique = Technique & { readonly perVendor: PerVendor; readonly yours: PerVendor; readonly rules: number };

export interface Cell {
  readonly technique: CountedTechnique;
  /** Rules of the vendors that are chosen, and of them the reader's own. */
  readonly rules: number;
  readonly yours: number;
  readonly isSub: boolean;
}

export interface TacticColumn {
  readonly tactic: string;
  readonly cells: readonly Cell[];
  /** Techniques of the tactic, sub-techniques aside, and those of them no rule covers. */
  readonly techniques: number;
  readonly without: number;
}

/** In the order of ATT&CK 19. */
const TACTICS = [
  'reconnaissance',
  'resource-development',
  'initial-access',
  'execution',
  'persistence',
  'privilege-escalation',
  'stealth',
  'defense-impairment',
  'credential-access',
  'discovery',
  'lateral-movement',
  'collection',
  'command-and-control',
  'exfiltration',
  'impact',
];

const place = (tactic: string): number => (TACTICS.includes(tactic) ? TACTICS.indexOf(tactic) : TACTICS.length);

/** Rules of these vendors; of all when none is chosen. */
export const rulesOf = (counts: PerVendor, vendors: readonly Vendor[]): number =>
  VENDORS.reduce((sum, vendor, index) => (vendors.length === 0 || vendors.includes(vendor) ? sum + (counts[index] ?? 0) : sum), 0);

/** ATT&CK as it is today: columns by tactic, cells by number of rules, a technique under every tactic it serves, its sub-techniques after it where asked. */
export function matrixOf(techniques: readonly CountedTechnique[], vendors: readonly Vendor[], withSubs: boolean): readonly TacticColumn[] {
  const parents = techniques.filter(({ id }) => !id.includes('.'));
  const subs = new Map<string, CountedTechnique[]>();
  for (const technique of techniques) {
    const [parent = '', sub] = technique.id.split('.');
    if (sub !== undefined) subs.set(parent, [...(subs.get(parent) ?? []), technique]);
  }
  const cellOf = (technique: CountedTechnique): Cell => ({
    technique,
    rules: rulesOf(technique.perVendor, vendors),
    yours: rulesOf(technique.yours, vendors),
    isSub: technique.id.includes('.'),
  });
  const byRules = (a: Cell, b: Cell): number => b.rules - a.rules || (a.technique.id < b.technique.id ? -1 : 1);
  const tactics = [...new Set(parents.flatMap((technique) => technique.today))].sort((a, b) => place(a) - place(b));
  return tactics.map((tactic) => {
    const own = parents
      .filter((technique) => technique.today.includes(tactic))
      .map(cellOf)
      .sort(byRules);
    return {
      tactic,
      cells: withSubs ? own.flatMap((cell) => [cell, ...(subs.get(cell.technique.id) ?? []).map(cellOf).sort(byRules)]) : own,
      techniques: own.length,
      without: own.filter(({ rules }) => rules === 0).length,
    };
  });
}

/** Others have rules for it, and the reader has none. */
export const isLacking = ({ rules, yours }: Pick<Cell, 'rules' | 'yours'>): boolean => yours === 0 && rules > 0;

/** From how many rules on each step of heat begins; 0 is no heat at all. */
export const HEAT = [1, 10, 30, 80, 200] as const;

/** The step of heat, 0 to 5. */
export const heatOf = (rules: number): number => HEAT.filter((least) => rules >= least).length;

/** "1–9", "200+": the steps of heat in words. */
export const heatName = (step: number): string => (step === 0 ? '0' : step === HEAT.length ? `${HEAT[step - 1]}+` : `${HEAT[step - 1]}–${HEAT[step]! - 1}`);
