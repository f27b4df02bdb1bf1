import type { DraftFacts, FiringRule, Mark, NotSingle, Polarity, Report, RuleMeaning, Triple } from '../model';
import { basenameField, localField, pathField } from '../knowledge/fields';
import { overlaps, wordsOf } from './overlap';
import { withCanonicalNames } from './canonical-names';
import { firingOf } from './one-event';
import { namesOf, scopesOf } from './scopes';

/** All that leaves the draft's thread: canonical triples with their polarity, each once, and what the draft's fields are called. */
export function draftFactsOf(report: Report): DraftFacts {
  const triples = new Map<string, DraftFacts['triples'][number]>();
  for (const leaf of report.leaves)
    for (const triple of leaf.triples) if (triple !== null) triples.set(`${leaf.polarity} ${keyOf(triple)}`, { ...triple, polarity: leaf.polarity });
  return {
    taxonomy: report.rule.taxonomy,
    scopes: scopesOf(report.rule),
    triples: [...triples.values()],
    meaning: meaningOf(report),
    platforms: report.platforms,
    events: report.events,
    groupBy: report.groupBy,
  };
}

/** What the corpus is asked about a rule of which nothing is known. */
export const noDraftFacts = (taxonomy: DraftFacts['taxonomy']): DraftFacts => ({
  taxonomy,
  scopes: [],
  triples: [],
  meaning: null,
  platforms: [],
  events: [],
  groupBy: [],
});

/** What a rule means in canonical names; null where it asks nothing of an event. */
export function meaningOf(report: Report): RuleMeaning | null {
  const { predicate } = report.rule.analysis;
  if (predicate.kind === 'all' && predicate.of.length === 0) return null;
  return { predicate: withCanonicalNames(predicate, namesOf(report.rule)), ...firingOf(report) };
}

/** A rule as what one event fires, or why it is none. */
export function firingRuleOf(report: Report): FiringRule | NotSingle {
  const meaning = meaningOf(report);
  if (meaning === null) return 'nothing';
  if (!meaning.isWhole && meaning.isGrouped !== true) return 'several';
  const { meta, analysis, taxonomy } = report.rule;
  return {
    language: analysis.language,
    taxonomy,
    predicate: meaning.predicate,
    logsource: meta.logsource,
    events: report.events,
    stages: analysis.stages.map(({ kind }) => kind),
    groupBy: meaning.isWhole ? null : report.groupBy,
  };
}

/** A draft ready to be compared with thousands of guide rows. */
interface DraftIndex {
  readonly facts: DraftFacts;
  readonly indicators: Side;
  readonly exclusions: Side;
}

interface Side {
  /** Triples the draft demands outright. */
  readonly exact: ReadonlySet<string>;
  /** Every triple of this side as it meets others, by its field there; those of one OR branch or an absent stage too. */
  readonly byField: ReadonlyMap<string, readonly Triple[]>;
  /** The fields of these triples. */
  readonly fields: ReadonlySet<string>;
}

/** So that a draft with thousands of values stays cheap: more of one field than these are not searched for an overlap. */
const SEARCHED = 500;

const keyOf = ({ field, kind, value }: Triple): string => `${kind} ${field} ${value}`;

/** A comparison as it meets others: on the path whose file it names, with one kind of slash; a name compared whole is the path's ending; a regex by its words. */
function asMet({ field, kind, value }: Triple): Triple {
  if (kind === 'regex_match') return { field: pathField(field) ?? field, kind, value: wordsOf(value) };
  if (basenameField(field) === null) return { field, kind, value };
  const path = pathField(field);
  const slashed = value.replaceAll('/', '\\');
  return path === null || kind !== 'eq' ? { field: path ?? field, kind, value: slashed } : { field: path, kind: 'ends_with', value: `\\${slashed}` };
}

/** `certain`: polarities that hold outright; `meant`: all that speak for this side. */
function sideOf(facts: DraftFacts, certain: ReadonlySet<Polarity>, meant: ReadonlySet<Polarity>): Side {
  const exact = new Set<string>();
  const byField = new Map<string, Triple[]>();
  const fields = new Set<string>();
  for (const triple of facts.triples) {
    if (certain.has(triple.polarity)) exact.add(keyOf(triple));
    if (!meant.has(triple.polarity)) continue;
    fields.add(triple.field);
    const met = asMet(triple);
    const known = byField.get(met.field);
    if (known === undefined) byField.set(met.field, [met]);
    else if (known.length < SEARCHED) known.push(met);
  }
  return { exact, byField, fields };
}

const DEMANDED: ReadonlySet<Polarity> = new Set(['indicator', 'context', 'threshold'] as const);
const EXCLUDED: ReadonlySet<Polarity> = new Set(['exclusion'] as const);
const REFUSED: ReadonlySet<Polarity> = new Set(['exclusion', 'conditional', 'absent'] as const);

export const indexDraft = (facts: DraftFacts): DraftIndex => ({
  facts,
  indicators: sideOf(facts, DEMANDED, DEMANDED),
  exclusions: sideOf(facts, EXCLUDED, REFUSED),
});

/**
 * How a guide's value row stands to the draft (rule model, section 7): has it; near it, by a comparison of the same field that takes it in or is taken in
 * by it; missing; or not a field the draft could have.
 */
export function coverageOf(draft: DraftIndex, row: Triple, polarity: 'indicator' | 'exclusion'): Mark {
  const side = polarity === 'indicator' ? draft.indicators : draft.exclusions;
  if (side.exact.has(keyOf(row))) return 'has';
  const met = asMet(row);
  if (side.byField.get(met.field)?.some((triple) => overlaps(triple, met)) === true) return 'near';
  return applies(draft, row.field) ? 'missing' : 'does-not-apply';
}

/** How a guide's field row stands to the draft: has the field; near it, by the same path's other form; missing; or not a field it could have. */
export function fieldCoverageOf(draft: DraftIndex, field: string): Mark {
  const { byField, fields } = draft.indicators;
  if (fields.has(field)) return 'has';
  if (byField.has(pathField(field) ?? field)) return 'near';
  return applies(draft, field) ? 'missing' : 'does-not-apply';
}

/** Whether the draft could compare this field: its taxonomy has it in these scopes, or the path whose file it names. */
function applies({ facts: { taxonomy, scopes } }: DraftIndex, field: string): boolean {
  const path = pathField(field);
  return localField(taxonomy, scopes, field) !== null || (path !== null && localField(taxonomy, scopes, path) !== null);
}
