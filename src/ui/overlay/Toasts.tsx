import { useEffect, useRef, useState } from 'react';
import { Icon } from '../Icon';

interface ToastProps {
  readonly id: number;
  readonly kind: 'info' | 'error';
  readonly text: string;
  /** Stays until it is answered. */
  readonly sticky: boolean;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** Long enough to read, longer where something can be undone. */
const READING = 5000;
const DECIDING = 9000;

/** What happened and what can be undone, over the page and away from what it speaks of; stays while the pointer or the focus is in it. */
export function Toasts({ toasts, onDismiss }: { readonly toasts: readonly ToastProps[]; readonly onDismiss: (id: number) => void }) {
  const newest = toasts.at(-1)?.id;
  const [{ placed, isHigh }, setPlace] = useState<{ readonly placed: number | undefined; readonly isHigh: boolean }>({ placed: undefined, isHigh: false });
  if (newest !== undefined && newest !== placed) setPlace({ placed: newest, isHigh: isFocusLow() });
  return (
    <section className={isHigh ? 'toasts is-high' : 'toasts'} aria-label="Notices">
      <output className="toast-list">
        {toasts.map((toast) => (
          <Toast key={toast.id} {...toast} onDismiss={onDismiss} />
        ))}
      </output>
    </section>
  );
}

/** Whether what was acted on last stands in the lower half of the window. */
function isFocusLow(): boolean {
  const acted = document.activeElement;
  if (acted === null || acted === document.body || acted.closest('.toasts') !== null) return false;
  const { top, height } = acted.getBoundingClientRect();
  return height < innerHeight / 2 && top + height / 2 > innerHeight / 2;
}

function Toast({ id, kind, text, sticky, action, onDismiss }: ToastProps & { readonly onDismiss: (id: number) => void }) {
  const [held, setHeld] = useState(false);
  const dismiss = useRef(onDismiss);
  useEffect(() => {
    dismiss.current = onDismiss;
  });
  useEffect(() => {
    if (sticky || held) return undefined;
    const timer = setTimeout(() => dismiss.current(id), action === null ? READING : DECIDING);
    return () => clearTimeout(timer);
  }, [id, sticky, held, action]);
  return (
    <div
      className="pop toast"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {kind === 'error' ? <Icon name="error" className="error" /> : null}
      <span>{text}</span>
      {action === null ? null : (
        <button
          type="button"
          className={sticky ? 'btn' : 'btn plain'}
          onClick={() => {
            action.run();
            onDismiss(id);
          }}
        >
          {action.label}
        </button>
      )}
      {sticky || action === null ? (
        <button type="button" className="btn plain square" aria-label="Dismiss" onClick={() => onDismiss(id)}>
          <Icon name="close" size="small" />
        </button>
      ) : null}
    </div>
  );
}
