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

/** Counts by two names, in the order they come: the darker the more, the number in each cell. */
export default function GridPlot({ label, cells }: GridPlotProps) {
  const options = useMemo(() => {
    const [rows, columns] = [[...new Set(cells.map(({ row }) => row))], [...new Set(cells.map(({ column }) => column))]];
    const most = Math.max(1, ...cells.map(({ count }) => count));
    const share = ({ count }: GridCell): number => 0.12 + (0.5 * count) / most;
    return {
      height: 28 + HEIGHT * rows.length,
      marginLeft: Math.min(180, 24 + 6 * Math.max(...rows.map(({ length }) => length), 1)),
      marginTop: 24,
      marginBottom: 4,
      x: { domain: columns, axis: 'top' as const, label: null, tickSize: 0 },
      y: { domain: rows, label: null, tickSize: 0 },
      marks: [
        cell(cells, { x: 'column', y: 'row', fill: 'var(--bar)', fillOpacity: share, inset: 1 }),
        text(cells, { x: 'column', y: 'row', text: ({ count }: GridCell) => count.toLocaleString('en'), fill: 'var(--text)' }),
      ],
    };
  }, [cells]);
  return <Figure label={label} options={options} />;
}
