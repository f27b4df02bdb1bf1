import { dodgeY, dot, ruleX } from '@observablehq/plot';
import { useMemo } from 'react';
import { Figure } from './Figure';

export interface Point {
  readonly name: string;
  readonly value: number;
}

interface StripPlotProps {
  readonly label: string;
  readonly axis: string;
  readonly points: readonly Point[];
}

const TICKS = [0, 1, 3, 10, 30, 100, 300, 1000, 3000];
const ROW = 7;

/** Counts along a logarithmic line that begins at none, one dot each, equal ones above each other. */
export default function StripPlot({ label, axis, points }: StripPlotProps) {
  const options = useMemo(() => {
    const most = Math.max(10, ...points.map(({ value }) => value));
    const equals = new Map<number, number>();
    for (const { value } of points) equals.set(value, (equals.get(value) ?? 0) + 1);
    return {
      height: 44 + ROW * Math.min(14, Math.max(...equals.values(), 1)),
      marginLeft: 12,
      marginRight: 12,
      marginTop: 8,
      marginBottom: 30,
      x: {
        type: 'symlog' as const,
        domain: [0, most],
        ticks: TICKS.filter((tick) => tick <= most),
        tickFormat: (tick: number) => tick.toLocaleString('en'),
        label: axis,
        labelArrow: false,
      },
      marks: [
        ruleX(
          TICKS.filter((tick) => tick <= most),
          { stroke: 'var(--border)' },
        ),
        dot(points, dodgeY({ x: 'value', r: 3, fill: 'var(--bar)', padding: 1, title: ({ name, value }: Point) => `${name}: ${value.toLocaleString('en')}` })),
      ],
    };
  }, [axis, points]);
  return <Figure label={label} options={options} />;
}
