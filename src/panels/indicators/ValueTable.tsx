import { useMemo } from 'react';
import type { Span } from '../../model';
import { editor } from '../../state/editor-handle';
import { hover } from '../../state/highlight';
import { useLitIndex, useTechnique } from '../../state/select';
import { DataTable } from '../../ui/table/DataTable';
import { useSameRows } from '../../ui/table/useSameRows';
import { RowButton } from '../../ui/table/InRow';
import type { Group } from '../../ui/table/itemsOf';
import { useNarrow, useSingle, useWide } from '../../ui/useMedia';
import { fieldGroup, GROUPED } from '../fieldGroup';
import { VendorCounts } from '../Vendor';
import { RulesBehind } from '../rules/RulesBehind';
import { type CountedRow, valueColumns } from './valueColumns';

interface ValueTableProps {
  readonly label: string;
  /** Head of the column that counts rules of the technique. */
  readonly here: string;
  readonly rows: readonly CountedRow[];
  readonly groupOf?: (row: CountedRow) => Group;
}

/** Columns fit their contents where all rows are drawn; in a long table, whose rows come and go, they stand still. */
const LONG = 100;

const keyOf = (row: CountedRow): string => row.key;

/** Of two rows with the same key. */
const isSame = (a: CountedRow, b: CountedRow): boolean =>
  a.here === b.here &&
  a.mark === b.mark &&
  a.reach?.total === b.reach?.total &&
  a.stage === b.stage &&
  a.spans.length === b.spans.length &&
  a.spans.every(({ start, end }, index) => start === b.spans[index]?.start && end === b.spans[index]?.end);

/** Values of the draft with what the corpus says of them. Pointing at a row lights its text; a row opens to the rules behind it. */
export function ValueTable({ label, here, rows: all, groupOf }: ValueTableProps) {
  const rows = useSameRows(all, keyOf, isSame);
  const technique = useTechnique();
  const narrow = useNarrow();
  const wide = useWide();
  const single = useSingle();
  const spans = useMemo(() => rows.map((row) => row.spans), [rows]);
  const lit = useLitIndex(spans);
  const fits = rows.length <= LONG && !single;
  const columns = useMemo(() => valueColumns(here, technique, fits), [here, technique, fits]);
  const hidden = useMemo(() => [...(narrow ? ['counted'] : []), ...(wide ? [] : ['vendors']), ...(single ? GROUPED : [])], [narrow, wide, single]);
  const inGroups = useMemo(() => (single ? (row: CountedRow) => fieldGroup(row, groupOf?.(row)) : groupOf), [single, groupOf]);
  return (
    <DataTable
      label={label}
      className={fits ? 'fitted' : 'fixed'}
      columns={columns}
      rows={rows}
      keyOf={keyOf}
      hidden={hidden}
      lit={lit}
      onPoint={(row) => hover(row?.spans ?? null)}
      detailOf={(row) => <Behind row={row} />}
      groupOf={inGroups}
    />
  );
}

function Behind({ row }: { readonly row: CountedRow }) {
  return (
    <>
      <p className="behind">
        {row.reach === null ? null : <VendorCounts counts={row.reach.perVendor} />}
        {row.spans.map((span, index) => (
          <GoTo key={span.start} span={span} name={row.spans.length === 1 ? 'Go to it' : `Go to place ${index + 1}`} />
        ))}
      </p>
      {row.triple === null ? (
        <p className="hint">It cannot be compared with other rules: its value is an expression, or stands for a whole event.</p>
      ) : (
        <RulesBehind triple={row.triple} polarity={row.polarity} under={null} reach={row.reach?.total ?? null} />
      )}
    </>
  );
}

const GoTo = ({ span, name }: { readonly span: Span; readonly name: string }) => (
  <RowButton className="link" onClick={() => editor()?.reveal(span)}>
    {name}
  </RowButton>
);
