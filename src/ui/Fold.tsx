import { type ReactNode, useState } from 'react';
import { Icon } from './Icon';

interface FoldProps {
  readonly title: string;
  readonly count?: number | string | undefined;
  readonly isOpen?: boolean;
  /** Drawn only while it is open. */
  readonly children: ReactNode;
}

/** A section that opens in place; its contents are not made before. */
export function Fold({ title, count, isOpen = false, children }: FoldProps) {
  const [open, setOpen] = useState(isOpen);
  return (
    <section className="fold">
      <h3>
        <button type="button" className="inset-focus" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'down' : 'right'} size="tiny" />
          {title}
          <span className="count">{typeof count === 'number' ? count.toLocaleString('en') : count}</span>
        </button>
      </h3>
      {open ? children : null}
    </section>
  );
}
