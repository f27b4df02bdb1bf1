import { refused, type Row } from '../dialect';
import type { Column, Table } from '../engine';
import { unionOf } from '../pipeline-combine';
import { keyOf, type OwnStep } from '../pipeline-dialect';
import { fitting } from '../pipeline-rows';
import { draftOf, keepEvent, type Draft } from '../running';
import type { Value } from '../value';
import { foreach } from './spl-foreach';
import { transaction } from './spl-transaction';
import { heldByStars, mvOf, splNumber, splText, valuesIn } from './spl-values';

type Step = Parameters<OwnStep>[0];

const namesIn = ({ of }: Step, columns: readonly Column[]): readonly string[] =>
  of.flatMap((operand) => (operand.kind === 'field' ? fitting(operand.name, columns) : []));

const settingsOf = ({ options = [] }: Step, known: readonly string[]): ReadonlyMap<string, string> => {
  for (const { name } of options) if (!known.includes(name)) throw refused(`the option \`${name}\``);
  return new Map(options.map(({ name, value }) => [name, value]));
};

const isOn = (value: string | undefined, otherwise = false): boolean => (value === undefined ? otherwise : /^(?:t|true|1)$/i.test(value));

/** A table with other rows, and columns of these names at its end where it has none. */
const withRows = (table: Table, rows: readonly Row[], ...made: readonly string[]): Table => ({
  columns: [...table.columns, ...made.filter((name) => !table.columns.some((column) => column.name === name)).map((name) => ({ name, type: '' }))],
  rows,
});

/** Rows that differ in one column only, as one row with all its values. */
const mvcombine: OwnStep = (step, table) => {
  settingsOf(step, ['delim']);
  const [name] = namesIn(step, table.columns);
  if (name === undefined) return table;
  const groups = new Map<string, { readonly row: Row; readonly values: Value[] }>();
  for (const row of table.rows) {
    const key = table.columns.map((column) => (column.name === name ? '' : keyOf(row[column.name]))).join('\u0000');
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { row, values: [...valuesIn(row[name])] });
    else for (const one of valuesIn(row[name])) known.values.push(one);
  }
  return withRows(
    table,
    [...groups.values()].map(({ row, values }) => Object.assign(draftOf(row), { [name]: mvOf(values) })),
  );
};

/** Columns with a number in some row, but for those of the index itself. */
const numeric = ({ columns, rows }: Table): readonly string[] =>
  columns.map(({ name }) => name).filter((name) => !name.startsWith('_') && rows.some((row) => splNumber(row[name]) !== null));

const sumOf = (values: readonly (Value | undefined)[]): number => values.reduce<number>((sum, value) => sum + (splNumber(value) ?? 0), 0);

/** A column with the sums of each row, and a row with those of each column. */
const totals =
  (inRow: boolean, inColumn: boolean): OwnStep =>
  (step, table) => {
    const settings = settingsOf(step, ['row', 'col', 'fieldname', 'labelfield', 'label']);
    const total = settings.get('fieldname') ?? 'Total';
    const isSummed = isOn(settings.get('row'), inRow);
    const chosen = (from: Table): readonly string[] => (step.of.length === 0 ? numeric(from) : namesIn(step, from.columns));
    const names = chosen(table);
    const rows = isSummed ? table.rows.map((row): Row => Object.assign(draftOf(row), { [total]: sumOf(names.map((name) => row[name])) })) : table.rows;
    const made = isSummed ? withRows(table, rows, total) : table;
    if (!isOn(settings.get('col'), inColumn)) return made;
    const last = Object.create(null) as Draft;
    for (const name of isSummed && step.of.length === 0 ? [...names, total] : names) last[name] = sumOf(rows.map((row) => row[name]));
    const label = settings.get('labelfield');
    if (label !== undefined) last[label] = settings.get('label') ?? 'Total';
    return withRows(made, [...rows, last], ...(label === undefined ? [] : [label]));
  };

/** The columns of a search of its own beside those there are, first row to first row. */
const appendcols: OwnStep = (step, table, running) => {
  const isOver = isOn(settingsOf(step, ['override', 'maxtime', 'maxout', 'timeout']).get('override'));
  const beside = running.branch(step.branch!);
  if (beside.rows.length > table.rows.length) throw refused('more rows beside than there are');
  const taken = new Set(isOver ? [] : table.columns.map(({ name }) => name));
  const columns = beside.columns.filter(({ name }) => !taken.has(name));
  const rows = table.rows.map((row, at) => {
    const draft = draftOf(row);
    for (const { name } of columns) if ((beside.rows[at]?.[name] ?? null) !== null) draft[name] = beside.rows[at]![name]!;
    return draft;
  });
  return withRows(table, rows, ...columns.map(({ name }) => name));
};

