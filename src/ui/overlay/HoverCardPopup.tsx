import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

interface HoverCardPopupProps {
  readonly anchor: HTMLElement;
  readonly onEnter: () => void;
  readonly onLeave: () => void;
  readonly children: ReactNode;
}

const GAP = 8;

/** To the right of its anchor with its top at the line; under the line, else over it, where there is no room. It never covers the line. */
function placeBeside(anchor: HTMLElement, card: DOMRect): CSSProperties {
  const { right, top } = anchor.getBoundingClientRect();
  if (right + GAP + card.width <= innerWidth) return { left: right + GAP, top: Math.max(GAP, Math.min(top, innerHeight - card.height - GAP)) };
  const line = (anchor.closest('tr') ?? anchor).getBoundingClientRect();
  const left = Math.max(GAP, innerWidth - card.width - GAP);
  return line.bottom + card.height <= innerHeight ? { left, top: line.bottom } : { left, top: line.top - card.height };
}

/** The card itself, over the page. */
export function HoverCardPopup({ anchor, onEnter, onLeave, children }: HoverCardPopupProps) {
  const card = useRef<HTMLDivElement>(null);
  const [style, setStyle] = useState<CSSProperties>({ visibility: 'hidden' });
  useLayoutEffect(() => {
    if (card.current !== null) setStyle(placeBeside(anchor, card.current.getBoundingClientRect()));
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
    anchor.closest('main, header') ?? document.body,
  );
}
