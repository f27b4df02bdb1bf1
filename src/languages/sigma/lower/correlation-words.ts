import type { Operator } from '../../../model';

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
export const BOUNDS: Readonly<Record<string, Operator>> = { gt: 'gt', gte: 'ge', lt: 'lt', lte: 'le', eq: 'eq', neq: 'eq' };
