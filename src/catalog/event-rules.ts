import { familyOf, VENDORS } from '../knowledge/families';
import type { EventRule, FiringRule, NotSingle } from '../model';
import type { Catalog } from './catalog';
import { listAt } from './store/columns';
import type { Meanings } from './store/meaning';
import { textsAt } from './store/rule-columns';

/** A rule of a catalog as what one event fires, or why it is none. */
export function firingRuleOf({ list, facts }: Catalog, meanings: Meanings, rule: number): FiringRule | NotSingle {
  const meaning = meanings(rule);
  const taxonomy = familyOf(VENDORS[list.vendors[rule]!]!)?.taxonomy;
  if (meaning === null || taxonomy === undefined) return 'nothing';
  if (!meaning.isWhole && meaning.isGrouped !== true) return 'several';
  return {
    language: list.words[list.languages[rule]!]!,
    taxonomy,
    predicate: meaning.predicate,
    logsource: facts.strings[facts.logsources[rule]!]!,
    events: Array.from(listAt(facts.events, rule), (event) => facts.eventTable[event]!),
    stages: Array.from(listAt(facts.stages, rule), (stage) => facts.strings[facts.stageKinds[stage]!]!),
    groupBy: meaning.isWhole ? null : textsAt(facts, facts.groupBys, rule),
  };
}

/** The rules of a catalog as what one event alone fires, by number. */
export const eventRulesOf = (catalog: Catalog, meanings: Meanings): readonly (EventRule | NotSingle)[] =>
  Array.from({ length: catalog.list.count }, (_, rule) => {
    const found = firingRuleOf(catalog, meanings, rule);
    return typeof found === 'string' || found.groupBy === null ? found : 'several';
  });
