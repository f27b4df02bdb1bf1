import { isEventIdField } from '../knowledge/events';
import { isBeginning, LOG_FIELDS, SYSTEM_FIELD, TIME_FIELDS } from '../knowledge/where-asked';
import { asked } from '../logic/condition-text';
import { conditionsOf } from '../logic/relate';
import { joined, type Formula, type Literal } from '../logic/formula';
import type { EventRef } from '../model';

/**
 * The formula without the conditions that say where and how far back an event is looked for, which rules of other families say outside their
 * condition: where, only as far as the events or platforms that are known of the rule say the same. A rule that asks nothing else keeps them.
 */
export function withoutWhere(formula: Formula, platforms: number, events: readonly EventRef[]): Formula {
  const ids = new Set(events.map(({ id }) => id.toLowerCase()));
  // Of a source that is read whole the condition alone says which of its events are meant.
  const isNamed = events.length > 0 && !ids.has('');
  const isSaid = ({ sign, field, set }: Literal): boolean => {
    if (TIME_FIELDS.has(field)) return true;
    if (!sign || set.kind !== 'pattern') return false;
    if (field === SYSTEM_FIELD) return platforms !== 0;
    return isNamed && (LOG_FIELDS.has(field) || isBeginning(field, set.pattern) || (isEventIdField(field) && ids.has(set.pattern)));
  };
  const says = (part: Formula): boolean => (part.kind === 'literal' ? isSaid(part) : part.kind === 'any' && part.of.length > 0 && part.of.every(says));
  const parts = conditionsOf(formula);
  const kept = parts.filter((part) => !says(part));
  return kept.length === parts.length || !kept.some((part) => asked(part).length > 0) ? formula : joined('all', kept, formula.span);
}
