import type { Event, Rule } from '../model';
import type { Given } from './engine';
import { taxonomyOf } from './names';
import type { Bag } from './value';

/** Events alone, whose names they tell themselves, judged now; `rules`: those that others name, and filters. */
export const eventsGiven = (events: readonly Event[], rules: readonly Rule[]): Given => ({
  events,
  tables: new Map(),
  policies: new Map(),
  types: new Map(),
  names: taxonomyOf(events as readonly Bag[]),
  ignoreLogsource: false,
  now: BigInt(Date.now()) * 1_000_000n,
  rules,
});
