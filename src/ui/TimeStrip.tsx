/** Counts along a time, one scale for all rows of a table; the figures stand beside it. */
export function TimeStrip({ parts }: { readonly parts: readonly number[] }) {
  const most = Math.max(1, ...parts);
  return (
    <svg className="strip" viewBox={`0 0 ${Math.max(1, parts.length)} 16`} preserveAspectRatio="none" aria-hidden="true">
      {parts.map((count, at) => (count === 0 ? null : <rect key={at} x={at} width="1" y={16 - height(count, most)} height={height(count, most)} />))}
    </svg>
  );
}

const height = (count: number, most: number): number => 4 + (12 * count) / most;
