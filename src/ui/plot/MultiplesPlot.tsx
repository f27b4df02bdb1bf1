import { barX, text } from '@observablehq/plot';
import { useMemo } from 'react';
import { Figure } from './Figure';

export interface Bar {
  readonly group: string;
  readonly name: string;
  readonly value: number;
}

interface MultiplesPlotProps {
  readonly label: string;
  readonly bars: readonly Bar[];
}

const HEIGHT = 18;

/** The same names once in every group, side by side on one scale; each bar with its number. */
export default function MultiplesPlot({ label, bars }: MultiplesPlotProps) {
  const options = useMemo(() => {
    const [groups, names] = [[...new Set(bars.map(({ group }) => group))], [...new Set(bars.map(({ name }) => name))]];
    const most = Math.max(1, ...bars.map(({ value }) => value));
    return () => ({
      height: 40 + HEIGHT * names.length,
      marginLeft: Math.min(260, 20 + 6 * Math.max(...names.map(({ length }) => length), 1)),
      marginRight: 8,
      marginTop: 28,
      marginBottom: 8,
      fx: { domain: groups, label: null, axis: 'top' as const, padding: 0.08 },
      x: { domain: [0, most * 1.18], axis: null },
      y: { domain: names, label: null, tickSize: 0 },
      marks: [
        barX(bars, { fx: 'group', y: 'name', x: 'value', fill: 'var(--bar)', insetTop: 3, insetBottom: 3 }),
        text(bars, {
          fx: 'group',
          y: 'name',
          x: 'value',
          dx: 4,
          textAnchor: 'start' as const,
          text: ({ value }: Bar) => value.toLocaleString('en'),
          fill: 'var(--text-2)',
        }),
      ],
    });
  }, [bars]);
  return <Figure label={label} options={options} />;
}
