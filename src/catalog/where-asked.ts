import { isEventIdField, knownProviders } from '../knowledge/events';
import {
  eventIdIn,
  isBeginning,
  isBeginningWord,
  isRoot,
  isSuccess,
  isSwitch,
  LOG_FIELDS,
  OUTCOME_FIELD,
  SYSTEM_FIELD,
  TIME_FIELDS,
  TYPE_FIELDS,
} from '../knowledge/where-asked';
import { asked } from '../logic/condition-text';
import { conditionsOf, looksFor } from '../logic/relate';
import { joined, WHOLE_EVENT, type Formula, type Literal } from '../logic/formula';
import { isLiteral } from '../logic/value-set';
import type { EventRef } from '../model';

/**
 * The formula without the conditions that say where and how far back an event is looked for, which rules of other families say outside their
 * condition: where, only as far as the events or platforms that are known of the rule say the same. A rule that asks for nothing but some events keeps those.
 * `withEvents`: the same with what says which events are meant.
 */
export function withoutWhere(formula: Formula, platforms: number, events: readonly EventRef[]): { readonly formula: Formula; readonly withEvents: Formula } {
  const ids = new Set(events.map(({ id }) => id.toLowerCase()));
  const providers = new Set(events.map(({ provider }) => provider));
  // Of a source that is read whole the condition alone says which of its events are meant.
  const isNamed = events.length > 0 && !ids.has('');
  const isPlace = ({ sign, field, set }: Literal): boolean => {
    if (TIME_FIELDS.has(field)) return true;
    if (!sign || set.kind !== 'pattern') return false;
    if (field === SYSTEM_FIELD) return platforms !== 0;
    if (!isNamed || !LOG_FIELDS.has(field)) return false;
    // Another log than that of the events is what they tell of: the one that was cleared.
    const named = knownProviders(set.pattern);
    return named.length === 0 || named.some((name) => providers.has(name));
  };
  const isEvent = ({ sign, field, set }: Literal): boolean => {
    if (!sign || !isNamed || (set.kind !== 'pattern' && set.kind !== 'word')) return false;
    const text = set.kind === 'word' ? set.text : set.pattern;
    // A search for words anywhere finds an event by the text that its ID stands in.
    if (field === WHOLE_EVENT) return ids.has(eventIdIn(set.kind === 'word' ? text : (set.inner ?? text)) ?? '');
    return (isEventIdField(field) && ids.has(text)) || isBeginning(field, text);
  };
  const parts = conditionsOf(formula);
  const without = (isSaid: (literal: Literal) => boolean): readonly Formula[] => {
    const says = (part: Formula): boolean => (part.kind === 'literal' ? isSaid(part) : part.kind === 'any' && part.of.length > 0 && part.of.every(says));
    return parts.filter((part) => !says(part));
  };
  const asksMore = (left: readonly Formula[]): boolean => left.some((part) => asked(part).length > 0);
  const placeless = without(isPlace);
  const eventless = without((literal) => isPlace(literal) || isEvent(literal));
  const of = (kept: readonly Formula[]): Formula => (kept.length === parts.length ? formula : joined('all', kept, formula.span));
  const withEvents = asksMore(placeless) ? of(placeless) : formula;
  return { withEvents, formula: asksMore(eventless) ? of(eventless) : withEvents };
}

/** What a rule looks for among events of their kind: that two rules read one log, or one kind of event, is no likeness. Of a rule that asks for nothing more, that. */
export function sought(parts: readonly Formula[]): readonly Formula[] {
  const seeking = parts.filter(looksFor);
  const own = seeking.length > 0 ? seeking : parts.filter((part) => asked(part).length > 0);
  const beside = (isKind: (literal: Literal) => boolean): readonly Formula[] => own.filter((part) => !asked(part).every(isKind));
  // A search for words anywhere may name its log, or the kind of its events, by one.
  const isLogWord = (word: string): boolean => knownProviders(word).length > 0 || eventIdIn(word) !== null || isBeginningWord(word);
  const isLog = ({ field, set }: Literal): boolean =>
    LOG_FIELDS.has(field) || field === SYSTEM_FIELD || (field === WHOLE_EVENT && set.kind === 'word' && isLogWord(set.text));
  const isKind = ({ field, set }: Literal): boolean =>
    TYPE_FIELDS.has(field) ||
    (set.kind === 'pattern' && (isSuccess(field, set.pattern) || isSwitch(field, set.pattern) || (set.inner !== null && isRoot(field, set.inner))));
  // Of rules that tell of nothing but kinds, how it came out is the least.
  const isOutcome = ({ field, set }: Literal): boolean => field === OUTCOME_FIELD || (set.kind === 'pattern' && isSuccess(field, set.pattern));
  const levels = [(literal: Literal) => isLog(literal) || isKind(literal), (literal: Literal) => isLog(literal) || isOutcome(literal), isLog];
  return levels.map(beside).find((left) => left.length > 0) ?? own;
}

/** Whether a part only says how far back an event is looked for. */
export const isTime = (part: Formula): boolean => asked(part).every(({ field }) => TIME_FIELDS.has(field));

/**
 * Of what a rule looks for, that by which it is like another where neither covers the other: no times, no numbers' ranges, no column that each computes for
 * itself, and no few characters that may stand anywhere (`contains set`, `ends with .exe`), which longer values hold by chance.
 */
export function telling(parts: readonly Formula[]): readonly Formula[] {
  const told = parts.flatMap((part): readonly Formula[] => {
    if (part.kind === 'literal') return isTelling(part) ? [part] : [];
    if (part.kind !== 'any') return [part];
    const of = part.of.filter((one) => one.kind !== 'literal' || isTelling(one));
    return of.length === part.of.length ? [part] : of.length === 0 ? [] : [joined('any', of, part.span)];
  });
  return told.length > 0 && (told.length < parts.length || told.some((part, at) => part !== parts[at])) ? told : parts;
}

const FEW = 4;
const isTelling = ({ field, sign, set, isComputed }: Literal): boolean =>
  !TIME_FIELDS.has(field) &&
  isComputed !== true &&
  !(field === WHOLE_EVENT && set.kind === 'word' && set.text.length <= FEW) &&
  (!sign || (set.kind === 'pattern' ? isLiteral(set.pattern) || set.pattern.replace(/[\uE000\uE001]/g, '').length > FEW : set.kind !== 'range'));
