import { useEffect } from 'react';
import { takeNewer } from '../../state/newer-version';
import { notify } from '../../state/notices';
import { isReplaced } from '../../ui/part/load-failure';

/** When a script of this build is gone, and because the server holds a newer one, that is said once: the tab goes on with its own until its reader reloads. */
export function useNewerVersion(): void {
  useEffect(() => {
    let isTold = false;
    const ask = async (): Promise<void> => {
      if (isTold || !(await isReplaced()) || isTold) return;
      isTold = true;
      notify('info', 'A newer Rulewright is on the server. This tab goes on with its own until you reload; your drafts are saved.', {
        sticky: true,
        action: { label: 'Reload now', run: () => void takeNewer() },
      });
    };
    const onFailure = (): void => void ask();
    addEventListener('vite:preloadError', onFailure);
    return () => removeEventListener('vite:preloadError', onFailure);
  }, []);
}
