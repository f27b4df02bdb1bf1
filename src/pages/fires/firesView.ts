import { VENDORS } from '../../knowledge/families';
import type { FiredRule, FiresAnswer, Technique, Vendor } from '../../model';

/** What a rule of the list did. */
export type Standing = 'fired' | 'cannot-tell';

/** How the list is narrowed; '' is all. */
export interface FiresView {
  readonly standing: Standing;
  readonly severity: string;
  readonly vendor: Vendor | '';
  readonly technique: string;
}

export const FIRST_VIEW: FiresView = { standing: 'fired', severity: '', vendor: '', technique: '' };

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'informational'];
const rank = (severity: string): number => (SEVERITIES.includes(severity) ? SEVERITIES.indexOf(severity) : SEVERITIES.length);

export const standingOf = ({ hits }: FiredRule): Standing => (hits > 0 ? 'fired' : 'cannot-tell');
const parentOf = (technique: string): string => technique.split('.')[0]!;

const hasTechnique = (rule: FiredRule, id: string): boolean => rule.techniques.some((one) => one === id || parentOf(one) === id);

/** The rules of a view, the gravest first, then those with the most events. */
export const rulesIn = (answer: FiresAnswer, view: FiresView): readonly FiredRule[] =>
  answer.rules
    .filter(
      (rule) =>
        standingOf(rule) === view.standing &&
        (view.severity === '' || (rule.severity || 'none') === view.severity) &&
        (view.vendor === '' || rule.vendor === view.vendor) &&
        (view.technique === '' || hasTechnique(rule, view.technique)),
    )
    .toSorted((a, b) => rank(a.severity) - rank(b.severity) || b.hits + b.undecided - (a.hits + a.undecided) || a.index - b.index);

/** Values with how many rules have them, in their own order. */
interface Counted<T extends string> {
  readonly value: T;
  readonly rules: number;
}

export function severitiesOf(rules: readonly FiredRule[]): readonly Counted<string>[] {
  const counts = new Map<string, number>();
  for (const { severity } of rules) counts.set(severity || 'none', (counts.get(severity || 'none') ?? 0) + 1);
  return [...counts].sort(([a], [b]) => rank(a) - rank(b)).map(([value, count]) => ({ value, rules: count }));
}

export const vendorsOf = (rules: readonly FiredRule[]): readonly Counted<Vendor>[] =>
  VENDORS.map((value) => ({ value, rules: rules.filter(({ vendor }) => vendor === value).length })).filter(({ rules: count }) => count > 0);

/** A tactic with the techniques under it that rules of the list are tagged with, most rules first. */
interface FiredTactic {
  readonly tactic: string;
  readonly rules: number;
  readonly cells: readonly { readonly id: string; readonly name: string; readonly rules: number }[];
}

/** The matrix of what fired: rules, not events, counted; a technique stands under every tactic it serves. */
export function tacticsOf(rules: readonly FiredRule[], techniques: readonly Technique[], tactics: readonly string[]): readonly FiredTactic[] {
  const byParent = new Map<string, Set<number>>();
  for (const { index, techniques: ids } of rules) for (const id of ids) byParent.set(parentOf(id), (byParent.get(parentOf(id)) ?? new Set()).add(index));
  const known = new Map(techniques.map((technique) => [technique.id, technique]));
  return tactics.map((tactic) => {
    const own = [...byParent].filter(([id]) => known.get(id)?.today.includes(tactic));
    return {
      tactic,
      rules: new Set(own.flatMap(([, numbers]) => [...numbers])).size,
      cells: own
        .map(([id, numbers]) => ({ id, name: known.get(id)?.name ?? '', rules: numbers.size }))
        .toSorted((a, b) => b.rules - a.rules || (a.id < b.id ? -1 : 1)),
    };
  });
}

/** The step of heat of a technique by how many rules fired, 1 to 5, where the most has `most`. */
export const firedHeat = (rules: number, most: number): number => (most <= 1 ? 1 : 1 + Math.round((4 * Math.log(rules)) / Math.log(most)));

/** What is saved of the answer: a line a rule, no event in it. */
export const exportOf = (answer: FiresAnswer): string =>
  answer.rules
    .map(({ title, source, key, id, severity, techniques, hits, undecided }) =>
      JSON.stringify({ title, source, key, id, severity, techniques, hits, cannotTell: undecided }),
    )
    .join('\n');
