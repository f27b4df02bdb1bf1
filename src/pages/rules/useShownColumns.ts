import { keepLayout } from '../../state/settings';
import { useStore } from '../../state/store';
import { useNarrow, useSingle, useSnug, useTight } from '../../ui/useMedia';
import { FIRST_HIDDEN, HIDEABLE, NARROW_HIDDEN, SINGLE_HIDDEN, SNUG_HIDDEN, TIGHT_HIDDEN } from './ruleColumns';

const KEPT = 'rules shown';
const NO_CHOICE: Readonly<Record<string, number>> = {};

/** Which columns are hidden, and what shows or hides one: as the reader chose, here and earlier; where nothing was chosen, as the width allows. */
export function useShownColumns(): readonly [hidden: readonly string[], toggle: (id: string) => void] {
  const chosen = useStore((state) => state.preferences.layouts[KEPT]) ?? NO_CHOICE;
  const narrow = useNarrow();
  const snug = useSnug();
  const tight = useTight();
  const gone = useSingle() ? SINGLE_HIDDEN : tight ? TIGHT_HIDDEN : narrow ? NARROW_HIDDEN : snug ? SNUG_HIDDEN : [];
  const isShown = (id: string): boolean => (chosen[id] ?? Number(!FIRST_HIDDEN.includes(id) && !gone.includes(id))) > 0;
  const hidden = HIDEABLE.map(([id]) => id).filter((id) => !isShown(id));
  return [hidden, (id) => keepLayout(KEPT, { ...chosen, [id]: Number(!isShown(id)) })];
}
