import { useMemo } from 'react';

/** The rows, those that mean the same as before being the very objects of before: a table does not draw them again. `isSame` is asked of rows with the same key. */
export function useSameRows<Row>(rows: readonly Row[], keyOf: (row: Row) => string, isSame: (a: Row, b: Row) => boolean): readonly Row[] {
  const share = useMemo(() => sharing(keyOf, isSame), [keyOf, isSame]);
  return useMemo(() => share(rows), [share, rows]);
}

function sharing<Row>(keyOf: (row: Row) => string, isSame: (a: Row, b: Row) => boolean): (rows: readonly Row[]) => readonly Row[] {
  let last: readonly Row[] = [];
  return (rows) => {
    // Most are the very objects, where they stood.
    let start = 0;
    while (start < rows.length && rows[start] === last[start]) start++;
    let tail = 0;
    while (tail < Math.min(rows.length, last.length) - start && rows.at(-1 - tail) === last.at(-1 - tail)) tail++;
    const before = new Map(last.slice(start, last.length - tail).map((row) => [keyOf(row), row]));
    const between = rows.slice(start, rows.length - tail).map((row) => {
      const same = before.get(keyOf(row));
      return same !== undefined && isSame(same, row) ? same : row;
    });
    last = [...rows.slice(0, start), ...between, ...rows.slice(rows.length - tail)];
    return last;
  };
}