/** Simple and weighted averages of the last rows. */
const trendline: OwnStep = (step, table) => {
  let made = table;
  for (const { name, value } of step.options ?? []) {
    const [, kind, size, field] = /^(sma|wma)(\d+)\((.+)\)$/i.exec(value) ?? [];
    if (kind === undefined) throw refused(`trendline \`${value}\``);
    const count = Number(size);
    const weights = Array.from({ length: count }, (_, at) => (kind.toLowerCase() === 'sma' ? 1 : at + 1));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const numbers = made.rows.map((row) => splNumber(row[field!]));
    const rows = made.rows.map((row, at) => {
      const last = at + 1 < count ? [] : numbers.slice(at + 1 - count, at + 1);
      return last.length === 0 || last.includes(null)
        ? row
        : Object.assign(draftOf(row), { [name]: last.reduce<number>((sum, number, index) => sum + number! * weights[index]!, 0) / whole });
    });
    made = withRows(made, rows, name);
  }
  return made;
};

/** A column worked out of the numbers of one from row to row; `next` gives what the row shows, null for nothing. */
const along =
  (
    options: readonly string[],
    next: (settings: ReadonlyMap<string, string>) => (number: number | null) => number | null,
    named: (field: string) => string,
  ): OwnStep =>
  (step, table) => {
    const settings = settingsOf(step, [...options, 'as']);
    const [field] = namesIn(step, table.columns);
    if (field === undefined) return table;
    const name = settings.get('as') ?? named(field);
    const value = next(settings);
    const rows = table.rows.map((row) => {
      const found = value(splNumber(row[field]));
      return found === null ? row : Object.assign(draftOf(row), { [name]: found });
    });
    return withRows(table, rows, name);
  };

const accum = along(
  [],
  () => {
    let sum = 0;
    return (number) => (number === null ? null : (sum += number));
  },
  (field) => field,
);

const delta = along(
  ['p'],
  (settings) => {
    const back = Number(settings.get('p') ?? 1);
    const before: (number | null)[] = [];
    return (number) => {
      const earlier = before.at(-back) ?? null;
      before.push(number);
      return number === null || earlier === null ? null : number - earlier;
    };
  },
  (field) => `delta(${field})`,
);

/** Gaps take the last value above them. */
const filldown: OwnStep = (step, table) => {
  const names = step.of.length === 0 ? table.columns.map(({ name }) => name) : namesIn(step, table.columns);
  const last = new Map<string, Value>();
  const rows = table.rows.map((row) => {
    const draft = draftOf(row);
    for (const name of names) {
      const value = row[name] ?? null;
      if (value !== null) last.set(name, value);
      else if (last.has(name)) draft[name] = last.get(name)!;
    }
    return draft;
  });
  return withRows(table, rows);
};

/** Whole values that fit a pattern, written anew: the stars of one are those of the other, in order. */
const replace: OwnStep = (step, table) => {
  const pairs = step.options ?? [];
  const names = step.of.length === 0 ? table.columns.map(({ name }) => name) : namesIn(step, table.columns);
  const rewritten = (value: Value): Value => {
    const text = splText(value);
    if (text === null) return value;
    for (const { name: from, value: to } of pairs) {
      const starred = heldByStars(text, from.split('*'));
      if (starred === null) continue;
      let at = 0;
      return to.replaceAll('*', () => starred[at++] ?? '');
    }
    return value;
  };
  const rows = table.rows.map((row) => {
    const draft = draftOf(row);
    for (const name of names) if ((row[name] ?? null) !== null) draft[name] = mvOf(valuesIn(row[name]).map(rewritten));
    return draft;
  });
  return withRows(table, rows);
};

/** Columns as rows and rows as columns. */
const untable: OwnStep = (step, table) => {
  const [key, name, value] = step.of.flatMap((operand) => (operand.kind === 'field' ? [operand.name] : []));
  if (key === undefined || name === undefined || value === undefined) throw refused('untable without three columns');
  const rows = table.rows.flatMap((row) =>
    table.columns.flatMap((column) => {
      if (column.name === key || (row[column.name] ?? null) === null) return [];
      const draft = Object.create(null) as Draft;
      keepEvent(draft, row);
      return [Object.assign(draft, { [key]: row[key] ?? null, [name]: column.name, [value]: row[column.name]! })];
    }),
  );
  return { columns: [key, name, value].map((one) => ({ name: one, type: '' })), rows };
};

/** Steps of SPL alone, by their word. */
export const SPL_STEPS: ReadonlyMap<string, OwnStep> = new Map<string, OwnStep>([
  ['reverse', (_, table) => withRows(table, table.rows.toReversed())],
  ['mvcombine', mvcombine],
  ['addtotals', totals(true, false)],
  ['addcoltotals', totals(false, true)],
  ['appendcols', appendcols],
  ['appendpipe', (step, table, running) => unionOf([table, running.through(step.branch!, table)], running)],
  ['trendline', trendline],
  ['accum', accum],
  ['delta', delta],
  ['filldown', filldown],
  ['replace', replace],
  ['untable', untable],
  ['foreach', foreach],
  ['transaction', transaction],
]);
