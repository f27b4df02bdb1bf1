import { isEventIdField } from '../knowledge/events';
import { conditionsOf } from '../logic/relate';
import { joined, type Formula, type Literal } from '../logic/formula';
import type { EventRef } from '../model';

const SYSTEM = 'host.os.type';
/** Fields that say which log an event stands in. */
const LOG: ReadonlySet<string> = new Set(['Channel', 'Provider_Name', 'event.category', 'event.dataset', 'data_stream.dataset', 'event.module', 'event.provider']);
const BEGINS = 'event.type';
/** Words for what a record of something that begins is called. */
const BEGINNING: ReadonlySet<string> = new Set(['start', 'process_started']);

/**
 * The formula without the conditions that say where an event is looked for, which rules of other families say outside their condition:
 * left out only where the events or platforms that are known of the rule say the same.
 */
export function withoutWhere(formula: Formula, platforms: number, events: readonly EventRef[]): Formula {
  const ids = new Set(events.map(({ id }) => id.toLowerCase()));
  const isSaid = ({ sign, field, set }: Literal): boolean => {
    if (!sign || set.kind !== 'pattern') return false;
    if (field === SYSTEM) return platforms !== 0;
    if (events.length === 0) return false;
    if (field === BEGINS) return BEGINNING.has(set.pattern);
    return LOG.has(field) || (isEventIdField(field) && ids.has(set.pattern));
  };
  const says = (part: Formula): boolean => (part.kind === 'literal' ? isSaid(part) : part.kind === 'any' && part.of.length > 0 && part.of.every(says));
  const parts = conditionsOf(formula);
  const kept = parts.filter((part) => !says(part));
  return kept.length === parts.length ? formula : joined('all', kept, formula.span);
}
