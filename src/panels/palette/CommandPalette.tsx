import { lazy, Suspense } from 'react';
import { usePaletteMode } from './opening';

const Contents = lazy(() => import('./PaletteContents'));

/** The palette, fetched when it is first opened. */
export function CommandPalette() {
  const mode = usePaletteMode();
  return mode === null ? null : (
    <Suspense fallback={null}>
      <Contents key={mode} mode={mode} />
    </Suspense>
  );
}
