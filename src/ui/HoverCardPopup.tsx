import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

interface HoverCardPopupProps {
  readonly anchor: HTMLElement;
  readonly onEnter: () => void;
  readonly onLeave: () => void;
  readonly children: ReactNode;
}

const GAP = 8;

/** To the right of its anchor with its top at the line; to the left, else under or over it, where there is no room. It never covers the anchor. */
function placeBeside(anchor: DOMRect, card: DOMRect): CSSProperties {
  const top = Math.max(GAP, Math.min(anchor.top, innerHeight - card.height - GAP));
  if (anchor.right + GAP + card.width <= innerWidth) return { left: anchor.right + GAP, top };
  if (anchor.left - GAP - card.width >= 0) return { left: anchor.left - GAP - card.width, top };
  const left = Math.max(GAP, innerWidth - card.width - GAP);
  return anchor.bottom + GAP + card.height <= innerHeight ? { left, top: anchor.bottom + GAP } : { left, top: anchor.top - GAP - card.height };
}

/** The card itself, over the page. */
export function HoverCardPopup({ anchor, onEnter, onLeave, children }: HoverCardPopupProps) {
  const card = useRef<HTMLDivElement>(null);
  const [style, setStyle] = useState<CSSProperties>({ visibility: 'hidden' });
  useLayoutEffect(() => {
    if (card.current !== null) setStyle(placeBeside(anchor.getBoundingClientRect(), card.current.getBoundingClientRect()));
  }, [anchor, children]);
  useEffect(() => {
    const element = card.current;
    element?.addEventListener('mouseenter', onEnter);
    element?.addEventListener('mouseleave', onLeave);
    return () => {
      element?.removeEventListener('mouseenter', onEnter);
      element?.removeEventListener('mouseleave', onLeave);
    };
  }, [onEnter, onLeave]);
  return createPortal(
    <div ref={card} className="pop card floating" role="tooltip" style={style}>
      {children}
    </div>,
    document.body,
  );
}
