import { plot, type PlotOptions } from '@observablehq/plot';
import { useEffect, useRef } from 'react';
import './plot.css';

interface FigureProps {
  /** What the drawing says, in words; its figures stand in a table elsewhere. */
  readonly label: string;
  /** What is drawn in so many pixels of width. */
  readonly options: (width: number) => PlotOptions;
}

/** A drawing as wide as its place. */
export function Figure({ label, options }: FigureProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const holder = place.current;
    if (holder === null) return;
    let width = 0;
    const draw = (): void => {
      if (holder.clientWidth === width) return;
      width = holder.clientWidth;
      const drawn = plot({ ...options(width), width, style: { background: 'none', fontFamily: 'inherit', fontSize: 'inherit', overflow: 'visible' } });
      // One picture with one name: its parts are not read out.
      for (const part of drawn.querySelectorAll('[aria-label], [aria-description]')) {
        part.removeAttribute('aria-label');
        part.removeAttribute('aria-description');
      }
      drawn.setAttribute('role', 'img');
      drawn.setAttribute('aria-label', label);
      holder.replaceChildren(drawn);
    };
    const watch = new ResizeObserver(draw);
    watch.observe(holder);
    return () => watch.disconnect();
  }, [label, options]);
  return <div ref={place} className="plot" />;
}
