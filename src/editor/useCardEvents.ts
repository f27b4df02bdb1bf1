import { type RefObject, useEffect } from 'react';
import type { Card } from './card';

/** Keeps the card while the pointer or the focus is in it; Escape closes it and goes back to the text. */
export function useCardEvents(popup: RefObject<HTMLElement | null>, card: Card, onLeave: () => void): void {
  useEffect(() => {
    const element = popup.current;
    if (element === null) return;
    const events = new AbortController();
    const { signal } = events;
    element.addEventListener('mouseenter', card.stay, { signal });
    element.addEventListener('mouseleave', card.leave, { signal });
    element.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        card.close();
        onLeave();
      },
      { signal },
    );
    element.addEventListener(
      'focusout',
      ({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) card.close();
      },
      { signal },
    );
    return () => events.abort();
  }, [popup, card, onLeave]);
}
