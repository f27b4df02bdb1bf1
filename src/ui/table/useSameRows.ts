import { useMemo } from 'react';

/** The rows, those that mean the same as before being the very objects of before: a table does not draw them again. `isSame` is asked of rows with the same key. */
export function useSameRows<Row>(rows: readonly Row[], keyOf: (row: Row) => string, isSame: (a: Row, b: Row) => boolean): readonly Row[] {
  const share = useMemo(() => sharing(keyOf, isSame), [keyOf, isSame]);
  return useMemo(() => share(rows), [share, rows]);
}

function sharing<Row>(keyOf: (row: Row) => string, isSame: (a: Row, b: Row) => boolean): (rows: readonly Row[]) => readonly Row[] {
  let last: ReadonlyMap<string, Row> = new Map();
  return (rows) => {
    const shared = rows.map((row) => {
      const before = last.get(keyOf(row));
      return before !== undefined && isSame(before, row) ? before : row;
    });
    last = new Map(shared.map((row) => [keyOf(row), row]));
    return shared;
  };
}
