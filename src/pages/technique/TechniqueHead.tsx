import { Fragment } from 'react';
import { useLocation } from 'wouter';
import type { Guide } from '../../model';
import { tacticName } from '../../panels/names';
import { useTechniques } from '../../panels/useTechniques';
import { pickTechnique } from '../../state/threads/guide';
import { pathOf } from '../../state/links/routes';
import { startFromGuide } from '../../state/drafts/start-draft';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';
import { PageHead } from '../../ui/layout/Page';
import { VendorLetter } from '../../panels/Vendor';

/** Which technique this is, its sub-techniques, and what to do with its guide. */
export function TechniqueHead({ guide }: { readonly guide: Guide }) {
  const [, go] = useLocation();
  const formats = useStore((state) => state.registry?.formats) ?? [];
  const { id, name, tactics, other, known, today } = guide.technique;
  const compare = (): void => {
    pickTechnique(id);
    go(pathOf.workbench());
  };
  return (
    <>
      <PageHead
        crumbs={[{ name: 'Techniques', href: `#${pathOf.techniques()}` }, { name: id }]}
        title={
          <>
            {name || id} {name === '' ? null : <span className="id">{id}</span>}
          </>
        }
        lead={
          <>
            {tactics.length === 0 ? 'No tactic' : <Tactics names={tactics} />}
            {known ? (
              <>
                {' · '}
                <a href={`https://attack.mitre.org/techniques/${id.replace('.', '/')}/`} rel="noreferrer">
                  attack.mitre.org
                </a>
              </>
            ) : null}
            {known && other === '' && today.length > 0 ? null : ' · '}
            <Notes other={other} known={known} isWithdrawn={known && today.length === 0} />
          </>
        }
        actions={
          <>
            <button type="button" className="btn" onClick={compare}>
              Compare with the draft
            </button>
            <Menu
              className="btn primary"
              head="Start a draft in"
              items={formats.map((format) => ({
                name: (
                  <>
                    <VendorLetter vendor={format.vendor} named /> {format.label}
                  </>
                ),
                run: () => void startFromGuide(guide, format.id).then(compare),
              }))}
            >
              Start a draft from this guide <Icon name="down" size="tiny" />
            </Menu>
          </>
        }
      />
      <SubTechniques id={id} />
    </>
  );
}

/** Each leads to the rules of its tactic. */
const Tactics = ({ names }: { readonly names: readonly string[] }) =>
  names.map((name, index) => (
    <Fragment key={name}>
      {index === 0 ? null : ', '}
      <a href={`#${pathOf.rules(`tactic:${name}`)}`}>{tacticName(name)}</a>
    </Fragment>
  ));

function Notes({ other, known, isWithdrawn }: { readonly other: string; readonly known: boolean; readonly isWithdrawn: boolean }) {
  if (!known) return <>Newer than the bundled ATT&CK: kept as rules are tagged with it.</>;
  if (isWithdrawn && other === '') return <>Withdrawn from ATT&CK, and no other ID has taken its place: the rules that are still tagged with it.</>;
  return other === '' ? null : <>Counts the rules tagged {other} too: the same behaviour in the other ATT&CK generation.</>;
}

function SubTechniques({ id }: { readonly id: string }) {
  const { value } = useTechniques();
  const parent = id.split('.')[0];
  const family = (value ?? []).filter((technique) => technique.id === parent || technique.id.startsWith(`${parent}.`));
  if (family.length < 2) return null;
  return (
    <nav className="family" aria-label="The technique and its sub-techniques">
      {family.map((technique) => (
        <a key={technique.id} href={`#${pathOf.technique(technique.id)}`} aria-current={technique.id === id ? 'page' : undefined}>
          {technique.id} {technique.name} <span className="count">{technique.rules.toLocaleString('en')}</span>
        </a>
      ))}
    </nav>
  );
}
