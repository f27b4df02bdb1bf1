import { lazy, Suspense } from 'react';
import { useStore } from '../../state/store';

const Catalogs = lazy(() => import('./Catalogs'));

/** Which catalogs are open, and the reader's own; fetched when it is first opened. */
export function CatalogsDialog() {
  const areShown = useStore((state) => state.areCatalogsShown);
  return areShown ? (
    <Suspense fallback={null}>
      <Catalogs />
    </Suspense>
  ) : null;
}
