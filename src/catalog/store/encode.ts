import { VENDORS } from '../../knowledge/families';
import { SOURCE_NAMES } from '../../knowledge/sources';
import { COPY_REASONS, DOMAINS, PLATFORMS, RULE_KINDS, type CatalogLeaf, type RuleCopy, type RuleFacts, type RuleMeaning } from '../../model';
import { packDeltas, packInts, packLists } from './columns';
import { KINDS, POLARITIES, VOCABULARY, type StoredFacts, type StoredList, type StoredTexts } from './stored-format';
import { packStrings, tableOfStrings } from './strings';
import { tableOfTexts, tableOfTuples } from './table';

/** A rule on its way into a catalog, where it gets its number. */
export type CatalogRule = Omit<RuleFacts, 'index' | 'key' | 'url' | 'copies'> & {
  readonly copies: readonly RuleCopy[];
  readonly meaning: RuleMeaning | null;
};

/** An ATT&CK technique as bundled: ID, name, tactic short names. */
export interface BundledTechnique {
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly string[];
}

/** The columns of the rules' metadata, in the order of `rules`. */
export function encodeList(rules: readonly CatalogRule[], attack: readonly BundledTechnique[]): StoredList {
  const words = tableOfTexts([
    ...rules.flatMap((rule) => [rule.status, rule.severity, rule.language, rule.created, rule.modified, ...rule.techniques, ...rule.tactics]),
    ...attack.flatMap((technique) => technique.tactics),
  ]);
  const wordsOf = (textOf: (rule: CatalogRule) => string): string => packInts(rules.map((rule) => words.placeOf(textOf(rule))));
  return {
    vocabulary: VOCABULARY,
    words: words.entries,
    titles: rules.map((rule) => rule.title),
    ids: rules.map((rule) => rule.id),
    vendors: packInts(rules.map((rule) => VENDORS.indexOf(rule.vendor))),
    sources: packInts(rules.map((rule) => SOURCE_NAMES.indexOf(rule.source))),
    kinds: packInts(rules.map((rule) => RULE_KINDS.indexOf(rule.kind))),
    statuses: wordsOf((rule) => rule.status),
    severities: wordsOf((rule) => rule.severity),
    languages: wordsOf((rule) => rule.language),
    created: wordsOf((rule) => rule.created),
    modified: wordsOf((rule) => rule.modified),
    techniques: packLists(rules.map((rule) => rule.techniques.map(words.placeOf))),
    tactics: packLists(rules.map((rule) => rule.tactics.map(words.placeOf))),
    platforms: packInts(rules.map((rule) => bitsOf(rule.platforms, PLATFORMS))),
    domains: packInts(rules.map((rule) => bitsOf(rule.domains, DOMAINS))),
    attack: {
      ids: attack.map((technique) => technique.id),
      names: attack.map((technique) => technique.name),
      tactics: packLists(attack.map((technique) => technique.tactics.map(words.placeOf))),
    },
  };
}

const bitsOf = <T>(chosen: readonly T[], all: readonly T[]): number => chosen.reduce((bits, one) => bits | (1 << all.indexOf(one)), 0);

