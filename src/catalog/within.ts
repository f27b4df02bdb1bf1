/** The column itself, when it has `count` entries of 0 to below `limit`; otherwise throws. */
export function within(column: Int32Array, count: number, limit: number): Int32Array {
  if (column.length !== count) throw new Error('its columns differ in length');
  for (let at = 0; at < count; at++) if (column[at]! < 0 || column[at]! >= limit) throw new Error('a column points to nothing');
  return column;
}
