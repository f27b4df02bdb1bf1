import { useMemo } from 'react';
import { VENDORS, vendorName } from '../../knowledge/families';
import type { Guide } from '../../model';
import { keyOf } from '../../state/catalog-state';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { shortened } from '../../syntax/written';
import { Block } from '../../ui/layout/Page';
import { lazyPart } from '../../ui/part/lazyPart';
import { useSingle } from '../../ui/useMedia';

const MultiplesPlot = lazyPart(() => import('../../ui/plot/MultiplesPlot'), { name: 'The drawing' });
const FIELDS = 10;
const VALUES = 12;

/** What the vendors' rules filter on and look for, side by side: the commonest of all of them. */
export function VendorsPlot({ guide }: { readonly guide: Guide }) {
  const { technique, filters } = guide.under;
  const vendors = filters.vendors.length === 0 ? VENDORS : filters.vendors;
  const single = useSingle();
  const isAsked = !single && vendors.length > 1;
  const { value } = useCatalogQuery(isAsked ? `by vendor ${JSON.stringify(guide.under)}` : null, (api) =>
    Promise.all(vendors.map(async (vendor) => ({ vendor, own: await api.guide(technique, { ...filters, vendors: [vendor] }, null) }))),
  );
  const fields = useMemo(
    () =>
      (value ?? []).flatMap(({ vendor, own }) => {
        const counts = new Map(own?.fields.map(({ field, rules }) => [field, rules]));
        return guide.fields.slice(0, FIELDS).map(({ field }) => ({ group: vendorName(vendor), name: field, value: counts.get(field) ?? 0 }));
      }),
    [value, guide],
  );
  const values = useMemo(() => {
    const top = guide.values.toSorted((a, b) => b.rules - a.rules).slice(0, VALUES);
    return (value ?? []).flatMap(({ vendor, own }) => {
      const counts = new Map(own?.values.map((row) => [keyOf(row), row.rules]));
      return top.map((row) => ({ group: vendorName(vendor), name: nameOf(row), value: counts.get(keyOf(row)) ?? 0 }));
    });
  }, [value, guide]);
  if (!isAsked || fields.length === 0) return null;
  return (
    <Block id="vendors" title="By vendor" note="rules here that filter on a field, or look for a value">
      <MultiplesPlot label="Rules of each vendor that filter on the commonest fields" bars={fields} />
      {values.length === 0 ? null : <MultiplesPlot label="Rules of each vendor that look for the commonest values" bars={values} />}
    </Block>
  );
}

const LONGEST = 40;

/** Whole in the table of values. */
function nameOf({ field, kind, value }: Guide['values'][number]): string {
  return shortened(`${value || kind} in ${field}`, LONGEST);
}
