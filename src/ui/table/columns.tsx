import type { RowData } from '@tanstack/react-table';
import { LOG_SCALE, Count, Reach } from '../Reach';
import { Mark, type MarkKind } from '../Mark';
import { NameText } from '../NameText';
import { ValueText } from '../ValueText';
import { type Column, column } from './features';

interface Options {
  readonly sortable?: boolean;
  readonly width?: string | undefined;
}

/** A name in the interface's type; grey where it repeats the row above. */
export const nameColumn = <Row extends RowData>(
  id: string,
  head: string,
  of: (row: Row) => string,
  options: Options & { readonly rowHead?: boolean; readonly opens?: boolean } = {},
): Column<Row> => column(id, head, of, { className: 'name', repeats: true, cell: (row) => <NameText name={of(row)} />, ...options });

/** A second-level word beside the name. */
export const kindColumn = <Row extends RowData>(id: string, head: string, of: (row: Row) => string, options: Options = {}): Column<Row> =>
  column(id, head, of, { className: 'kind', repeats: true, ...options });

/** A value in mono, whole. */
export const valueColumn = <Row extends RowData>(
  id: string,
  head: string,
  of: (row: Row) => string,
  options: Options & { readonly opens?: boolean } = {},
): Column<Row> => column(id, head, of, { className: 'value', cell: (row) => <ValueText text={of(row)} />, ...options });

/** A number; null is not known and blank. */
export const countColumn = <Row extends RowData>(
  id: string,
  head: string,
  of: (row: Row) => number | null,
  options: Options & { readonly title?: string } = {},
): Column<Row> => column(id, head, of, { end: true, cell: (row) => <Count of={of(row)} />, width: 'var(--col-count)', ...options });

/** A number and its share of `whole`, on a linear bar. */
export const shareColumn = <Row extends RowData>(id: string, head: string, of: (row: Row) => number, whole: number, options: Options = {}): Column<Row> =>
  column(id, head, of, { end: true, cell: (row) => <Reach count={of(row)} of={whole} />, width: 'var(--col-bar)', ...options });

interface ReachOptions<Row> extends Options {
  readonly note?: (row: Row) => string | undefined;
}

/** A number of the whole catalog on a logarithmic bar; null is not known and blank. */
export const reachColumn = <Row extends RowData>(
  id: string,
  head: string,
  of: (row: Row) => number | null,
  { note, ...options }: ReachOptions<Row> = {},
): Column<Row> =>
  column(id, head, of, {
    end: true,
    title: LOG_SCALE,
    width: 'var(--col-reach)',
    cell: (row) => {
      const count = of(row);
      return count === null ? null : <Reach count={count} note={note?.(row)} />;
    },
    ...options,
  });

/** How the row stands to something else; null is not known and blank. */
export const markColumn = <Row extends RowData>(id: string, head: string, of: (row: Row) => MarkKind | null, options: Options = {}): Column<Row> =>
  column(id, head, of, {
    width: 'var(--col-mark)',
    cell: (row) => {
      const mark = of(row);
      return mark === null ? null : <Mark kind={mark} />;
    },
    ...options,
  });
