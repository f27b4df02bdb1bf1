/** Rows as RFC 4180 has them: a line each, cells in quotes where they hold a quote, a comma or a line break. */
export const csvOf = (rows: readonly (readonly string[])[]): string => rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');

const csvCell = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
