import { openCatalog } from '../state/threads/catalog';
import type { CatalogState } from '../state/catalog-state';
import { showCatalogs } from '../state/threads/own-catalog';
import { Banner } from '../ui/Banner';
import { Progress } from '../ui/Progress';
import { Skeleton } from '../ui/Skeleton';

interface CatalogWaitProps {
  readonly catalog: Exclude<CatalogState, { readonly kind: 'open' }>;
  /** What works already. */
  readonly meanwhile?: string;
}

/** In place of what needs the catalog: real progress while it opens, and what to do when it cannot be. */
export function CatalogWait({ catalog, meanwhile }: CatalogWaitProps) {
  if (catalog.kind === 'failed')
    return (
      <Banner
        kind="error"
        actions={
          <>
            <button type="button" className="btn" onClick={() => void openCatalog()}>
              Retry
            </button>
            <button type="button" className="btn" onClick={() => showCatalogs(true)}>
              Catalogs
            </button>
          </>
        }
      >
        {catalog.failure.message} The editor and its panels work on; figures from the corpus are not shown.
      </Banner>
    );
  const progress = catalog.kind === 'opening' ? catalog.progress : null;
  return (
    <>
      <Progress label="Catalog" loaded={progress?.loaded ?? 0} total={progress?.total ?? 0} />
      <p className="more">
        {progress === null ? 'Opening the catalog.' : `Catalog, ${progress.step}: ${sizeOf(progress.loaded, progress.total)}.`} {meanwhile}
      </p>
      <Skeleton columns="tnb" rows={8} />
    </>
  );
}

const MB = 1_000_000;

/** "3.1 of 5.0 MB". */
const sizeOf = (loaded: number, total: number): string => `${(loaded / MB).toFixed(1)} of ${(total / MB).toFixed(1)} MB`;
