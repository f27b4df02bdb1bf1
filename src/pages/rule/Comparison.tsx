import { useMemo } from 'react';
import type { Polarity, Triple } from '../../model';
import { keyOf } from '../../state/catalog-state';
import { Icon } from '../../ui/Icon';
import { Block } from '../../ui/layout/Page';
import { kindColumn, nameColumn, valueColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import type { Group } from '../../ui/table/itemsOf';
import { byText } from '../../syntax/by-text';

export type PlacedTriple = Triple & { readonly polarity: Polarity };

interface ComparisonProps {
  readonly id: string;
  readonly here: readonly PlacedTriple[];
  /** What it is compared with, and its name. */
  readonly there: readonly PlacedTriple[];
  readonly name: string;
}

interface Row extends Triple {
  readonly side: 'indicator' | 'exclusion';
  readonly inHere: boolean;
  readonly inThere: boolean;
}

const SIDES = { indicator: 'Looked for', exclusion: 'Excluded' } as const;
const FIRST = 60;

/** What two rules look for and exclude, as the corpus counts it: in both, or in one of them. */
export function Comparison({ id, here, there, name }: ComparisonProps) {
  const rows = useMemo(() => rowsOf(here, there), [here, there]);
  const both = rows.filter(({ inHere, inThere }) => inHere && inThere).length;
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      nameColumn('field', 'Field', (row) => row.field, { width: 'var(--col-field-page)' }),
      kindColumn('kind', 'Kind', (row) => row.kind, { width: 'var(--col-kind)' }),
      valueColumn('value', 'Value', (row) => row.value),
      holds('here', 'This rule', (row) => row.inHere),
      holds('there', 'The other', (row) => row.inThere),
    ],
    [],
  );
  return (
    <Block
      id={id}
      title={`Beside ${name}`}
      note={`${both} in both, of ${rows.length}`}
      lead="Compared in the corpus' own form, so that the same demand in another language counts as the same."
    >
      <DataTable
        labelledBy={`${id}-head`}
        className="fixed"
        columns={columns}
        rows={rows}
        keyOf={(row) => `${row.side} ${keyOf(row)}`}
        groupOf={groupOf}
        first={FIRST}
      />
    </Block>
  );
}

const holds = (id: string, head: string, of: (row: Row) => boolean): Column<Row> =>
  column(id, head, (row) => (of(row) ? 1 : 0), {
    width: 'var(--col-guide)',
    className: 'clipped',
    cell: (row) =>
      of(row) ? (
        <span className="mark has">
          <Icon name="check" size="small" />
          has
        </span>
      ) : (
        <span className="quiet">no</span>
      ),
  });

const groupOf = (row: Row): Group => ({ key: row.side, head: SIDES[row.side] });

function rowsOf(here: readonly PlacedTriple[], there: readonly PlacedTriple[]): readonly Row[] {
  const rows = new Map<string, Row>();
  const put = (triples: readonly PlacedTriple[], isHere: boolean): void => {
    for (const { field, kind, value, polarity } of triples) {
      if (polarity !== 'indicator' && polarity !== 'exclusion') continue;
      const key = `${polarity} ${keyOf({ field, kind, value })}`;
      const known = rows.get(key) ?? { field, kind, value, side: polarity, inHere: false, inThere: false };
      rows.set(key, isHere ? { ...known, inHere: true } : { ...known, inThere: true });
    }
  };
  put(here, true);
  put(there, false);
  const rank = ({ side, inHere, inThere }: Row): number => (side === 'exclusion' ? 4 : 0) + (inHere && inThere ? 0 : inHere ? 1 : 2);
  return [...rows.values()].sort((a, b) => rank(a) - rank(b) || byText(a.field, b.field) || byText(a.kind, b.kind) || byText(a.value, b.value));
}
