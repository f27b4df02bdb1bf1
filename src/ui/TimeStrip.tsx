interface TimeStripProps {
  readonly parts: readonly number[];
  /** The part that is lit. */
  readonly lit?: number | null;
  /** A part with something in it is clicked; what it chooses can be chosen elsewhere too. */
  readonly onChoose?: (part: number) => void;
}

/** Counts along a time, one scale for all rows of a table; the figures stand beside it. */
export function TimeStrip({ parts, lit, onChoose }: TimeStripProps) {
  const most = Math.max(1, ...parts);
  return (
    <svg className="strip" viewBox={`0 0 ${Math.max(1, parts.length)} 16`} preserveAspectRatio="none" aria-hidden="true">
      {parts.map((count, at) =>
        count === 0 ? null : (
          <g key={at} className={at === lit ? 'is-lit' : undefined} onClick={onChoose && (() => onChoose(at))}>
            {onChoose === undefined ? null : <rect className="place" x={at} width="1" height="16" />}
            <rect x={at} width="1" y={16 - height(count, most)} height={height(count, most)} />
          </g>
        ),
      )}
    </svg>
  );
}

const height = (count: number, most: number): number => 4 + (12 * count) / most;
