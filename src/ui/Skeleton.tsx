import type { CSSProperties } from 'react';

/** Widths of the text bars, as real rows differ. */
const WIDTHS = ['38%', '28%', '44%', '32%', '48%', '26%'];

interface SkeletonProps {
  /** One letter per column: `t` text, `n` a number, `b` a number with a bar. */
  readonly columns: string;
  readonly rows: number;
}

/** Rows of the height and columns of what comes. */
export const Skeleton = ({ columns, rows }: SkeletonProps) => (
  <div className="skeletons" aria-hidden="true">
    {Array.from({ length: rows }, (_, row) => (
      <div key={row}>
        {[...columns].map((kind, at) => (
          <Bar key={at} share={kind === 't' ? WIDTHS[(row + at) % WIDTHS.length]! : kind === 'n' ? 'var(--s6)' : 'var(--bar-width)'} />
        ))}
      </div>
    ))}
  </div>
);

/** One bar, for a place where text comes. */
export const Bar = ({ share }: { readonly share: string }) => <span className="skeleton" style={{ '--share': share } as CSSProperties} />;
