import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Event, EventValue } from '../model';
import { reasonOf } from './files';

/** The events of a file. Until the readers are here: JSON, NDJSON and CSV, gzip of these. */
export async function eventsIn(path: string): Promise<readonly Event[] | { readonly problem: string }> {
  const table = await tableIn(path);
  if ('problem' in table) return table;
  return table.rows.map((row) => Object.fromEntries(table.columns.flatMap(({ name }, at) => (row[at] === undefined ? [] : [[name, row[at]!]]))));
}

/** A table of a file: columns and as many values in each row; undefined: the row has no such column. */
export interface FileTable {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (EventValue | undefined)[])[];
}

export async function tableIn(path: string): Promise<FileTable | { readonly problem: string }> {
  try {
    const bytes = await readFile(path === '-' ? '/dev/stdin' : path);
    const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
    return /\.csv(?:-spec)?(?:\.gz)?$/.test(path) ? csvTable(text) : jsonTable(text);
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

function jsonTable(text: string): FileTable {
  let events: readonly Event[];
  try {
    const whole: unknown = JSON.parse(text);
    events = (Array.isArray(whole) ? whole : [whole]) as readonly Event[];
  } catch {
    events = text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Event);
  }
  const names = [...new Set(events.flatMap((event) => Object.keys(event)))];
  return {
    columns: names.map((name) => ({ name, type: '' })),
    rows: events.map((event) => names.map((name) => (Object.hasOwn(event, name) ? event[name] : undefined))),
  };
}

function csvTable(text: string): FileTable {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const cellsOf = (line: string): string[] =>
    [...line.matchAll(/\s*("(?:[^"]|"")*"|\[[^\]]*\]|[^,]*)\s*(?:,|$)/g)]
      .slice(0, -1)
      .map(([, cell]) => (cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!.trim()));
  const columns = cellsOf(lines[0] ?? '').map((head) => {
    const [name = '', type = ''] = head.split(':');
    return { name: name.trim(), type: type.trim() };
  });
  const valueOf = (cell: string | undefined, type: string): EventValue => {
    if (cell === undefined || cell === '') return null;
    if (cell.startsWith('[') && cell.endsWith(']') && type !== '')
      return cell
        .slice(1, -1)
        .split(',')
        .map((item) => valueOf(item.trim(), type));
    if (/^(?:long|int|integer|double|float|short|byte|half_float|scaled_float|unsigned_long|real)$/.test(type))
      return Number.isSafeInteger(Number(cell)) || cell.includes('.') ? Number(cell) : cell;
    return type === 'boolean' || type === 'bool' ? cell === 'true' : cell;
  };
  return {
    columns,
    rows: lines.slice(1).map((line) => {
      const cells = cellsOf(line);
      return columns.map(({ type }, at) => valueOf(cells[at], type));
    }),
  };
}
