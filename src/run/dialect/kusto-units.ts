import { refused, type RunFunction } from '../dialect';
import { isNumber } from '../value';
import units from './kusto-units.json';

/** A unit's size in the base unit, and what zero of it is there. */
type Scale = Readonly<Record<string, number | readonly number[]>>;

/** A value in the base unit is `value * factor + offset`. */
const placeOf = (scale: Scale, unit: string): readonly [factor: number, offset: number] | null => {
  if (!Object.hasOwn(scale, unit)) return null;
  const [factor = 1, offset = 0] = [scale[unit]!].flat();
  return [factor, offset];
};

/** `convert_length(1.2, 'Meter', 'Foot')`. A unit whose size the documentation leaves open is refused. */
export const KUSTO_UNITS: readonly (readonly [string, RunFunction])[] = Object.entries(units.kinds as Readonly<Record<string, Scale>>).map(([kind, scale]) => [
  `convert_${kind}`,
  {
    call([value, from, to]) {
      if (!isNumber(value) || typeof from !== 'string' || typeof to !== 'string') return null;
      const [source, target] = [placeOf(scale, from), placeOf(scale, to)];
      if (source === null || target === null) throw refused(`the unit \`${source === null ? from : to}\``);
      return (Number(value) * source[0] + source[1] - target[1]) / target[0];
    },
  },
]);
