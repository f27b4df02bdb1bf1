import { lazy, Suspense } from 'react';
import { useStore } from '../../state/store';

const ExpansionDialog = lazy(() => import('./ExpansionDialog'));
const OwnMacrosDialog = lazy(() => import('./OwnMacrosDialog'));

/** The query with its macros written out, and the reader's own macros; fetched when one is first opened. */
export function MacroDialogs() {
  const expanded = useStore((state) => state.expansion);
  const areMacrosShown = useStore((state) => state.areMacrosShown);
  return (
    <Suspense fallback={null}>
      {expanded === null ? null : <ExpansionDialog expanded={expanded} />}
      {areMacrosShown ? <OwnMacrosDialog /> : null}
    </Suspense>
  );
}
