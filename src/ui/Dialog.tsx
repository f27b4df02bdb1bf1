import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the end, the one Enter means last. */
  readonly actions?: ReactNode;
}

/** A question that needs an answer before anything else; Escape and a click beside it close. Load it lazily. */
export default function Dialog({ title, onClose, children, actions }: DialogProps) {
  return (
    <Base.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Popup className="pop dialog">
          <Base.Title>{title}</Base.Title>
          {children}
          {actions === undefined ? null : <footer>{actions}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
