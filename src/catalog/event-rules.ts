import { familyOf, VENDORS } from '../knowledge/families';
import type { EventRule } from '../model';
import type { Catalog } from './catalog';
import { listAt } from './store/columns';
import type { Meanings } from './store/meaning';

/** Why a rule is not judged by single events. */
export type NotSingle = 'several' | 'nothing';

/** A rule of a catalog as what one event fires; `several`: it counts, joins or waits; `nothing`: the catalog keeps no condition of it. */
export function eventRuleOf({ list, facts }: Catalog, meanings: Meanings, rule: number): EventRule | NotSingle {
  const meaning = meanings(rule);
  const taxonomy = familyOf(VENDORS[list.vendors[rule]!]!)?.taxonomy;
  if (meaning === null || taxonomy === undefined) return 'nothing';
  if (!meaning.isWhole) return 'several';
  return {
    language: list.words[list.languages[rule]!]!,
    taxonomy,
    predicate: meaning.predicate,
    logsource: facts.strings[facts.logsources[rule]!]!,
    events: Array.from(listAt(facts.events, rule), (event) => facts.eventTable[event]!),
    stages: Array.from(listAt(facts.stages, rule), (stage) => facts.strings[facts.stageKinds[stage]!]!),
  };
}

/** The rules of a catalog as what one event fires, by number. */
export const eventRulesOf = (catalog: Catalog, meanings: Meanings): readonly (EventRule | NotSingle)[] =>
  Array.from({ length: catalog.list.count }, (_, rule) => eventRuleOf(catalog, meanings, rule));
