import type { CoveredEvent, EventRef, Leaf, Rule } from '../model';
import { categoryOfIndex } from '../knowledge/elastic-indexes';
import {
  eventIdFields,
  eventOf,
  eventsOfCategory,
  eventTitle,
  eventWithField,
  hasTitles,
  isCategory,
  isEventIdField,
  knownProviders,
  providerName,
  providersOfEvent,
} from '../knowledge/events';

const PROVIDER_NAME = 'Provider_Name';
/** Canonical fields whose values name a provider, a channel, a source type or a data set. */
const NAMING: ReadonlySet<string> = new Set([
  PROVIDER_NAME,
  'Channel',
  'source',
  'sourcetype',
  'eventtype',
  'event.dataset',
  'data_stream.dataset',
  'event.module',
]);
const EVENT_IN_XML = /<EventID[^<>]*>(\d+)/;
const EVENT_ID = 'EventID';
const CATEGORY = 'event.category';
const NUMBER = /^\d+$/;
/** A rule that could read more than these and names no event says nothing of what it reads. */
const MOST_PROVIDERS = 6;

/** The events a rule covers with what told us of each (rule model, section 9): its container, and the event IDs it asks its providers for. */
export function eventsOf(rule: Rule, leaves: readonly Leaf[], providers: readonly string[]): readonly CoveredEvent[] {
  const covered = new Map<string, CoveredEvent>();
  const cover = (event: EventRef, from: string): void => {
    const key = `${event.provider} ${event.id}`;
    if (!covered.has(key)) covered.set(key, { provider: event.provider, id: event.id, title: event.title, from });
  };
  for (const event of rule.meta.events) {
    const named = eventOf(event.provider, event.id);
    cover(named.title === '' ? { ...named, title: event.title } : named, rule.meta.logsource === '' ? 'container' : rule.meta.logsource);
  }
  for (const asked of askedOf(rule, leaves)) for (const provider of owningProviders(asked, providers)) cover(eventOf(provider, asked.id), asked.from);
  // A field that one event alone has says more than a category that many have.
  const named = covered.size > 0 ? [] : namedByFields(leaves);
  for (const [event, from] of named) cover(event, from);
  if (named.length === 0)
    for (const [category, from] of categoriesOf(rule, leaves))
      for (const provider of providers) for (const event of eventsOfCategory(category, provider)) cover(event, from);
  // A rule that names no event of what it reads covers any of it.
  if (covered.size === 0 && providers.length <= MOST_PROVIDERS)
    for (const provider of providers) cover({ provider, id: '', title: '' }, rule.meta.logsource === '' ? 'source' : rule.meta.logsource);
  return [...covered.values()].sort(byProvider);
}

/** Events that alone have a field the rule asks for, with the field as it is written. */
const namedByFields = (leaves: readonly Leaf[]): readonly (readonly [EventRef, from: string])[] =>
  leaves.flatMap(({ negated, polarity, field, triples }) => {
    const event = negated || polarity !== 'indicator' ? null : eventWithField(triples[0]?.field ?? '');
    return event === null ? [] : [[event, field!] as const];
  });

interface Asked {
  readonly field: string;
  readonly id: string;
  readonly from: string;
}

/** Values that could name events: equalities that must hold, and IDs in raw XML among the search terms. */
function askedOf(rule: Rule, leaves: readonly Leaf[]): readonly Asked[] {
  const asked: Asked[] = [];
  for (const leaf of leaves) {
    if (leaf.negated || leaf.polarity !== 'indicator' || (leaf.op !== 'eq' && leaf.op !== 'in')) continue;
    leaf.triples.forEach((triple, index) => {
      const id = leaf.values[index]?.text;
      if (
        triple?.kind === 'eq' &&
        triple.field !== CATEGORY &&
        isEventIdField(triple.field) &&
        id !== undefined &&
        (triple.field !== EVENT_ID || NUMBER.test(id))
      )
        asked.push({ field: triple.field, id, from: `${leaf.field} ${leaf.op} ${id}` });
    });
  }
  for (const term of rule.analysis.terms) {
    const id = EVENT_IN_XML.exec(term.text)?.[1];
    if (id !== undefined) asked.push({ field: EVENT_ID, id, from: term.text });
  }
  return asked;
}

/** Categories of the Elastic Common Schema that the rule asks for: by a predicate, or as an EQL event; a process that ends is no event of theirs. */
function categoriesOf(rule: Rule, leaves: readonly Leaf[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const types = new Set<string>();
  for (const leaf of leaves) {
    if (leaf.negated || leaf.polarity !== 'indicator') continue;
    for (const triple of leaf.triples) {
      if (triple?.kind !== 'eq') continue;
      if (triple.field === CATEGORY) found.set(triple.value, `${leaf.field} ${leaf.op} ${triple.value}`);
      else if (triple.field === 'event.type') types.add(triple.value);
    }
  }
  for (const stage of rule.analysis.stages) if (stage.evidence !== 'absent' && isCategory(stage.kind)) found.set(stage.kind, `${stage.kind} where`);
  if (types.has('end') && !types.has('start')) found.delete('process');
  if (found.size > 0) return found;
  // Where no condition says so, the indexes do, if each holds events of one kind.
  const indexes = rule.analysis.sources.length > 0 ? rule.analysis.sources.map(({ name }) => name) : rule.meta.logsource.split(/,\s*/);
  const categories = indexes.map((name) => [categoryOfIndex(name) ?? '', name] as const);
  if (categories.every(([category]) => isCategory(category))) for (const [category, name] of categories) found.set(category, name);
  return found;
}

/** The providers a name stands for; a name we do not know is one of its own. */
function knownOr(name: string): readonly string[] {
  const known = knownProviders(name);
  return known.length > 0 ? known : [providerName(name)];
}

/** Providers the predicates name; where they name none, those of the container and of the tables the query reads. */
export function providersOf(rule: Rule, leaves: readonly Leaf[]): readonly string[] {
  const named = new Set<string>();
  for (const leaf of leaves) {
    if (leaf.negated || leaf.polarity === 'absent') continue;
    leaf.triples.forEach((triple, index) => {
      if (triple?.kind !== 'eq' || !NAMING.has(triple.field)) return;
      // Of channels, source types and data sets only those we know are one; a provider's name always is.
      const own = triple.field === PROVIDER_NAME ? knownOr(leaf.values[index]?.text ?? triple.value) : knownProviders(triple.value);
      for (const provider of own) named.add(provider);
    });
  }
  if (named.size > 0) return [...named];
  for (const name of rule.meta.providers) for (const provider of knownOr(name)) named.add(provider);
  for (const { name } of rule.analysis.sources) for (const provider of knownProviders(name)) named.add(provider);
  return [...named];
}

/**
 * The providers an event belongs to: those among the rule's that know it, else the one provider anywhere that has this ID,
 * where none of the rule's has events by ID, or one whose events we know; else the rule's lone provider.
 */
function owningProviders({ field, id }: Asked, providers: readonly string[]): readonly string[] {
  const fitting = providers.filter((provider) => eventIdFields(provider).includes(field));
  const knowing = fitting.filter((provider) => eventTitle(provider, id) !== '');
  if (knowing.length > 0) return knowing;
  const isOpen = field === EVENT_ID && (fitting.length === 0 || fitting.some(hasTitles));
  const owners = isOpen ? providersOfEvent(id) : [];
  if (owners.length === 1) return owners;
  return fitting.length === 1 ? fitting : [];
}

const byProvider = (a: EventRef, b: EventRef): number =>
  a.provider !== b.provider ? (a.provider < b.provider ? -1 : 1) : Number(a.id) - Number(b.id) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
