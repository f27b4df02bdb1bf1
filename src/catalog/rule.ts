import { SOURCE_NAMES } from '../knowledge/sources';
import { COPY_REASONS, type CatalogLeaf, type CatalogSource, type RuleFacts, type SourceName, type Triple } from '../model';
import type { Catalog } from './catalog';
import { NO_DETAILS, type Details } from './store/details';
import { listAt } from './store/columns';
import { textsAt, type RuleColumns } from './store/rule-columns';
import { KINDS, POLARITIES } from './store/stored-format';
import { rowOf } from './store/metadata-columns';

/** Everything the catalog holds about one rule, but for its text, and for its references and outputs where no `details` are given; null when there is no such rule. */
export function ruleOf({ list, facts, about }: Catalog, index: number, details: Details = NO_DETAILS): RuleFacts | null {
  if (!Number.isInteger(index) || index < 0 || index >= list.count) return null;
  const row = rowOf(list, index);
  const text = (place: number): string => facts.strings[place]!;
  const path = text(facts.paths[index]!);
  const leaves: CatalogLeaf[] = [];
  for (let leaf = facts.leafStarts[index]!; leaf < facts.leafStarts[index + 1]!; leaf++) leaves.push(leafOf(facts, leaf));
  return {
    ...row,
    path,
    copies: Array.from(listAt(facts.copies, index), (copy) => {
      const place = { source: SOURCE_NAMES[facts.copySources[copy]!]!, path: text(facts.copyPaths[copy]!), by: COPY_REASONS[facts.copyReasons[copy]!]! };
      return { ...place, url: addressOf(about.sources, place.source, place.path) };
    }),
    ordinal: facts.ordinals[index]!,
    url: addressOf(about.sources, row.source, path),
    license: text(facts.licenses[index]!),
    author: textsAt(facts, facts.authors, index),
    logsource: text(facts.logsources[index]!),
    timeWindow: text(facts.timeWindows[index]!),
    groupBy: textsAt(facts, facts.groupBys, index),
    events: Array.from(listAt(facts.events, index), (event) => facts.eventTable[event]!),
    stages: Array.from(listAt(facts.stages, index), (stage) => ({ kind: text(facts.stageKinds[stage]!), label: text(facts.stageLabels[stage]!) })),
    leaves,
    terms: Array.from(listAt(facts.terms, index), (term, at) => ({ stage: facts.termStages[facts.terms.starts[index]! + at]!, text: text(term) })),
    ...details(index),
    text: null,
  };
}

function leafOf(facts: RuleColumns, leaf: number): CatalogLeaf {
  const values: string[] = [];
  const triples: (Triple | null)[] = [];
  for (let reading = facts.leafValueStarts[leaf]!; reading < facts.leafValueStarts[leaf + 1]!; reading++) {
    const text = facts.leafValueTexts[reading]!;
    const triple = facts.leafValueTriples[reading]!;
    if (text > 0) values.push(facts.strings[text - 1]!);
    triples.push(triple > 0 ? tripleOf(facts, triple - 1) : null);
  }
  const field = facts.leafFields[leaf]!;
  const composite = facts.leafComposites[leaf]!;
  const macro = facts.leafMacros[leaf]!;
  return {
    field: field > 0 ? facts.strings[field - 1]! : null,
    op: KINDS[facts.leafOperators[leaf]!]!,
    values,
    triples,
    negated: facts.leafNegated[leaf] === 1,
    polarity: POLARITIES[facts.leafPolarities[leaf]!]!,
    stage: facts.leafStages[leaf]! - 1,
    composite: composite > 0 ? composite - 1 : null,
    macro: macro > 0 ? facts.strings[macro - 1]! : null,
  };
}

/** The triple of this number. */
export const tripleOf = (facts: RuleColumns, triple: number): Triple => ({
  field: facts.fields[facts.tripleFields[triple]!]!,
  kind: KINDS[facts.tripleKinds[triple]!]!,
  value: facts.strings[facts.tripleValues[triple]!]!,
});

/** Where a file of a public source can be read at its pinned commit, a listed one as it is today; '' for sources that are not public. */
function addressOf(sources: readonly CatalogSource[], name: SourceName, path: string): string {
  const source = sources.find((one) => one.name === name);
  const [repository, commit] = source?.lists === undefined ? [source?.repository, source?.commit] : [source.lists, 'HEAD'];
  if (!repository || !commit) return '';
  return `https://github.com/${repository}/blob/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`;
}
