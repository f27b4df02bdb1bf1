import { DOMAINS, type Domain, type Guide, PLATFORMS, type Platform } from '../../model';
import { pickTechnique, setFilters } from '../../state/threads/guide';
import { filtersOf, leadingTag, useActive, useDraftTechniques, useStale } from '../../state/select';
import { setTab } from '../../state/settings';
import { useStore } from '../../state/store';
import { pathOf } from '../../state/links/routes';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';
import { Select } from '../../ui/Select';
import { agoOf, counted, useNow } from '../format';
import { platformName } from '../names';
import { openPalette } from '../palette/opening';
import { answerOf } from '../relations/words';
import { Summary } from './Summary';

/** Whose guide it is, how the draft stands to it, and its filters. */
export function GuideHead({ guide }: { readonly guide: Guide }) {
  const filters = useStore(filtersOf);
  const { id, name, other, known } = guide.technique;
  return (
    <header className="guidehead">
      <div>
        <h2>
          <TechniqueMenu id={id} name={name} />
        </h2>
      </div>
      <Standing id={id} />
      {known ? null : <p>Newer than the bundled ATT&CK: kept as it is tagged.</p>}
      {other === '' ? null : <p>Counts the rules tagged {other} too: the same behaviour in the other ATT&CK generation.</p>}
      <Covered />
      <Summary guide={guide} />
      <div className="filters">
        <Select
          label="Platform"
          value={filters.platforms[0] ?? ''}
          options={[
            { value: '', name: 'All platforms' },
            ...withChosen(guide.platforms, filters.platforms).map(([value, rules]) => ({ value, name: `${platformName(value)} (${rules})` })),
          ]}
          onChange={(value) => setFilters({ platforms: PLATFORMS.filter((one): one is Platform => one === value) })}
        />
        <Select
          label="Domain"
          value={filters.domains[0] ?? ''}
          options={[
            { value: '', name: 'All domains' },
            ...withChosen(guide.domains, filters.domains).map(([value, rules]) => ({ value, name: `${value} (${rules})` })),
          ]}
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

/** What a filter can be set to, and what it is set to though no rule here has it. */
const withChosen = <T,>(counts: readonly (readonly [T, number])[], chosen: readonly T[]): readonly (readonly [T, number])[] => [
  ...counts,
  ...chosen.filter((one) => !counts.some(([value]) => value === one)).map((one) => [one, 0] as const),
];

/** Whether a public rule covers the draft already, and the way to all relations. */
function Covered() {
  const relations = useStore((state) => state.relations);
  const facts = useActive()?.facts ?? null;
  if (facts === null || facts.meaning === null) return null;
  if (relations === null) return <p className="covered">Comparing with the rules of the catalog …</p>;
  const { before, rule } = answerOf(relations, 'yours');
  return (
    <p className="covered">
      <span className="clamp" title={rule === null ? before : `${before} ${rule.title}`}>
        {before} {rule === null ? null : <a href={`#${pathOf.rule(rule)}`}>{rule.title}</a>}
      </span>
      <button type="button" className="link" onClick={() => setTab('relations')}>
        Relations
      </button>
    </p>
  );
}

/** How current what the guide says of the draft is, where it is not. */
function Standing({ id }: { readonly id: string }) {
  const stale = useStale();
  const tags = useDraftTechniques();
  const picked = useStore((state) => state.picked);
  if (stale !== null) return <Since since={stale.since} />;
  return picked === null && tags.length === 0 ? (
    <p className="older">The draft names no technique now: this is the guide of {id}, which it named last.</p>
  ) : null;
}

const SECOND = 1000;

const Since = ({ since }: { readonly since: number }) => (
  <p className="older">Marks are as of the last text that was understood, {agoOf(Math.max(0, useNow(SECOND) - since))}.</p>
);

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
          note: tag === leadingTag(tags) ? (index === 0 ? 'first tag' : 'sub-technique of the first tag') : undefined,
          run: () => pickTechnique(tag === leadingTag(tags) ? null : tag),
        })),
        ...(picked !== null && !tags.includes(id) ? [{ name: id, checked: true, note: 'by hand', run: () => {} }] : []),
        ...(picked === null || tags.length === 0 ? [] : [{ name: "Follow the draft's tags", apart: true, run: () => pickTechnique(null) }]),
        { name: 'Choose another…', apart: true, run: () => openPalette('technique') },
      ]}
    >
      {id} {name}
      {'\u00a0'}
      <Icon name="down" size="tiny" />
    </Menu>
  );
}
