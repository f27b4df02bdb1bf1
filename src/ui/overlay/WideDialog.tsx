import { Dialog } from '@base-ui/react/dialog';
import { type ReactNode, type RefObject, useState } from 'react';
import { Icon } from '../Icon';

interface WideDialogProps {
  readonly title: string;
  /** Beside the title, in small. */
  readonly note?: ReactNode;
  readonly onClose: () => void;
  /** What has the focus first; absent: its first control. */
  readonly first?: RefObject<HTMLElement | null>;
  /** Buttons at its end. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

/** A dialog with room for text: its head and foot stay, what is between scrolls. Escape closes it and the focus goes back. Load it lazily. */
export function WideDialog({ title, note, onClose, first, foot, children }: WideDialogProps) {
  const [before] = useState(() => (document.activeElement instanceof HTMLElement ? document.activeElement : null));
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="pop dialog wide" initialFocus={first} finalFocus={() => before}>
          <header>
            <Dialog.Title>{title}</Dialog.Title>
            {note === undefined ? null : <span className="label small clip">{note}</span>}
            <span className="space" />
            <kbd>Esc</kbd>
            <Dialog.Close className="btn plain square" aria-label="Close">
              <Icon name="close" size="small" />
            </Dialog.Close>
          </header>
          {children}
          {foot === undefined ? null : <footer>{foot}</footer>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
