import { DOMAINS, type Domain, type Guide, PLATFORMS, type Platform } from '../../model';
import { pickTechnique, setFilters } from '../../state/threads/guide';
import { useActive, useDraftTechniques } from '../../state/select';
import { setTab } from '../../state/settings';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';
import { Select } from '../../ui/Select';
import { counted } from '../format';
import { platformName } from '../names';
import { openPalette } from '../palette/opening';
import { RelationsAnswer } from '../relations/RelationsAnswer';
import { Summary } from './Summary';

/** Whose guide it is, how the draft stands to it, and its filters. */
export function GuideHead({ guide }: { readonly guide: Guide }) {
  const filters = useStore((state) => state.filters);
  const { id, name, other, known } = guide.technique;
  return (
    <header className="guidehead">
      <div>
        <h2>
          <TechniqueMenu id={id} name={name} />
        </h2>
      </div>
      {known ? null : <p>Newer than the bundled ATT&CK: kept as it is tagged.</p>}
      {other === '' ? null : <p>Counts the rules tagged {other} too: the same behaviour in the other ATT&CK generation.</p>}
      <Covered />
      <Summary guide={guide} />
      <div className="filters">
        <Select
          label="Platform"
          value={filters.platforms[0] ?? ''}
          options={[{ value: '', name: 'All platforms' }, ...guide.platforms.map(([value, rules]) => ({ value, name: `${platformName(value)} (${rules})` }))]}
          onChange={(value) => setFilters({ platforms: PLATFORMS.filter((one): one is Platform => one === value) })}
        />
        <Select
          label="Domain"
          value={filters.domains[0] ?? ''}
          options={[{ value: '', name: 'All domains' }, ...guide.domains.map(([value, rules]) => ({ value, name: `${value} (${rules})` }))]}
          onChange={(value) => setFilters({ domains: DOMAINS.filter((one): one is Domain => one === value) })}
        />
        <span className="space" />
        <span className="label small">
          {guide.shown.toLocaleString('en')} of {counted(guide.total, 'rule')}
        </span>
      </div>
      {id.includes('.') || (guide.own === guide.total && filters.subTechniques) ? null : (
        <label className="switch">
          <input type="checkbox" checked={filters.subTechniques} onChange={(event) => setFilters({ subTechniques: event.target.checked })} />
          Rules of sub-techniques too{' '}
          <span className="label">
            {guide.own.toLocaleString('en')} on {id} itself
          </span>
        </label>
      )}
      {guide.unsettled === 0 ? null : (
        <label className="switch">
          <input type="checkbox" checked={filters.unsettled} onChange={(event) => setFilters({ unsettled: event.target.checked })} />
          Experimental and deprecated rules too <span className="label">{guide.unsettled.toLocaleString('en')}</span>
        </label>
      )}
    </header>
  );
}

/** Whether a public rule covers the draft already, and the way to all relations. */
function Covered() {
  const relations = useStore((state) => state.relations);
  const facts = useActive()?.facts ?? null;
  if (relations === null || facts === null || facts.meaning === null) return null;
  return (
    <div className="covered">
      <RelationsAnswer relations={relations} whose="yours" />
      <button type="button" className="link" onClick={() => setTab('relations')}>
        All relations
      </button>
    </div>
  );
}

function TechniqueMenu({ id, name }: { readonly id: string; readonly name: string }) {
  const tags = useDraftTechniques();
  const picked = useStore((state) => state.picked);
  return (
    <Menu
      className="technique"
      items={[
        ...tags.map((tag, index) => ({
          name: tag,
          checked: tag === id,
          note: index === 0 ? 'first tag' : undefined,
          run: () => pickTechnique(index === 0 ? null : tag),
        })),
        ...(picked !== null && !tags.includes(id) ? [{ name: id, checked: true, note: 'by hand', run: () => {} }] : []),
        ...(picked === null || tags.length === 0 ? [] : [{ name: "Follow the draft's tags", apart: true, run: () => pickTechnique(null) }]),
        { name: 'Choose another…', apart: true, run: () => openPalette('technique') },
      ]}
    >
      {id} {name} <Icon name="down" size="tiny" />
    </Menu>
  );
}
