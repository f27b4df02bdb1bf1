import type { GuideFilters, GuidePlace, Report, Triple, TripleReach } from '../../model';
import { shownOf } from '../analysis-state';
import { askCatalog } from './catalog';
import { keyOf } from '../catalog-state';
import { latestOf } from './latest';
import { filtersOf, techniqueOf } from '../select';
import { setState, type State, useStore } from '../store';

/** Milliseconds a burst of keystrokes is gathered; short, because a triple is asked only once. */
const GATHER = 16;
/** Triples of one draft that are looked up; more is a list of indicators, not a rule. */
const MAX_TRIPLES = 5_000;
/** Answers kept beyond those of the draft, so that typing back and forth asks nothing. */
const MAX_KEPT = 20_000;

interface Question {
  readonly triples: readonly Triple[];
  readonly under: GuidePlace | null;
}

const lookups = latestOf<Question, readonly TripleReach[]>({
  ask: ({ triples, under }) => askCatalog((api) => api.reach(triples, under)),
  deliver({ triples }, answers) {
    setState(({ reach }) => {
      const next = new Map(reach.size > MAX_KEPT ? [] : reach);
      triples.forEach((triple, index) => {
        const answer = answers[index];
        if (answer !== undefined) next.set(keyOf(triple), answer);
      });
      return { reach: next };
    });
  },
  fail: () => {},
  wait: () => GATHER,
});

/** From now on the reach of every triple of the open document is known as soon as the catalog is. */
export function startReach(): void {
  let technique: string | null = null;
  let filters: GuideFilters | null = null;
  let reports: readonly Report[] = [];
  let isOpen = false;
  useStore.subscribe((state) => {
    const now = {
      technique: techniqueOf(state),
      filters: filtersOf(state),
      reports: shownOf(state.analysis)?.answer.reports ?? [],
      isOpen: state.catalog.kind === 'open',
    };
    if (now.technique === technique && now.filters === filters && now.reports === reports && now.isOpen === isOpen) return;
    const isNewPlace = now.technique !== technique || now.filters !== filters;
    ({ technique, filters, reports, isOpen } = now);
    // "Here" belongs to one guide: what was known under another, or under other filters, is unknown now.
    const known = isNewPlace ? new Map() : state.reach;
    if (isNewPlace && state.reach.size > 0) setState({ reach: known });
    ask(state, technique === null ? null : { technique, filters: now.filters }, known);
  });
}

function ask(state: State, under: GuidePlace | null, known: State['reach']): void {
  if (state.catalog.kind !== 'open') return;
  const triples = unknownTriples(shownOf(state.analysis)?.answer.reports ?? [], known);
  if (triples.length > 0) lookups.push({ triples, under });
}

/** The triples of all leaves that have no answer yet, each once. */
function unknownTriples(reports: readonly Report[], known: ReadonlyMap<string, unknown>): readonly Triple[] {
  const found = new Map<string, Triple>();
  for (const { leaves } of reports) {
    for (const { triples } of leaves) {
      for (const triple of triples) {
        if (found.size >= MAX_TRIPLES) return [...found.values()];
        if (triple !== null && !known.has(keyOf(triple))) found.set(keyOf(triple), triple);
      }
    }
  }
  return [...found.values()];
}
