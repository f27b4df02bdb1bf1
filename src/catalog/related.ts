import { familyOf, familyWriting, VENDORS } from '../knowledge/families';
import { asked, conditionText } from '../logic/condition-text';
import type { Formula, Literal } from '../logic/formula';
import { contradicts, implies, impossibleIn, literalFollows } from '../logic/implies';
import { conditionsOf, relate } from '../logic/relate';
import { PLATFORMS, type DraftFacts, type RelatedRule, type Relation } from '../model';
import type { Catalog } from './catalog';
import { listAt } from './store/columns';
import type { Meanings } from './store/meaning';
import { rowOf, type MetadataColumns } from './store/metadata-columns';
import { storedFormula } from './stored-formula';

/** What the catalog's rules mean, ready to be compared: formulas in canonical names, letters' case aside, and who asks for what. */
export interface RelationIndex {
  /** By rule; null: nothing is kept of it, or it can never fire. */
  readonly formulas: readonly (Formula | null)[];
  readonly isWhole: Uint8Array;
  /** Field → everything that is looked for in it, each with the rules that do. */
  readonly byField: ReadonlyMap<string, readonly Sought[]>;
}

interface Sought {
  readonly literal: Literal;
  readonly rules: readonly number[];
}

/** Makes the index, a slice of rules at a time, so that other questions are answered in between; `pause` waits for the next turn. */
export async function relationIndexOf({ count, vendors }: MetadataColumns, meanings: Meanings, pause: () => Promise<void>): Promise<RelationIndex> {
  const formulas: (Formula | null)[] = [];
  const isWhole = new Uint8Array(count);
  const sought = new Map<string, { readonly literal: Literal; readonly rules: number[] }>();
  for (let rule = 0; rule < count; rule++) {
    if (rule % SLICE === SLICE - 1) await pause();
    const meaning = meanings(rule);
    const formula = meaning === null ? null : storedFormula(meaning, familyOf(VENDORS[vendors[rule]!]!));
    formulas.push(formula);
    if (formula === null) continue;
    isWhole[rule] = meaning!.isWhole ? 1 : 0;
    for (const literal of asked(formula)) {
      const known = sought.get(literal.key);
      if (known === undefined) sought.set(literal.key, { literal, rules: [rule] });
      else if (known.rules.at(-1) !== rule) known.rules.push(rule);
    }
  }
  const byField = new Map<string, Sought[]>();
  for (const one of sought.values()) {
    const known = byField.get(one.literal.field);
    if (known === undefined) byField.set(one.literal.field, [one]);
    else known.push(one);
  }
  return { formulas, isWhole, byField };
}
const SLICE = 250;

/** Whether a condition looks for something; shared exclusions alone are no likeness. */
const looksFor = (formula: Formula): boolean => asked(formula).length > 0;

/**
 * The catalog's rules that are the same as the draft, cover it, are covered by it, contradict or overlap it, in that order, the most alike first;
 * letters' case aside. A rule that counts, joins or waits for a second event only overlaps: one event does not decide it.
 */
export function relatedTo(catalog: Catalog, index: RelationIndex, draft: DraftFacts, limit: number): readonly RelatedRule[] {
  if (draft.meaning === null) return [];
  const { list } = catalog;
  const own = storedFormula(draft.meaning, familyWriting(draft.taxonomy));
  const readsAlike = alikeEvents(catalog, draft);
  const ownParts = conditionsOf(own);
  if (!ownParts.some(looksFor) || impossibleIn(own) !== null) return [];
  const candidates = alikeIn(index, asked(own));
  const found: { readonly rule: number; readonly relation: Relation; readonly weight: number }[] = [];
  for (const rule of candidates) {
    const other = index.formulas[rule]!;
    const otherParts = conditionsOf(other);
    const common = ownParts.filter((part) => looksFor(part) && otherParts.some((theirs) => implies(part, theirs) || implies(theirs, part)));
    if (common.length === 0) continue;
    const isDecided = draft.meaning.isWhole && index.isWhole[rule] === 1 && readsAlike(rule);
    const covers = isDecided && implies(own, other);
    const covered = isDecided && implies(other, own);
    const relation: Relation =
      covers && covered ? 'same' : covers ? 'covers' : covered ? 'covered' : isDecided && contradicts(own, other) ? 'contradicts' : 'overlaps';
    found.push({ rule, relation, weight: common.length / Math.max(ownParts.length, otherParts.length) });
  }
  const rank = (relation: Relation): number => ORDER.indexOf(relation);
  return found
    .sort((a, b) => rank(a.relation) - rank(b.relation) || b.weight - a.weight || a.rule - b.rule)
    .slice(0, limit)
    .map(({ rule, relation }) => {
      const { shared, more, fewer } = relate(own, index.formulas[rule]!);
      return {
        ...rowOf(list, rule),
        relation,
        shared: shared.map(conditionText),
        onlyDraft: more.map(conditionText),
        onlyRule: fewer.map(conditionText),
      };
    });
}

/** Whether a rule reads events of the same kind as the draft; where either does not say, it may. */
function alikeEvents({ list, facts }: Catalog, { platforms, events }: DraftFacts): (rule: number) => boolean {
  const bits = platforms.reduce((sum, platform) => sum | (1 << PLATFORMS.indexOf(platform)), 0);
  const keyOf = ({ provider, id }: { readonly provider: string; readonly id: string }): string => `${provider} ${id}`;
  const own = new Set(events.map(keyOf));
  const isOwn = facts.eventTable.map((event) => own.has(keyOf(event)));
  return (rule) => {
    const theirs = list.platforms[rule]!;
    if (bits !== 0 && theirs !== 0 && (bits & theirs) === 0) return false;
    const read = listAt(facts.events, rule);
    return own.size === 0 || read.length === 0 || read.some((event) => isOwn[event]);
  };
}

/** Rules that look for something the draft looks for too, or for a wider or narrower form of it. */
function alikeIn({ byField }: RelationIndex, own: readonly Literal[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const literal of own.slice(0, MOST_LITERALS))
    for (const { literal: other, rules } of byField.get(literal.field) ?? [])
      if (literalFollows(literal, other) || literalFollows(other, literal)) for (const rule of rules) found.add(rule);
  return found;
}

/** Values of a draft that are looked up in the catalog: a list of thousands is told by its first ones. */
const MOST_LITERALS = 200;

const ORDER: readonly Relation[] = ['same', 'covers', 'covered', 'overlaps', 'contradicts'];
