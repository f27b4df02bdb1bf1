import type { Context, Rule, Span } from '../../model';
import type { EmbeddedQuery } from './query';

/** A rule of a document before its query is analysed. */
export interface FoundRule {
  readonly span: Span;
  readonly query: EmbeddedQuery | null;
  readonly rule: (context: Context) => Rule;
}
