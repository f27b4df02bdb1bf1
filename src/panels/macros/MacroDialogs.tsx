import { closeExpansion } from '../../state/expansion';
import { showMacros } from '../../state/macros';
import { useStore } from '../../state/store';
import { lazyPart } from '../../ui/part/lazyPart';

const ExpansionDialog = lazyPart(() => import('./ExpansionDialog'), {
  name: 'The written out macros',
  place: 'over',
  leave: () => ({ name: 'Close', run: closeExpansion }),
});
const OwnMacrosDialog = lazyPart(() => import('./OwnMacrosDialog'), {
  name: 'The list of macros',
  place: 'over',
  leave: () => ({ name: 'Close', run: () => showMacros(false) }),
});

/** The query with its macros written out, and the reader's own macros; fetched when one is first opened. */
export function MacroDialogs() {
  const expanded = useStore((state) => state.expansion);
  const areMacrosShown = useStore((state) => state.areMacrosShown);
  return (
    <>
      {expanded === null ? null : <ExpansionDialog expanded={expanded} />}
      {areMacrosShown ? <OwnMacrosDialog /> : null}
    </>
  );
}
