import { VENDORS, vendorName } from '../../knowledge/families';
import { SOURCE_NAMES, sourceLabel } from '../../knowledge/sources';
import { FACETS, type Facet, PLATFORMS } from '../../model';
import { counted } from '../../panels/format';
import { platformName, tacticName } from '../../panels/names';
import { useStore } from '../../state/store';
import { Disclosure } from '../../ui/layout/Disclosure';
import { Narrowing } from '../../ui/layout/SidebarLayout';
import { VendorLetter } from '../../panels/Vendor';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { askedOf, hasCondition, toggled } from '../../syntax/search-query';

interface FacetBarProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

const NAMES: Readonly<Record<Facet, string>> = {
  vendor: 'Vendor',
  source: 'Source',
  kind: 'Kind',
  severity: 'Severity',
  status: 'Status',
  platform: 'Platform',
  domain: 'Domain',
  tactic: 'Tactic',
  language: 'Language',
};

/** A rule has one of each of these. */
const SINGLE: ReadonlySet<Facet> = new Set(['vendor', 'source', 'kind', 'severity', 'status', 'language']);
const OPEN: ReadonlySet<Facet> = new Set(['vendor', 'severity', 'platform', 'kind']);
const SHOWN = 20;

/** What the search can be narrowed by, with counts; each choice is a condition written into the search. */
export function FacetBar({ query, onQuery }: FacetBarProps) {
  const asked = askedOf(query);
  const { value: facets } = useCatalogQuery(`facets ${asked}`, (api) => api.facets(asked));
  return (
    <>
      {FACETS.map((facet) => (
        <Disclosure key={facet} title={NAMES[facet]} count="rules" isOpen={OPEN.has(facet)} level={2}>
          <ul>
            {(facets?.[facet] ?? []).slice(0, SHOWN).map(([value, rules]) => (
              <li key={value}>
                <Narrowing
                  isChosen={hasCondition(query, facet, value)}
                  onToggle={() => onQuery(toggled(query, facet, value, SINGLE.has(facet)))}
                  count={rules}
                  title={counted(rules, 'rule')}
                >
                  <FacetName facet={facet} value={value} />
                </Narrowing>
              </li>
            ))}
          </ul>
        </Disclosure>
      ))}
    </>
  );
}

function FacetName({ facet, value }: { readonly facet: Facet; readonly value: string }) {
  const language = useStore((state) => state.registry?.languages.find(({ id }) => facet === 'language' && id === value)?.label);
  if (facet === 'vendor') {
    const vendor = VENDORS.find((one) => one === value);
    return vendor === undefined ? (
      value
    ) : (
      <>
        <VendorLetter vendor={vendor} named /> {vendorName(vendor)}
      </>
    );
  }
  const source = SOURCE_NAMES.find((one) => facet === 'source' && one === value);
  if (source !== undefined) return <span className="clip">{sourceLabel(source)}</span>;
  const platform = PLATFORMS.find((one) => facet === 'platform' && one === value);
  return <span className="clip">{platform !== undefined ? platformName(platform) : facet === 'tactic' ? tacticName(value) : (language ?? value)}</span>;
}
