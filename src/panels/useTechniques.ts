import type { CatalogApi, CatalogInfo } from '../model';
import { type CatalogQuery, useCatalogQuery } from '../state/threads/use-catalog-query';
import { useStore } from '../state/store';

type Techniques = ReturnType<CatalogApi['techniques']>;

/** Every technique is counted once for an open catalog, whoever asks for them. */
const known = new WeakMap<CatalogInfo, Promise<Techniques>>();

/** All techniques of the open catalog with their rules. */
export function useTechniques(): CatalogQuery<Techniques> {
  const info = useStore(({ catalog }) => (catalog.kind === 'open' ? catalog.info : null));
  return useCatalogQuery(info === null ? null : 'techniques', (api) => {
    const counted = (info === null ? undefined : known.get(info)) ?? api.techniques();
    if (info !== null) known.set(info, counted);
    counted.catch(() => info !== null && known.delete(info));
    return counted;
  });
}
