import { useEffect, useState } from 'react';
import type { CatalogInfo, CatalogUse, OwnCatalog } from '../../model';
import { forgetOwn, ownCatalog, showCatalogs, chooseCatalogs } from '../../state/threads/own-catalog';
import { useStore } from '../../state/store';
import { Banner } from '../../ui/Banner';
import { WideDialog } from '../../ui/overlay/WideDialog';
import { CatalogWait } from '../CatalogWait';
import { counted } from '../format';
import { BuildStrip } from './BuildStrip';
import { BuildTold } from './BuildTold';
import { ChooseRules } from './ChooseRules';
import { SourcesTable } from './SourcesTable';
import { TakeCatalog } from './TakeCatalog';
import './catalogs.css';

const USES: readonly (readonly [CatalogUse, string])[] = [
  ['both', 'Both as one'],
  ['own', 'Yours alone'],
  ['bundled', 'The bundled one alone'],
];

/** "15,915 rules, 2,034 more only listed". */
const totalOf = ({ rules, listed }: CatalogInfo): string => counted(rules, 'rule') + (listed === 0 ? '' : `, ${listed.toLocaleString('en')} more only listed`);

/** The catalogs: what is open, and the reader's own, which stays in this browser. */
export default function Catalogs() {
  const catalog = useStore((state) => state.catalog);
  const chosen = useStore((state) => state.preferences.catalog);
  const [own, setOwn] = useState<OwnCatalog | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const isBuilding = useStore((state) => state.ownBuild?.kind === 'building');
  useEffect(() => {
    if (!isBuilding) void ownCatalog().then(setOwn, () => undefined);
  }, [isBuilding]);
  return (
    <WideDialog title="Catalogs" note="what rules, guides and figures are counted over" onClose={() => showCatalogs(false)}>
      <div className="catalogs" data-scrolls>
        <section aria-labelledby="catalogs-own">
          <h3 id="catalogs-own">
            Your own <small>{own === null ? 'none' : `${own.name}, ${own.info === null ? 'cannot be opened' : counted(own.info.rules, 'rule')}`}</small>
          </h3>
          <BuildStrip />
          {own === null ? null : (
            <>
              {own.isKept ? null : (
                <Banner kind="warning">This browser did not store your catalog: it is there until the page is closed. Keep its files.</Banner>
              )}
              <fieldset className="uses">
                <legend className="label small">{own.info === null ? 'It was built by another version, or its files are damaged.' : 'Use'}</legend>
                {(own.info === null ? [] : USES).map(([use, name]) => (
                  <label key={use} className="switch">
                    <input
                      type="radio"
                      name="catalog-use"
                      disabled={catalog.kind === 'opening'}
                      checked={chosen === use}
                      onChange={() => void chooseCatalogs(use)}
                    />
                    {name}
                  </label>
                ))}
                <span className="space" />
                <button type="button" className="btn" onClick={() => void forgetOwn().then(() => setOwn(null))}>
                  Remove it from this browser
                </button>
              </fieldset>
              {own.report === null ? null : <BuildTold report={own.report} />}
            </>
          )}
          <ChooseRules folder={own?.folder ?? null} isBuilding={isBuilding} />
          {failure === null ? null : <Banner kind="error">{failure} What was open stays open.</Banner>}
          <TakeCatalog
            onTaken={(taken) => {
              setFailure('failure' in taken ? taken.failure.message : null);
              if ('own' in taken) setOwn(taken.own);
            }}
          />
        </section>
        <section aria-labelledby="catalogs-open">
          <h3 id="catalogs-open">
            Open <small>{catalog.kind === 'open' ? totalOf(catalog.info) : ''}</small>
          </h3>
          {catalog.kind === 'open' ? <SourcesTable info={catalog.info} /> : <CatalogWait catalog={catalog} />}
        </section>
      </div>
    </WideDialog>
  );
}
