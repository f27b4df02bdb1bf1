import type { Remote } from 'comlink';
import type { CatalogApi, CatalogPages } from '../model';
import { type Asked, useCatalog } from '../state/asked';
import { askCatalog } from '../state/catalog';

type Corpus = Remote<CatalogApi & CatalogPages>;

/** Asks the catalog what only pages ask; as `useCatalog`. */
export const useCorpus = <T>(key: string | null, ask: (corpus: Corpus) => Promise<T>): Asked<T> => useCatalog(key, (api) => ask(api as Corpus));

/** One question, outside of drawing; rejects when the catalog cannot answer. */
export const askCorpus = <T>(ask: (corpus: Corpus) => Promise<T>): Promise<T> => askCatalog((api) => ask(api as Corpus));
