import { dodgeY, dot, ruleX, text } from '@observablehq/plot';
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

/** So many points have a line of their own, with their names; more stand above each other where they are equal. */
const NAMED = 16;
const LINE = 18;
const LONGEST = 44;

const shortened = (name: string): string => (name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name);

/** Counts along a logarithmic line that begins at none, one dot each: named while they are few. */
export default function StripPlot({ label, axis, points }: StripPlotProps) {
  const options = useMemo(() => {
    const most = Math.max(10, ...points.map(({ value }) => value));
    const equals = new Map<number, number>();
    for (const { value } of points) equals.set(value, (equals.get(value) ?? 0) + 1);
    const isNamed = points.length <= NAMED;
    const byValue = points.toSorted((a, b) => b.value - a.value).map(({ name }) => name);
    const said = ({ name, value }: Point): string => `${name}: ${value.toLocaleString('en')}`;
    return () => ({
      height: 44 + (isNamed ? LINE * points.length : ROW * Math.min(14, Math.max(...equals.values(), 1))),
      marginLeft: isNamed ? 20 + Math.min(280, 6.2 * Math.max(...byValue.map((name) => shortened(name).length))) : 12,
      marginRight: isNamed ? 40 : 12,
      ...(isNamed ? { y: { domain: byValue, label: null, tickSize: 0, tickFormat: shortened } } : null),
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
        ...(isNamed
          ? [
              dot(points, { x: 'value', y: 'name', r: 3.5, fill: 'var(--bar)', title: said }),
              text(points, {
                x: 'value',
                y: 'name',
                dx: 8,
                textAnchor: 'start' as const,
                text: ({ value }: Point) => value.toLocaleString('en'),
                fill: 'var(--text-2)',
              }),
            ]
          : [dot(points, dodgeY({ x: 'value', r: 3, fill: 'var(--bar)', padding: 1, title: said }))]),
      ],
    });
  }, [axis, points]);
  return <Figure label={label} options={options} />;
}
