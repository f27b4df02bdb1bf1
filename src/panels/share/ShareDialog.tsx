import { stopSharing } from '../../state/links/links';
import { useStore } from '../../state/store';
import { lazyPart } from '../../ui/part/lazyPart';

const ShareChoice = lazyPart(() => import('./ShareChoice'), {
  name: 'What goes into the link',
  place: 'over',
  leave: () => ({ name: 'Close', run: stopSharing }),
});

/** What goes into a link, where there is something to choose; fetched when it is first opened. */
export function ShareDialog() {
  const isSharing = useStore((state) => state.isSharing);
  return isSharing ? <ShareChoice /> : null;
}
