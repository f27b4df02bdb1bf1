import { familyOf, familyWriting, VENDORS } from '../knowledge/families';
import { conditionText } from '../logic/condition-text';
import { comparedConditions } from '../logic/relate';
import { PLATFORMS, RELATIONS, type DraftFacts, type ComparedWords, type Relation, type Relations, type SimilarRule } from '../model';
import type { Catalog } from './catalog';
import { relatedIn, relationIndexOf as indexOf, type RelationIndex, type Subject, subjectOf } from './relation-index';
import { similarTo, triplesOfRule } from './similar';
import { listAt } from './store/columns';
import type { Meanings } from './store/meaning';
import { rowOf } from './store/metadata-columns';
import { textsAt } from './store/rule-columns';

/** Makes the index of a catalog's rules, a slice at a time, so that other questions are answered in between; `pause` waits for the next turn. */
export async function relationIndexOf({ list, facts }: Catalog, meanings: Meanings, pause: () => Promise<void>): Promise<RelationIndex> {
  const subjects: (Subject | null)[] = [];
  for (let rule = 0; rule < list.count; rule++) {
    if (rule % SLICE === SLICE - 1) await pause();
    const meaning = meanings(rule);
    const events = Array.from(listAt(facts.events, rule), (event) => facts.eventTable[event]!);
    const family = familyOf(VENDORS[list.vendors[rule]!]!);
    subjects.push(
      meaning === null ? null : subjectOf(meaning, { family, platforms: list.platforms[rule]!, events, groupBy: textsAt(facts, facts.groupBys, rule) }),
    );
  }
  return indexOf(subjects);
}
const SLICE = 100;

/** What is compared of a draft; null where it asks nothing of an event. */
export const subjectOfDraft = ({ meaning, taxonomy, platforms, events, groupBy }: DraftFacts): Subject | null =>
  meaning === null
    ? null
    : subjectOf(meaning, {
        family: familyWriting(taxonomy),
        platforms: platforms.reduce((bits, platform) => bits | (1 << PLATFORMS.indexOf(platform)), 0),
        events,
        groupBy,
      });

/** How the catalog's rules stand to a draft, letters' case aside: at most `limit` of each relation, the most alike first, and the rules nearest to it by what they share. */
export const relationsOf = (catalog: Catalog, index: RelationIndex, draft: DraftFacts, limit: number): Relations =>
  relationsTo(catalog, index, subjectOfDraft(draft), null, (count) => similarTo(catalog, draft.triples, count), limit);

/** The same of a rule of the catalog, itself left out. */
export const relationsOfRule = (catalog: Catalog, index: RelationIndex, rule: number, limit: number): Relations =>
  relationsTo(catalog, index, index.subjects[rule] ?? null, rule, (count) => similarTo(catalog, triplesOfRule(catalog, rule), count), limit);

function relationsTo(
  catalog: Catalog,
  index: RelationIndex,
  own: Subject | null,
  self: number | null,
  similar: (count: number) => readonly SimilarRule[],
  limit: number,
): Relations {
  const found = own === null ? [] : relatedIn(index, own).filter(({ rule }) => rule !== self);
  const groups = RELATIONS.map((relation) => found.filter((one) => one.relation === relation));
  const shown = groups.flatMap((group) => group.slice(0, limit));
  const known = new Set(shown.map(({ rule }) => rule));
  return {
    compared: index.compared - (self === null || own === null ? 0 : 1),
    isTold: own !== null,
    waits: own?.fires === 'more',
    counts: Object.fromEntries(RELATIONS.map((relation, at) => [relation, groups[at]!.length])) as Readonly<Record<Relation, number>>,
    rules: shown.map(({ rule, relation, reads, limits }) => ({
      ...rowOf(catalog.list, rule),
      relation,
      reads,
      limits,
      conditions: evidenceOf(own!, index.subjects[rule]!),
    })),
    nearest: similar(limit + known.size + 1)
      .filter(({ index: rule }) => rule !== self && !known.has(rule))
      .slice(0, limit),
  };
}

/** The conditions of two subjects side by side, in words. */
export const evidenceOf = (own: Subject, other: Subject): readonly ComparedWords[] =>
  comparedConditions(own.formula, other.formula, true).map(({ as, first, second }) => ({
    as,
    first: first === null ? null : conditionText(first),
    second: second === null ? null : conditionText(second),
  }));
