import { type ButtonHTMLAttributes, type ReactNode, useRef, useState } from 'react';
import { lazyPart } from '../part/lazyPart';
import type { MenuItem } from './MenuPopup';

interface MenuProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  readonly items: readonly MenuItem[];
  /** Above the items. */
  readonly head?: string;
  readonly children: ReactNode;
}

/** The lines of a menu that something else opens. */
export const MenuPopup = lazyPart(() => import('./MenuPopup'), {
  name: 'The menu',
  place: 'over',
  leave: ({ onOpenChange }) => ({ name: 'Close', run: () => onOpenChange(false) }),
});

/** A button that opens a menu; the menu's machinery is fetched when one is first opened. */
export function Menu({ items, head, children, ...button }: MenuProps) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        type="button"
        {...button}
        ref={anchor}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => {
          setAsked(true);
          setOpen(!open);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setAsked(true);
          setOpen(true);
        }}
      >
        {children}
      </button>
      {asked ? <MenuPopup anchor={anchor} open={open} onOpenChange={setOpen} items={items} head={head} /> : null}
    </>
  );
}
