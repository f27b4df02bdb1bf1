import type { DraftFacts, Mark, Report, Triple } from '../model';
import { basenameField, localField } from '../knowledge/fields';
import { overlaps } from './overlap';
import { scopesOf } from './report';

/** All that leaves the draft's thread: canonical triples with their polarity, each once, and what the draft's fields are called. */
export function draftFactsOf(report: Report): DraftFacts {
  const triples = new Map<string, DraftFacts['triples'][number]>();
  for (const leaf of report.leaves)
    for (const triple of leaf.triples) if (triple !== null) triples.set(`${leaf.polarity} ${keyOf(triple)}`, { ...triple, polarity: leaf.polarity });
  return { taxonomy: report.rule.taxonomy, scopes: scopesOf(report.rule), triples: [...triples.values()] };
}

/** A draft ready to be compared with thousands of guide rows. */
export interface DraftIndex {
  readonly facts: DraftFacts;
  readonly indicators: Side;
  readonly exclusions: Side;
}

interface Side {
  /** Triples the draft demands outright. */
  readonly exact: ReadonlySet<string>;
  /** Triples by field, those of one OR branch or an absent stage too. */
  readonly byField: ReadonlyMap<string, readonly Triple[]>;
  /** `kind field` of each of them. */
  readonly kinds: ReadonlySet<string>;
}

/** So that a draft with thousands of values stays cheap: more of one field than these are not searched for an overlap. */
const SEARCHED = 500;

const keyOf = ({ field, kind, value }: Triple): string => `${kind} ${field} ${value}`;

/** The field two comparisons meet on: a process path's own, when the other names only its file. */
const PATHS: ReadonlyMap<string, string> = new Map(
  ['Image', 'ParentImage', 'SourceImage', 'TargetImage', 'SourceParentImage', 'GrandParentImage'].flatMap((path) => {
    const name = basenameField(path);
    return name === null ? [] : [[name, path] as const];
  }),
);

/** A file name compared whole is its path's ending. */
const onPath = (triple: Triple): Triple => {
  const path = PATHS.get(triple.field);
  return path === undefined ? triple : { field: path, kind: triple.kind === 'eq' ? 'ends_with' : triple.kind, value: triple.value };
};

function sideOf(facts: DraftFacts, isExact: (polarity: string) => boolean, isMeant: (polarity: string) => boolean): Side {
  const exact = new Set<string>();
  const byField = new Map<string, Triple[]>();
  const kinds = new Set<string>();
  for (const triple of facts.triples) {
    if (isExact(triple.polarity)) exact.add(keyOf(triple));
    if (!isMeant(triple.polarity)) continue;
    kinds.add(`${triple.kind} ${triple.field}`);
    const path = PATHS.get(triple.field) ?? triple.field;
    const known = byField.get(path);
    if (known === undefined) byField.set(path, [triple]);
    else if (known.length < SEARCHED) known.push(triple);
  }
  return { exact, byField, kinds };
}

export const indexDraft = (facts: DraftFacts): DraftIndex => ({
  facts,
  indicators: sideOf(
    facts,
    (polarity) => polarity === 'indicator' || polarity === 'context' || polarity === 'threshold',
    (polarity) => polarity === 'indicator' || polarity === 'context' || polarity === 'threshold',
  ),
  exclusions: sideOf(
    facts,
    (polarity) => polarity === 'exclusion',
    (polarity) => polarity === 'exclusion' || polarity === 'conditional' || polarity === 'absent',
  ),
});

/**
 * How a guide's value row stands to the draft (rule model, section 7): has it; near it, by the same field and kind with another value
 * or another kind that overlaps; missing; or not a field the draft could have.
 */
export function markOf(draft: DraftIndex, row: Triple, polarity: 'indicator' | 'exclusion'): Mark {
  const side = polarity === 'indicator' ? draft.indicators : draft.exclusions;
  if (side.exact.has(keyOf(row))) return 'has';
  if (side.kinds.has(`${row.kind} ${row.field}`)) return 'near';
  const inPath = onPath(row);
  if (side.byField.get(inPath.field)?.some((triple) => overlaps(onPath(triple), inPath)) === true) return 'near';
  return applies(draft, row.field) ? 'missing' : 'does-not-apply';
}

/** How a guide's field row stands to the draft: has the field; near it, by the same path's other form; missing; or not a field it could have. */
export function fieldMarkOf(draft: DraftIndex, field: string): Mark {
  const { byField, kinds } = draft.indicators;
  const near = byField.get(PATHS.get(field) ?? field);
  if (near === undefined) return applies(draft, field) ? 'missing' : 'does-not-apply';
  return near.some((triple) => triple.field === field) || [...kinds].some((kind) => kind.endsWith(` ${field}`)) ? 'has' : 'near';
}

const applies = ({ facts }: DraftIndex, field: string): boolean => localField(facts.taxonomy, facts.scopes, field) !== null;
