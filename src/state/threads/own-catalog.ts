import type { BuildReport, CatalogFailure, CatalogUse, GivenFile, GivenFolder, OwnCatalog } from '../../model';
import { askCatalog, openCatalog } from './catalog';
import { setCatalogUse } from '../settings';
import { getState, setState, useStore } from '../store';

/** Milliseconds for reading and checking a catalog of the reader's. */
const READING = 120_000;

/** Opens the list of catalogs, or closes it. */
export const showCatalogs = (areCatalogsShown: boolean): void => setState({ areCatalogsShown });

/** The reader's own catalog, kept in this browser or held in this tab; null where there is none. */
export const ownCatalog = (): Promise<OwnCatalog | null> => askCatalog((api) => api.own(), READING);

/** What came of taking a catalog. */
export type Taken = { readonly own: OwnCatalog } | { readonly failure: Pick<CatalogFailure, 'message'> };

/** Takes a catalog from the files of its folder and opens it beside the bundled one; what is open stays open when it cannot be read. */
export const takeFiles = (files: readonly GivenFile[]): Promise<Taken> => andOpen(adopt(files));

/** Takes a catalog that was built in this browser; it is opened when it is chosen. */
export const takeBuilt = (files: readonly GivenFile[], report: BuildReport, folder: GivenFolder | null): Promise<Taken> => adopt(files, { report, folder });

/** Takes a catalog and opens it, from a folder of this application's own server. */
export async function takeAddress(written: string): Promise<Taken> {
  const address = addressOf(written);
  return typeof address === 'string' ? await andOpen(adopt(address)) : { failure: address };
}

const adopt = (given: readonly GivenFile[] | string, built?: { readonly report: BuildReport; readonly folder: GivenFolder | null }): Promise<Taken> =>
  askCatalog(async (api): Promise<Taken> => api.adopt(given, built), READING).catch((): Taken => ({
    failure: { message: 'The catalog could not be read: reading it took too long, or the browser gave no more memory.' },
  }));

async function andOpen(taking: Promise<Taken>): Promise<Taken> {
  const taken = await taking;
  if ('own' in taken) await chooseCatalogs('both');
  return taken;
}

/** The folder an address names, with a slash at its end; only this application's own server is asked, so that nothing can be learnt elsewhere. */
function addressOf(written: string): string | { readonly message: string } {
  let url: URL;
  try {
    url = new URL(written.trim(), document.baseURI);
  } catch {
    return { message: 'This is no address. Expected a path such as catalogs/mine/.' };
  }
  if (url.origin !== location.origin)
    return { message: `Only ${location.origin} is asked, where this page comes from. Open the files instead, or put the catalog beside the application.` };
  return url.origin + url.pathname.replace(/(?:manifest\.json|\/)?$/, '/').replace(/\/+$/, '/');
}

/** Opens these catalogs from now on. */
export async function chooseCatalogs(use: CatalogUse): Promise<void> {
  setCatalogUse(use);
  await settled();
  await openCatalog();
}

/** Waits for a catalog that is being opened: it is of the choice before. */
function settled(): Promise<void> {
  if (getState().catalog.kind !== 'opening') return Promise.resolve();
  return new Promise((resolve) => {
    const stop = useStore.subscribe(({ catalog }) => {
      if (catalog.kind === 'opening') return;
      stop();
      resolve();
    });
  });
}

/** Forgets the reader's own catalog and opens the bundled one. */
export async function forgetOwn(): Promise<void> {
  await askCatalog((api) => api.discard());
  await chooseCatalogs('bundled');
}
