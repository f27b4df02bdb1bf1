/** Rows with their columns under each other: texts to the left, numbers to the right. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => rows.reduce((widest, row) => Math.max(widest, row[column]!.length), 0));
  const isNumber = widths.map((_, column) => rows.slice(1).every((row) => /^\d*$/.test(row[column]!)));
  return rows.map((row) =>
    row
      .map((cell, column) => (isNumber[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}