/** The columns of everything but the metadata, in the order of `rules`. */
export function encodeFacts(rules: readonly CatalogRule[]): StoredFacts {
  const leaves = rules.flatMap((rule) => rule.leaves);
  const strings = tableOfStrings(rules.flatMap(textsOf));
  const placesOf = (texts: readonly string[]): number[] => texts.map(strings.placeOf);
  const column = (textOf: (rule: CatalogRule) => string): string => packInts(placesOf(rules.map(textOf)));
  const optional = (text: string | null | undefined): number => (text === null || text === undefined ? 0 : strings.placeOf(text) + 1);

  const eventOf = (event: CatalogRule['events'][number]) => [strings.placeOf(event.provider), strings.placeOf(event.id), strings.placeOf(event.title)] as const;
  const events = tableOfTuples(rules.flatMap((rule) => rule.events.map(eventOf)));
  const stageOf = (stage: CatalogRule['stages'][number]) => [strings.placeOf(stage.kind), strings.placeOf(stage.label)] as const;
  const stages = tableOfTuples(rules.flatMap((rule) => rule.stages.map(stageOf)));

  const copyOf = (copy: RuleCopy) =>
    [SOURCE_NAMES.indexOf(copy.source) * COPY_REASONS.length + COPY_REASONS.indexOf(copy.by), strings.placeOf(copy.path)] as const;
  const copies = tableOfTuples(rules.flatMap((rule) => rule.copies.map(copyOf)));

  const fields = tableOfTexts(leaves.flatMap((leaf) => leaf.triples.flatMap((triple) => triple?.field ?? [])));
  const tripleOf = (triple: CatalogLeaf['triples'][number] & object) =>
    [fields.placeOf(triple.field), KINDS.indexOf(triple.kind), strings.placeOf(triple.value)] as const;
  const triples = tableOfTuples(leaves.flatMap((leaf) => leaf.triples.flatMap((triple) => (triple === null ? [] : [tripleOf(triple)]))));
  const headOf = (leaf: CatalogLeaf) => [optional(leaf.field), shapeOf(leaf)] as const;
  const heads = tableOfTuples(leaves.map(headOf));
  const readingsOf = (leaf: CatalogLeaf) =>
    leaf.triples.map((triple, at) => [triple === null ? 0 : triples.placeOf(tripleOf(triple)) + 1, optional(leaf.values[at])] as const);
  const readings = tableOfTuples(leaves.flatMap(readingsOf));

  return {
    strings: packStrings(strings.entries),
    paths: column((rule) => rule.path),
    ordinals: packInts(rules.map((rule) => rule.ordinal)),
    copies: packLists(rules.map((rule) => rule.copies.map((copy) => copies.placeOf(copyOf(copy))))),
    copyTable: [packDeltas(copies.entries.map((entry) => entry[0])), packDeltas(copies.entries.map((entry) => entry[1]))],
    licenses: column((rule) => rule.license),
    logsources: column((rule) => rule.logsource),
    timeWindows: column((rule) => rule.timeWindow),
    authors: packLists(rules.map((rule) => placesOf(rule.author))),
    groupBys: packLists(rules.map((rule) => placesOf(rule.groupBy))),
    events: packLists(rules.map((rule) => rule.events.map((event) => events.placeOf(eventOf(event))))),
    eventTable: [
      packDeltas(events.entries.map((entry) => entry[0])),
      packInts(events.entries.map((entry) => entry[1])),
      packInts(events.entries.map((entry) => entry[2])),
    ],
    stages: packLists(rules.map((rule) => rule.stages.map((stage) => stages.placeOf(stageOf(stage))))),
    stageTable: [packDeltas(stages.entries.map((entry) => entry[0])), packDeltas(stages.entries.map((entry) => entry[1]))],
    terms: packLists(rules.map((rule) => rule.terms.map((term) => strings.placeOf(term.text)))),
    termStages: packInts(rules.flatMap((rule) => rule.terms.map((term) => term.stage))),
    leaves: packLists(rules.map((rule) => rule.leaves.map((leaf) => heads.placeOf(headOf(leaf))))),
    headTable: [packDeltas(heads.entries.map((entry) => entry[0])), packInts(heads.entries.map((entry) => entry[1]))],
    leafStages: packInts(leaves.map((leaf) => leaf.stage + 1)),
    leafComposites: packInts(leaves.map((leaf) => (leaf.composite === null ? 0 : leaf.composite + 1))),
    leafMacros: packInts(leaves.map((leaf) => optional(leaf.macro))),
    readings: packLists(leaves.map((leaf) => readingsOf(leaf).map(readings.placeOf))),
    readingTable: [packDeltas(readings.entries.map((entry) => entry[1])), packDeltas(readings.entries.map((entry) => entry[0]))],
    fields: fields.entries,
    triples: [
      packDeltas(triples.entries.map((entry) => entry[0])),
      packInts(triples.entries.map((entry) => entry[1])),
      packDeltas(triples.entries.map((entry) => entry[2])),
    ],
  };
}

/** Operator, negation and polarity of a leaf in one number. */
const shapeOf = (leaf: CatalogLeaf): number => (POLARITIES.indexOf(leaf.polarity) * KINDS.length + KINDS.indexOf(leaf.op)) * 2 + Number(leaf.negated);

/** Every text of a rule's facts that stands in the table of strings. */
function textsOf(rule: CatalogRule): string[] {
  return [
    rule.path,
    ...rule.copies.map((copy) => copy.path),
    rule.license,
    rule.logsource,
    rule.timeWindow,
    ...rule.author,
    ...rule.groupBy,
    ...rule.events.flatMap((event) => [event.provider, event.id, event.title]),
    ...rule.stages.flatMap((stage) => [stage.kind, stage.label]),
    ...rule.terms.map((term) => term.text),
    ...rule.leaves.flatMap((leaf) => [
      ...(leaf.field === null ? [] : [leaf.field]),
      ...(leaf.macro === null ? [] : [leaf.macro]),
      ...leaf.values,
      ...leaf.triples.flatMap((triple) => triple?.value ?? []),
    ]),
  ];
}

/** The texts of the source files, each once; null when no rule has one. */
export function encodeTexts(rules: readonly CatalogRule[]): StoredTexts | null {
  const texts = [...new Set(rules.flatMap((rule) => rule.text ?? []))];
  if (texts.length === 0) return null;
  const places = new Map(texts.map((text, place) => [text, place + 1]));
  return { texts, rules: packInts(rules.map((rule) => (rule.text === null ? 0 : places.get(rule.text)!))) };
}
