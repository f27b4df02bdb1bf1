import { DOMAINS, type Domain, type Guide, type GuideFilters, type PerVendor, PLATFORMS, type Platform } from '../../model';
import { counted } from '../../panels/format';
import { platformName } from '../../panels/names';
import { uncountedTechniqueQuery } from '../../state/catalog-state';
import { pathOf } from '../../state/links/routes';
import { VendorChips } from '../../panels/VendorChips';
import { Select } from '../../ui/Select';

interface TechniqueFiltersProps {
  readonly guide: Guide;
  /** Rules of each vendor, whatever vendors are chosen. */
  readonly perVendor: PerVendor;
  readonly filters: GuideFilters;
  readonly onFilters: (part: Partial<GuideFilters>) => void;
}

/** What the guide is counted over; every figure of the page follows. */
export function TechniqueFilters({ guide, perVendor, filters, onFilters }: TechniqueFiltersProps) {
  const { id } = guide.technique;
  return (
    <section className="filterbar" aria-label="Filters">
      <VendorChips chosen={filters.vendors} perVendor={perVendor} onChosen={(vendors) => onFilters({ vendors })} />
      <Select
        label="Platform"
        value={filters.platforms[0] ?? ''}
        options={[{ value: '', name: 'All platforms' }, ...guide.platforms.map(([value, rules]) => ({ value, name: `${platformName(value)} (${rules})` }))]}
        onChange={(value) => onFilters({ platforms: PLATFORMS.filter((one): one is Platform => one === value) })}
      />
      <Select
        label="Domain"
        value={filters.domains[0] ?? ''}
        options={[{ value: '', name: 'All domains' }, ...guide.domains.map(([value, rules]) => ({ value, name: `${value} (${rules})` }))]}
        onChange={(value) => onFilters({ domains: DOMAINS.filter((one): one is Domain => one === value) })}
      />
      {id.includes('.') || (guide.own === guide.total && filters.subTechniques) ? null : (
        <label className="switch">
          <input type="checkbox" checked={filters.subTechniques} onChange={(event) => onFilters({ subTechniques: event.target.checked })} />
          Sub-techniques{' '}
          <span className="label">
            {guide.own.toLocaleString('en')} on {id} itself
          </span>
        </label>
      )}
      {guide.unsettled === 0 ? null : (
        <label className="switch">
          <input type="checkbox" checked={filters.unsettled} onChange={(event) => onFilters({ unsettled: event.target.checked })} />
          Experimental and deprecated <span className="label">{guide.unsettled.toLocaleString('en')}</span>
        </label>
      )}
      <output className="label">
        {guide.shown.toLocaleString('en')} of {counted(guide.total, 'rule')}
      </output>
      {guide.uncounted === 0 ? null : (
        <a
          className="label"
          href={`#${pathOf.rules(uncountedTechniqueQuery(id))}`}
          title="Hunting queries kept apart, forwarded alerts, filters, rules that are only listed"
        >
          {guide.uncounted.toLocaleString('en')} more not counted
        </a>
      )}
      <span className="space" />
      <nav className="toc" aria-label="On this page">
        {(
          [
            ['fields', 'Fields', guide.fields.length],
            ['values', 'Values', guide.values.length],
            ['exclusions', 'Exclusions', guide.exclusions.length],
            ['events', 'Events', guide.events.length],
            ['rules', 'Rules', guide.rules.length],
          ] as const
        ).map(([place, name, count]) => (
          <button key={place} type="button" className="link" onClick={() => document.getElementById(place)?.scrollIntoView()}>
            {name} {count.toLocaleString('en')}
          </button>
        ))}
      </nav>
    </section>
  );
}
