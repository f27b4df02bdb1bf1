import { useStore } from '../../state/store';
import { showCatalogs } from '../../state/threads/own-catalog';
import { lazyPart } from '../../ui/part/lazyPart';

const Catalogs = lazyPart(() => import('./Catalogs'), {
  name: 'The list of catalogs',
  place: 'over',
  leave: () => ({ name: 'Close', run: () => showCatalogs(false) }),
});

/** Which catalogs are open, and the reader's own; fetched when it is first opened. */
export function CatalogsDialog() {
  const areShown = useStore((state) => state.areCatalogsShown);
  return areShown ? <Catalogs /> : null;
}
