import { useMemo } from 'react';
import type { Guide } from '../../model';
import { Block } from '../../ui/layout/Page';
import { lazyPart } from '../../ui/part/lazyPart';

const GridPlot = lazyPart(() => import('../../ui/plot/GridPlot'), { name: 'The drawing' });
const FIELDS = 12;

/** Which kinds of comparison the fields filtered most are used with; the table of fields has the same figures in words. */
export function KindsPlot({ fields }: { readonly fields: Guide['fields'] }) {
  const cells = useMemo(() => {
    const kinds = new Map<string, number>();
    for (const { how } of fields.slice(0, FIELDS)) for (const [kind, rules] of how) kinds.set(kind, (kinds.get(kind) ?? 0) + rules);
    const order = [...kinds.keys()].sort((a, b) => kinds.get(b)! - kinds.get(a)! || (a < b ? -1 : 1));
    return fields
      .slice(0, FIELDS)
      .flatMap(({ field, how }) => how.map(([kind, rules]) => ({ row: field, column: kind, count: rules })))
      .sort((a, b) => order.indexOf(a.column) - order.indexOf(b.column));
  }, [fields]);
  const rows = useMemo(() => {
    const places = new Map(fields.map(({ field }, at) => [field, at]));
    // The first cells name the columns in their order, those of one column the rows in theirs.
    return cells.toSorted((a, b) => places.get(a.row)! - places.get(b.row)!);
  }, [cells, fields]);
  if (cells.length === 0) return null;
  return (
    <Block id="kinds" title="Kinds of comparison" note="rules by field and operator">
      <GridPlot label="Rules by field and operator, as in the table of fields" cells={rows} />
    </Block>
  );
}
