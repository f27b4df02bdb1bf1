import { VENDORS } from '../../knowledge/families';
import { type EventSummary, PLATFORMS, type ProviderSummary } from '../../model';
import { askedOf, conditionsIn } from '../../syntax/search-query';

/** What the events can be narrowed by; the names are the search's own keys. */
const KEYS = ['vendor', 'platform', 'provider'] as const;

/** Where the events of a provider come from, as the search names it. */
export const platformKey = ({ platform }: ProviderSummary): string => platform ?? SEVERAL;
/** A provider of several platforms, or of none that is known. */
const SEVERAL = 'several';
/** In the order they are shown. */
export const PLATFORM_KEYS: readonly string[] = [...PLATFORMS, SEVERAL];

/** The events that meet every word and one condition of each key. */
export function eventsFound(query: string, events: readonly EventSummary[], providers: readonly ProviderSummary[]): readonly EventSummary[] {
  const { values, words } = conditionsIn(askedOf(query).toLowerCase(), KEYS);
  const platforms = new Map(providers.map((provider) => [provider.name, platformKey(provider)]));
  const isIn = (asked: readonly string[], own: string): boolean => asked.length === 0 || asked.includes(own);
  const isOf = ({ perVendor }: EventSummary): boolean =>
    values.vendor.length === 0 || VENDORS.some((vendor, at) => values.vendor.includes(vendor) && perVendor[at]! > 0);
  const sought = words.map((word) => word.replaceAll('"', ''));
  const holdsAll = ({ provider, id, title }: EventSummary): boolean => {
    const text = `${provider} ${id} ${title}`.toLowerCase();
    return sought.every((word) => text.includes(word));
  };
  return events.filter(
    (event) =>
      isIn(values.provider, event.provider.toLowerCase()) && isIn(values.platform, platforms.get(event.provider) ?? SEVERAL) && isOf(event) && holdsAll(event),
  );
}

/** The provider that a query asks for, as it is spelt; '' for none. */
export const providerIn = (query: string): string => conditionsIn(query, KEYS).values.provider[0] ?? '';
