import { VENDORS, vendorName } from '../../knowledge/families';
import { type EventsAnswer, PLATFORMS, type ProviderSummary } from '../../model';
import { counted } from '../../panels/format';
import { platformName } from '../../panels/names';
import { hasCondition, toggled } from '../../syntax/search-query';
import { Disclosure } from '../../ui/layout/Disclosure';
import { NameText } from '../../ui/NameText';
import { Narrowing } from '../../ui/layout/SidebarLayout';
import { VendorLetter } from '../../panels/Vendor';
import { PLATFORM_KEYS, platformKey, providerIn } from './eventQuery';

interface ProviderRailProps {
  readonly answer: EventsAnswer;
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

/** What the events can be narrowed by: vendors, and providers by where they are. Each choice is a condition written into the search. */
export function ProviderRail({ answer: { events, providers }, query, onQuery }: ProviderRailProps) {
  const asked = providerIn(query);
  const choose = (key: string, value: string): void => onQuery(toggled(query, key, value, true));
  return (
    <>
      <Disclosure title="Vendor" count="events" isOpen level={2}>
        <ul>
          {VENDORS.map((vendor, at) => {
            const read = events.filter(({ perVendor }) => perVendor[at]! > 0).length;
            return (
              <li key={vendor}>
                <Narrowing
                  isChosen={hasCondition(query, 'vendor', vendor)}
                  onToggle={() => choose('vendor', vendor)}
                  count={read}
                  title={counted(read, 'event')}
                >
                  <VendorLetter vendor={vendor} named /> {vendorName(vendor)}
                </Narrowing>
              </li>
            );
          })}
        </ul>
      </Disclosure>
      {PLATFORM_KEYS.map((key) => {
        const own = providers.filter((provider) => platformKey(provider) === key);
        return own.length === 0 ? null : (
          <Disclosure
            key={key}
            title={groupName(key)}
            count={`${own.length}, by rules`}
            isOpen={OPEN.has(key) || own.some(({ name }) => name === asked)}
            level={2}
          >
            <ul>
              {own.map((provider) => (
                <li key={provider.name}>
                  <Narrowing
                    isChosen={hasCondition(query, 'provider', provider.name)}
                    onToggle={() => choose('provider', provider.name)}
                    count={provider.rules}
                    title={`${provider.name}: ${told(provider)}`}
                  >
                    <span className="name">
                      <NameText name={provider.name} />
                    </span>
                  </Narrowing>
                </li>
              ))}
            </ul>
          </Disclosure>
        );
      })}
    </>
  );
}

const OPEN: ReadonlySet<string> = new Set(['windows', 'aws', 'azure']);

const told = ({ events, rules }: ProviderSummary): string => `${counted(events, 'event')}, ${counted(rules, 'rule')}`;

const groupName = (key: string): string => {
  const platform = PLATFORMS.find((one) => one === key);
  return platform === undefined ? 'Several platforms' : platformName(platform);
};
