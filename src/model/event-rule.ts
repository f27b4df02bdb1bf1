import type { EventRef } from './format';
import type { Taxonomy } from './language';
import type { Predicate } from './predicate';

/** A rule that one event fires, with all that judging it takes: made of a rule's text, or of what the catalog keeps of it. */
export interface EventRule {
  readonly language: string;
  readonly taxonomy: Taxonomy;
  /** Fields that are called otherwise elsewhere have their canonical name beside their own. */
  readonly predicate: Predicate;
  /** What it reads, as its format writes it; '' where it does not say. */
  readonly logsource: string;
  /** Events it covers; none: not known. */
  readonly events: readonly EventRef[];
  /** Its stages by their language's words: one may name a category of events (`process where …`). */
  readonly stages: readonly string[];
}

/** A rule that one event fires which has the fields it is summed up by too; `groupBy` null: it is not summed up. */
export interface FiringRule extends EventRule {
  readonly groupBy: readonly string[] | null;
}

/** Why a rule is not judged by single events: it counts, joins or waits; no condition of it is known. */
export type NotSingle = 'several' | 'nothing';
