import type { DraftFacts, Fix, GuideFilters } from '../../model';
import { askCatalog, MAKING_READY } from './catalog';
import type { GuideAnswer } from '../catalog-state';
import { currentDraft, persistDraft } from '../drafts/draft-sync';
import { editor } from '../editor-handle';
import { latestOf } from './latest';
import { notify } from '../notices';
import { activeOf, filtersOf, isPending, techniqueOf } from '../select';
import { getState, setState, useStore } from '../store';
import { isWorkerLost } from './worker-client';

/** Milliseconds a burst of keystrokes is gathered before the corpus is asked. */
const GATHER = 60;
const GATHER_RELATIONS = 250;
/** Comparing with every rule takes longer than all else a key asks for: relations follow when typing pauses, or after so long. */
const PAUSE_RELATIONS = 2000;
/** A draft of so many values takes a while to hand over: it is gathered longer. */
const MANY = 500;
const GATHER_MANY = 1000;
/** Rules of each relation that are shown. */
const RELATED = 12;

/** Shows a technique's guide; it is kept with the draft. Null: the guide follows the draft's tags again. */
export function pickTechnique(id: string | null): void {
  setState({ picked: id });
  const { doc } = getState();
  const draft = doc.kind === 'draft' ? currentDraft(doc.id) : null;
  if (draft !== null && (draft.technique ?? null) !== id) persistDraft({ ...draft, technique: id ?? undefined });
}

export function setFilters(part: Partial<GuideFilters>): void {
  setState(({ filters, chosen }) => ({
    filters: { ...filters, ...part },
    chosen: { platforms: chosen.platforms || part.platforms !== undefined, domains: chosen.domains || part.domains !== undefined },
  }));
}

const gatherOf = (facts: DraftFacts | null, usual: number): number => (facts !== null && facts.triples.length > MANY ? GATHER_MANY : usual);

interface Question {
  readonly technique: string;
  readonly filters: GuideFilters;
  readonly facts: DraftFacts | null;
}

const guides = latestOf<Question, GuideAnswer>({
  ask: async ({ technique, filters, facts }) => ({ technique, filters, guide: await askCatalog((api) => api.guide(technique, filters, facts)) }),
  deliver: (_question, guide) => (hasChanged('guide', guide) || getState().guide === null) && setState({ guide }),
  fail: ({ technique }, error) =>
    isWorkerLost(error) || notify('error', `The guide of ${technique} could not be counted. Change a filter to try again, or reload the page.`),
  wait: ({ facts }) => gatherOf(facts, GATHER),
});

const relating = latestOf<DraftFacts, Awaited<ReturnType<typeof askRelations>>>({
  ask: askRelations,
  deliver: (_facts, relations) => (hasChanged('relations', relations) || getState().relations === null) && setState({ relations }),
  fail: () => {},
  wait: (facts) => gatherOf(facts, GATHER_RELATIONS),
  pause: PAUSE_RELATIONS,
});

const lastSent = new Map<string, string>();

/** Most keystrokes change no mark: an answer that says what the last one said draws nothing. */
function hasChanged(about: string, answer: unknown): boolean {
  const said = JSON.stringify(answer);
  const isSame = lastSent.get(about) === said;
  lastSent.set(about, said);
  return !isSame;
}

function askRelations(facts: DraftFacts) {
  return askCatalog((api) => api.relations(facts, RELATED), MAKING_READY);
}

/** From now on the guide and the relations follow the draft, the technique and the filters. */
export function startGuide(): void {
  let asked = '';
  let askedRelations = '';
  useStore.subscribe((state) => {
    if (state.catalog.kind !== 'open') {
      asked = askedRelations = '';
      return;
    }
    if (isPending(state)) return;
    const technique = techniqueOf(state);
    const { facts = null, factKey: about = '' } = activeOf(state) ?? {};
    const question = technique === null ? '' : JSON.stringify([technique, filtersOf(state)]) + about;
    if (question !== asked) {
      asked = question;
      if (technique === null) {
        guides.cancel();
        if (state.guide !== null) setState({ guide: null });
      } else guides.push({ technique, filters: filtersOf(state), facts });
    }
    if (facts !== null && state.doc.id + about !== askedRelations) {
      askedRelations = state.doc.id + about;
      relating.push(facts);
    }
  });
}

/** Makes a diagnostic's fix, which speaks of the text the diagnostic came with. */
export function applyFix(fix: Fix): void {
  const about = getState().analysis.newest?.text;
  if (about !== undefined) write(fix.edits, about, `${fix.title}: done.`);
}

/** Makes edits that speak of the text `about` as one undo step, and says so. */
export function write(edits: Fix['edits'], about: string, said: string): void {
  const undo = editor()?.apply(edits, about) ?? null;
  if (undo === null) {
    notify('error', 'The text has changed meanwhile. Try again.');
    return;
  }
  const takeBack = (): void => {
    if (!undo()) notify('info', 'The text was changed since. Undo in the editor goes back step by step.');
  };
  notify('info', said, { action: { label: 'Undo', run: takeBack } });
}
