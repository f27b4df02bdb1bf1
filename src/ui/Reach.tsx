import type { CSSProperties } from 'react';

/** Share of a logarithmic bar that ends at 1,000; one rule shows as a sliver, none as nothing. */
const logShare = (count: number): number => (count <= 0 ? 0 : Math.min(1, Math.max(0.02, Math.log10(count) / 3)));

export const LOG_SCALE = 'Rules in the whole catalog; the bar is logarithmic, with ticks at 10 and 100';

interface ReachProps {
  readonly count: number;
  /** What the count is a part of, on a linear bar; absent: a logarithmic one. */
  readonly of?: number;
  /** Said before the number. */
  readonly note?: string | undefined;
}

/** A number and a thin bar after it. */
export function Reach({ count, of, note }: ReachProps) {
  const share = of === undefined ? logShare(count) : of === 0 ? 0 : Math.min(1, count / of);
  return (
    <div className="reach">
      <span className={count === 0 ? 'zero' : undefined}>
        {note === undefined ? null : <span className="only">{note} </span>}
        {count.toLocaleString('en')}
      </span>
      <span className={`bar${of === undefined ? ' log' : ''}${count === 0 ? ' none' : ''}`} aria-hidden="true">
        <i style={{ '--share': `${(share * 100).toFixed(1)}%` } as CSSProperties} />
      </span>
    </div>
  );
}

/** A count: a zero steps back, an unknown is blank. */
export const Count = ({ of }: { readonly of: number | null }) =>
  of === null ? null : <span className={of === 0 ? 'zero' : undefined}>{of.toLocaleString('en')}</span>;
