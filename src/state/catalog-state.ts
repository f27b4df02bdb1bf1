import type { BuildProgress, CatalogFailure, CatalogInfo, CatalogUse, Guide, GuideFilters, OpenProgress, Polarity, Triple } from '../model';
import { eventText, quotedText } from '../syntax/search-query';

/** The catalog's life in this tab. Without it the editor goes on; corpus figures are unknown, not zero. */
export type CatalogState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening'; readonly progress: OpenProgress | null }
  | { readonly kind: 'open'; readonly info: CatalogInfo; readonly use: CatalogUse }
  | { readonly kind: 'failed'; readonly failure: CatalogFailure };

/** Building a catalog of the reader's own rules, while it goes on and when it came to nothing; null where neither is so. */
export type OwnBuild =
  | { readonly kind: 'building'; readonly from: string; readonly step: 'looking' | 'reading' | 'writing' | 'opening'; readonly progress: BuildProgress | null }
  | { readonly kind: 'failed'; readonly from: string; readonly message: string };

/** A guide beside what it was asked for. While a newer one is on its way the older stays; `technique` says whose it is. */
export interface GuideAnswer {
  readonly technique: string;
  readonly filters: GuideFilters;
  /** Null: the catalog has nothing under this ID. */
  readonly guide: Guide | null;
}

const keys = new WeakMap<Triple, string>();

/** A triple as a map's key. */
export function keyOf(triple: Triple): string {
  let key = keys.get(triple);
  if (key === undefined) keys.set(triple, (key = `${triple.field}\u0000${triple.kind}\u0000${triple.value}`));
  return key;
}

/** A search that finds exactly the rules that are counted as looking for this triple, or as excluding it. */
export const queryOf = ({ field, kind, value }: Triple, polarity: Polarity = 'indicator'): string =>
  `${polarity === 'exclusion' ? 'exclusion' : 'indicator'}:${quotedText(value === '' ? `${field} ${kind}` : `${field} ${kind} ${value}`)}`;

/** A search that finds exactly the rules that a technique's guide counts, whatever its filters. */
export const countedTechniqueQuery = (id: string): string => `technique:${id} counted:yes`;
/** Those that are tagged with it and that no guide counts. */
export const uncountedTechniqueQuery = (id: string): string => `technique:${id} counted:no`;

/** A search that finds exactly the rules that an event's page counts. */
export const countedEventQuery = (event: { readonly provider: string; readonly id: string }): string => `event:${quotedText(eventText(event))} counted:yes`;
