import { useMemo, useState } from 'react';
import type { Platform, Vendor } from '../../model';
import { CatalogWait } from '../../panels/CatalogWait';
import { useTechniques } from '../../panels/useTechniques';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { NO_FILTERS, useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { Page, PageHead } from '../../ui/layout/Page';
import { Skeleton } from '../../ui/Skeleton';
import { CoverageTable } from './CoverageTable';
import { LayerExport } from './LayerExport';
import { Matrix } from './Matrix';
import { type Cell, isLacking, matrixOf } from './matrixOf';
import { MatrixFilters, type MatrixView } from './MatrixFilters';
import { TacticBars } from './TacticBars';
import { VendorPlot } from './VendorPlot';
import { useDraftTags } from './useDraftTags';
import './techniques.css';

const START: MatrixView = {
  find: '',
  vendors: [] as readonly Vendor[],
  platform: '' as Platform | '',
  subs: false,
  gaps: false,
  lacking: false,
  as: 'matrix',
};

/** Of a technique that was not counted. */
const NOTHING = { rules: 0, own: 0, perVendor: [] as readonly number[], yours: [] as readonly number[] };

/** ATT&CK as a map of where the catalog's rules are, and where there are none. */
export default function TechniquesPage() {
  const catalog = useStore((state) => state.catalog);
  const [view, setView] = useState(START);
  const { value: all } = useTechniques();
  const { platform } = view;
  const { value: heat } = useCatalogQuery(platform === '' ? null : `heat ${platform}`, (api) =>
    api.heat({ ...NO_FILTERS, unsettled: true, platforms: platform === '' ? [] : [platform] }),
  );
  const techniques = useMemo(() => {
    if (all === null || platform === '' || heat === null) return all;
    const counts = new Map(heat.map((one) => [one.id, one]));
    return all.map((technique) => ({ ...technique, ...(counts.get(technique.id) ?? NOTHING) }));
  }, [all, heat, platform]);
  const columns = useMemo(() => (techniques === null ? [] : matrixOf(techniques, view.vendors, view.subs)), [techniques, view.vendors, view.subs]);
  const parents = (techniques ?? []).filter(({ id, today }) => !id.includes('.') && today.length > 0);
  const covered = parents.filter(({ rules }) => rules > 0).length;
  const draftsOf = useDraftTags();
  const words = view.find.toLowerCase();
  const hasOwn = catalog.kind === 'open' && catalog.use === 'both';
  const lacking = hasOwn && view.lacking;
  const as = view.as === 'coverage' && !hasOwn ? 'matrix' : view.as;
  const cells = new Map(columns.flatMap((column) => column.cells.map((cell) => [cell.technique.id, cell] as const)));
  const lacks = hasOwn ? [...cells.values()].filter(isLacking).length : null;
  const isDim = useMemo(
    () =>
      (cell: Cell): boolean =>
        (words !== '' && !`${cell.technique.id} ${cell.technique.name}`.toLowerCase().includes(words)) ||
        (view.gaps && cell.rules > 0) ||
        (lacking && !isLacking(cell)),
    [words, view.gaps, lacking],
  );
  return (
    <Page name="Techniques">
      <PageHead
        title="Techniques"
        lead={
          techniques === null
            ? undefined
            : `How many rules of the catalog are tagged with each ATT&CK technique. ${covered} of ${parents.length} techniques have at least one; a technique stands under every tactic it serves. Tactics and IDs are those of ATT&CK 19; rules tagged with older IDs count under what replaced them.`
        }
        actions={<LayerExport columns={columns} view={view} hasOwn={hasOwn} />}
      />
      {catalog.kind !== 'open' ? (
        <CatalogWait catalog={catalog} />
      ) : techniques === null ? (
        <Skeleton columns="tttttttt" rows={16} />
      ) : parents.length === 0 ? (
        <Empty title="No techniques">
          This catalog was built without ATT&CK, and none of its rules is tagged. Build it with --attack to see names and tactics.
        </Empty>
      ) : (
        <>
          <MatrixFilters view={view} onView={(part) => setView({ ...view, ...part })} without={parents.length - covered} lacks={lacks} />
          {as === 'matrix' ? (
            <Matrix columns={columns} draftsOf={draftsOf} isDim={isDim} />
          ) : as === 'coverage' ? (
            <CoverageTable columns={columns} isDim={isDim} />
          ) : as === 'tactics' ? (
            <TacticBars columns={columns} />
          ) : (
            <VendorPlot techniques={techniques} view={view} />
          )}
        </>
      )}
    </Page>
  );
}
