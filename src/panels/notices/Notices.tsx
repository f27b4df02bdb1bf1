import { dismiss } from '../../state/notices';
import { useStore } from '../../state/store';
import { Toasts } from '../../ui/overlay/Toasts';

/** What happened, over every page. */
export const Notices = () => <Toasts toasts={useStore((state) => state.notices)} onDismiss={dismiss} />;
