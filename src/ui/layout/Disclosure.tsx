import { type ReactNode, useState } from 'react';
import { Icon } from '../Icon';

interface DisclosureProps {
  readonly title: string;
  readonly count?: number | string | undefined;
  readonly isOpen?: boolean;
  /** Of its heading, where it stands under a heading of level 1. */
  readonly level?: 2 | 3;
  /** Drawn only while it is open. */
  readonly children: ReactNode;
}

/** A section that opens in place; its contents are not made before. */
export function Disclosure({ title, count, isOpen = false, level = 3, children }: DisclosureProps) {
  const [open, setOpen] = useState(isOpen);
  const Heading = `h${level}` as const;
  return (
    <section className="fold">
      <Heading className="foldhead">
        <button type="button" className="inset-focus" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'down' : 'right'} size="tiny" />
          <span>{title}</span>
          <span className="count">{typeof count === 'number' ? count.toLocaleString('en') : count}</span>
        </button>
      </Heading>
      {open ? children : null}
    </section>
  );
}
