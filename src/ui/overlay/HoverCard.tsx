import { type FocusEvent, type KeyboardEvent, type MouseEvent, type ReactNode, useState } from 'react';
import { HoverCardPopup } from './HoverCardPopup';
import { useAfter } from '../useAfter';

/** What the thing a card belongs to must carry. */
interface HoverTarget {
  readonly onMouseEnter: (event: MouseEvent<HTMLElement>) => void;
  readonly onMouseLeave: () => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

interface HoverCardProps {
  /** What the card says. */
  readonly card: ReactNode;
  /** Called when it is about to show. */
  readonly onOpen?: () => void;
  /** Draws the thing it belongs to: a button or a link. */
  readonly children: (target: HoverTarget) => ReactNode;
}

const OPENS = 300;
const CLOSES = 100;

/** A card beside a thing: 300 ms in, 100 ms out, at once for the keyboard; it stays while the pointer is in it, Escape closes it. */
export function HoverCard({ card, onOpen, children }: HoverCardProps) {
  const [open, setOpen] = useState(false);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const timer = useAfter();
  const after = (delay: number, next: boolean): void => {
    if (next && !open) onOpen?.();
    timer.run(delay, () => setOpen(next));
  };
  const target: HoverTarget = {
    onMouseEnter: (event) => {
      setAnchor(event.currentTarget);
      after(OPENS, true);
    },
    onMouseLeave: () => after(CLOSES, false),
    onFocus: (event) => {
      setAnchor(event.currentTarget);
      if (event.target.matches(':focus-visible')) after(0, true);
    },
    onBlur: () => after(0, false),
    onKeyDown: (event) => {
      if (event.key !== 'Escape' || !open) return;
      event.stopPropagation();
      after(0, false);
    },
  };
  return (
    <>
      {children(target)}
      {open && anchor !== null ? (
        <HoverCardPopup anchor={anchor} onEnter={timer.cancel} onLeave={() => after(CLOSES, false)}>
          {card}
        </HoverCardPopup>
      ) : null}
    </>
  );
}
