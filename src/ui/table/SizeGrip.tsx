import { useRef } from 'react';

/** No column is narrower, in pixels. */
const LEAST = 40;

/** The edge of a column's head: dragging sets the column's width in pixels, a double click gives it its own back (null). */
export function SizeGrip({ onSize }: { readonly onSize: (size: number | null) => void }) {
  const start = useRef<{ readonly at: number; readonly width: number } | null>(null);
  return (
    <span
      className="size"
      aria-hidden="true"
      onDoubleClick={() => onSize(null)}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: event.clientX, width: event.currentTarget.closest('th')!.offsetWidth };
      }}
      onPointerMove={(event) => {
        if (start.current !== null) onSize(Math.max(LEAST, Math.round(start.current.width + event.clientX - start.current.at)));
      }}
      onLostPointerCapture={() => {
        start.current = null;
      }}
    />
  );
}
