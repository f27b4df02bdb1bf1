import type { Compare, Operator } from '../../../model';

export const CORRELATION_TYPES = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
] as const;

/** Bounds of a correlation's condition; `neq` is an `eq` under a `not`. */
export const BOUNDS: Readonly<Record<string, { readonly word: Operator; readonly compare: Compare }>> = {
  gt: { word: 'gt', compare: 'greater' },
  gte: { word: 'ge', compare: 'at-least' },
  lt: { word: 'lt', compare: 'less' },
  lte: { word: 'le', compare: 'at-most' },
  eq: { word: 'eq', compare: 'equals' },
  neq: { word: 'eq', compare: 'equals' },
};
