import { cell, text } from '@observablehq/plot';
import { useMemo } from 'react';
import { Figure } from './Figure';

export interface GridCell {
  readonly row: string;
  readonly column: string;
  readonly count: number;
}

interface GridPlotProps {
  readonly label: string;
  readonly cells: readonly GridCell[];
}

const HEIGHT = 22;
/** Pixels of a letter, about. */
const LETTER = 6;

const longest = (names: readonly string[]): number => Math.max(...names.map(({ length }) => length), 1);

/** Counts by two names, in the order they come: the darker the more, the number in each cell. */
export default function GridPlot({ label, cells }: GridPlotProps) {
  const options = useMemo(() => {
    const [rows, columns] = [[...new Set(cells.map(({ row }) => row))], [...new Set(cells.map(({ column }) => column))]];
    const most = Math.max(1, ...cells.map(({ count }) => count));
    const share = ({ count }: GridCell): number => 0.12 + (0.5 * count) / most;
    const marginLeft = Math.min(180, 24 + LETTER * longest(rows));
    return (width: number) => {
      // Heads that would lie over each other stand aslant.
      const head = LETTER * longest(columns);
      const isAslant = head > (width - marginLeft) / columns.length;
      const marginTop = isAslant ? 12 + head * Math.SQRT1_2 : 24;
      return {
        height: marginTop + 4 + HEIGHT * rows.length,
        marginLeft,
        marginRight: isAslant ? Math.max(20, head * Math.SQRT1_2 - (width - marginLeft) / columns.length / 2) : 20,
        marginTop,
        marginBottom: 4,
        x: { domain: columns, axis: 'top' as const, label: null, tickSize: 0, ...(isAslant ? { tickRotate: -45 } : null) },
        y: { domain: rows, label: null, tickSize: 0 },
        marks: [
          cell(cells, { x: 'column', y: 'row', fill: 'var(--bar)', fillOpacity: share, inset: 1 }),
          text(cells, { x: 'column', y: 'row', text: ({ count }: GridCell) => count.toLocaleString('en'), fill: 'var(--text)' }),
        ],
      };
    };
  }, [cells]);
  return <Figure label={label} options={options} />;
}
