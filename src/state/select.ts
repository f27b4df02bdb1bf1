import { useEffect, useRef } from 'react';
import type { DraftFacts, Diagnostic, FormatInfo, GuideFilters, Report, Registry, Span, Triple, TripleReach, Vendor } from '../model';
import { byPlace } from '../syntax/by-place';
import { type Analysed, reportAt, shownOf } from './analysis-state';
import { keyOf } from './catalog-state';
import { litIndex } from './highlight';
import { type State, useStore } from './store';

/** The rule under the cursor: what panels and the guide are about. */
interface Active {
  readonly analysed: Analysed;
  readonly index: number;
  readonly report: Report;
  readonly facts: DraftFacts;
  /** Equal for drafts that mean the same to the corpus. */
  readonly factKey: string;
}

const NONE: readonly never[] = [];

let lastActive: Active | null = null;

/** The same object while nothing about it changes, so that moving the cursor inside a rule draws nothing. */
export function activeOf({ analysis, cursor }: State): Active | null {
  const analysed = shownOf(analysis);
  if (analysed === null) return null;
  const { reports, facts, factKeys } = analysed.answer;
  const index = reportAt(reports, cursor.offset);
  if (lastActive?.analysed === analysed && lastActive.index === index) return lastActive;
  const report = reports[index];
  const about = facts[index];
  return report === undefined || about === undefined ? null : (lastActive = { analysed, index, report, facts: about, factKey: factKeys[index] ?? '' });
}

const techniquesOf = (state: State): readonly string[] => activeOf(state)?.report.rule.meta.techniques ?? NONE;

/** A document was opened and not answered about yet. */
export const isPending = ({ analysis }: State): boolean => analysis.newest === null && analysis.trouble === null;

let lastTechnique: string | null = null;
let lastOf = '';

/** The tag whose guide is shown: the first, or the first sub-technique of it that is named too. */
export const leadingTag = (tags: readonly string[]): string | null => tags.find((tag) => tag.startsWith(`${tags[0]}.`)) ?? tags[0] ?? null;

/** The filters of the guide: what was chosen by hand, else where the draft's own events come from. */
export function filtersOf(state: State): GuideFilters {
  const { filters, chosen } = state;
  const report = activeOf(state)?.report;
  const own = <T>(all: readonly T[] | undefined): readonly T[] => (all?.length === 1 ? all : []);
  const platforms = chosen.platforms ? filters.platforms : own(report?.platforms);
  const domains = chosen.domains ? filters.domains : own(report?.domains);
  if (lastFilters?.from === filters && lastFilters.platforms === platforms[0] && lastFilters.domains === domains[0]) return lastFilters.made;
  const made = { ...filters, platforms, domains };
  lastFilters = { from: filters, platforms: platforms[0], domains: domains[0], made };
  return made;
}

let lastFilters: { readonly from: GuideFilters; readonly platforms: unknown; readonly domains: unknown; readonly made: GuideFilters } | null = null;

/**
 * Whose guide is shown: the one picked by hand, else the leading tag of the rule under the cursor; the last one while another document is being opened,
 * and while a draft that named one names none, so that a tag being written anew takes no guide away.
 */
export function techniqueOf(state: State): string | null {
  if (!isPending(state)) {
    const first = leadingTag(techniquesOf(state));
    if (first !== null || state.doc.id !== lastOf) lastTechnique = first;
    lastOf = state.doc.id;
  }
  return state.picked ?? lastTechnique;
}

/** Whether reading the rule said that it has an error. */
export const hasError = (report: Report | undefined): boolean => report?.rule.analysis.diagnostics.some(({ severity }) => severity === 'error') === true;

export const useActive = (): Active | null => useStore(activeOf);
export const useDraftTechniques = (): readonly string[] => useStore(techniquesOf);
export const useTechnique = (): string | null => useStore(techniqueOf);

let lastSaid: { readonly read: readonly Diagnostic[]; readonly checked: readonly Diagnostic[]; readonly all: readonly Diagnostic[] } | null = null;

/** Every remark about the text as it is now, by place: what reading it said, and what its rules are checked for. */
export function allRemarksOf({ newest, remarks: checked }: State['analysis']): readonly Diagnostic[] {
  const read = newest?.answer.diagnostics ?? NONE;
  if (checked.length === 0) return read;
  if (lastSaid?.read !== read || lastSaid.checked !== checked) {
    const all = [...read, ...checked].sort(byPlace);
    lastSaid = { read, checked, all };
  }
  return lastSaid.all;
}

let lastRemarks: { readonly all: readonly Diagnostic[]; readonly hidden: readonly string[]; readonly shown: readonly Diagnostic[] } | null = null;

/** The remarks about the text as it is now that the reader wants to see: every error, and of the rest what no hidden check says. */
export function remarksOf({ analysis, preferences: { hiddenChecks: hidden } }: State): readonly Diagnostic[] {
  const all = allRemarksOf(analysis);
  if (hidden.length === 0) return all;
  if (lastRemarks?.all !== all || lastRemarks.hidden !== hidden) {
    const ids = new Set(hidden);
    lastRemarks = { all, hidden, shown: all.filter(({ severity, code }) => severity === 'error' || !ids.has(code)) };
  }
  return lastRemarks.shown;
}

export const useDiagnostics = (): readonly Diagnostic[] => useStore(remarksOf);

/** Since when the panels show an older text's answer, and what to mend first; null while they are current. */
export function useStale(): { readonly since: number; readonly firstError: Diagnostic | null } | null {
  const since = useStore(({ analysis }) => analysis.staleSince);
  const firstError = useStore(({ analysis }) => analysis.newest?.answer.diagnostics.find(({ severity }) => severity === 'error') ?? null);
  return since === null ? null : { since, firstError };
}

/** Null: not known (yet). */
export const useReach = (triple: Triple | null): TripleReach | null => useStore(({ reach }) => (triple === null ? null : (reach.get(keyOf(triple)) ?? null)));

/**
 * Index of the row the cursor stands in, -1 when there is none. The rows' places are in the shown text: while the answer to a newer one is on
 * its way the last index stays, so that typing does not make the light flicker; while the text is broken no row is lit.
 */
export function useLitIndex(rows: readonly (readonly Span[])[]): number {
  const last = useRef(-1);
  const index = useStore(({ analysis, cursor, doc }) => {
    if (analysis.staleSince !== null) return -1;
    return shownOf(analysis)?.text === doc.text ? litIndex(rows, cursor.offset) : last.current;
  });
  useEffect(() => {
    last.current = index;
  }, [index]);
  return index;
}

export const formatOf = (registry: Registry | null, id: string | null): FormatInfo | null => registry?.formats.find((format) => format.id === id) ?? null;
export const vendorOfLanguage = (registry: Registry | null, id: string): Vendor | null =>
  registry?.languages.find((language) => language.id === id)?.vendor ?? null;

/** The open document's format; null until it is known. */
export const useFormat = (): FormatInfo | null => useStore(({ registry, doc }) => formatOf(registry, doc.format));
