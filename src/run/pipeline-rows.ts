import type { Operation } from '../model';
import { refused, type Evaluate, type Row } from './dialect';
import type { Column, Table } from './engine';
import { unionOf } from './pipeline-combine';
import { keyOf, type Running } from './pipeline-dialect';
import { draftOf, keepEvent, type Draft } from './running';
import { isBag, isNumber, type Value } from './value';

/** A name with stars as a pattern of names. */
export const patternOf = (name: string): RegExp => new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's');

/** Whether a name is one, or fits it where it has stars. */
export function namesLike(name: string): (own: string) => boolean {
  if (!name.includes('*')) return (own) => own === name;
  const pattern = patternOf(name);
  return (own) => pattern.test(own);
}

/** Column names that a name with stars stands for. */
export function fitting(name: string, columns: readonly Column[]): readonly string[] {
  if (!name.includes('*')) return [name];
  const isLike = namesLike(name);
  return columns.flatMap((column) => (isLike(column.name) ? [column.name] : []));
}

/** The type a column has, '' where none is known. */
export const typeIn = (table: Table, name: string): string => table.columns.find((column) => column.name === name)?.type ?? '';

/** Columns under other names, one after another: what one makes the next may take. */
export function rename(of: readonly { readonly from: string; readonly to: string }[], table: Table): Table {
  // One after another: what one makes the next may take.
  let { columns, rows } = table;
  for (const { from, to } of of) {
    const pairs = from.includes('*') ? fitting(from, columns).map((name) => [name, starred(name, from, to)] as const) : [[from, to] as const];
    for (const [old, name] of pairs) {
      if (old === name) continue;
      columns = columns.filter((column) => column.name !== name).map((column) => (column.name === old ? { ...column, name } : column));
      rows = rows.map((row) => {
        if (!Object.hasOwn(row, old)) return row;
        const draft = Object.create(null) as Draft;
        keepEvent(draft, row);
        for (const [key, value] of Object.entries(row)) if (key !== name) draft[key === old ? name : key] = value;
        return draft;
      });
    }
  }
  return { columns, rows };
}

/** `a.*` as `b.*`: what the star stood for stays. */
export function starred(name: string, from: string, to: string): string {
  const pattern = new RegExp(`^${from.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '(.*)')}$`, 's');
  const groups = pattern.exec(name)?.slice(1) ?? [];
  let at = 0;
  return to.replaceAll('*', () => groups[at++] ?? '');
}

/** `range x from a to b step c` as rows. */
export function range(operation: Extract<Operation, { kind: 'range' }>, running: Running): Table {
  const [from, to, by] = [operation.from, operation.to, operation.step].map((operand) => running.evaluate(operand)({}));
  const add = running.dialect.functions.get('+');
  if (from === undefined || to === undefined || by === undefined || from === null || to === null || by === null || add?.call === undefined)
    throw refused('a range without an end');
  const rows: Draft[] = [];
  const scope = running.reading.scope;
  const forward = running.dialect.order(add.call([from, by], scope), from);
  if (forward === null || forward === 0) throw refused('a range that does not move');
  for (let value: Value = from; ; value = add.call([value, by], scope)) {
    const order = running.dialect.order(value, to);
    if (order === null || (forward > 0 ? order > 0 : order < 0)) break;
    if (rows.length > 1_000_000) throw refused('a range of more than a million rows');
    const row = Object.create(null) as Draft;
    row[operation.name] = value;
    rows.push(row);
  }
  return { columns: [{ name: operation.name, type: '' }], rows };
}

/** Rows in a new order; equal ones keep theirs. */
export function sort({ by }: Pick<Extract<Operation, { kind: 'sort' }>, 'by'>, table: Table, running: Running): Table {
  const { dialect } = running;
  const keys = by.map(({ of, descending, nulls, as }) => ({
    evaluate: running.evaluate(of),
    descending,
    first: nulls === undefined ? dialect.nullsFirst(descending) : nulls === 'first',
    as,
  }));
  const withKeys = table.rows.map((row) => ({ row, values: keys.map(({ evaluate }) => evaluate(row)) }));
  const orderOf = (a: (typeof withKeys)[number], b: (typeof withKeys)[number]): number => {
    for (const [at, { descending, first, as }] of keys.entries()) {
      const [left, right] = [a.values[at]!, b.values[at]!];
      if (left === null || right === null) {
        if (left === right) continue;
        return (left === null) === first ? -1 : 1;
      }
      const order = dialect.sorted(left, right, as, descending);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
  withKeys.sort(orderOf);
  if (withKeys.some((own, at) => at > 0 && orderOf(withKeys[at - 1]!, own) === 0))
    running.readings.add('rows that are equal in what they are sorted by stand as they were met');
  return { columns: table.columns, rows: withKeys.map(({ row }) => row) };
}

/** The first rows, or the last, of all or of each group. */
export function limit(operation: Extract<Operation, { kind: 'limit' }>, table: Table, running: Running): Table {
  const count = running.evaluate(operation.count)({});
  const number = isNumber(count) ? Number(count) : typeof count === 'string' && /^\d+$/.test(count) ? Number(count) : null;
  if (number === null || number < 0) throw refused('a limit that is no number');
  if (running.dialect.takesAny === true && table.isOrdered !== true && table.rows.length > number)
    running.readings.add('rows that are in no order are taken as they were met');
  const keys = (operation.by ?? []).map((operand) => running.evaluate(operand));
  const counts = new Map<string, number>();
  const isTaken = (row: Row): boolean => {
    const key = keys.map((evaluate) => keyOf(evaluate(row))).join('\u0000');
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= number;
  };
  const rows = operation.end === 'tail' ? table.rows.toReversed().filter(isTaken).toReversed() : table.rows.filter(isTaken);
  return { columns: table.columns, rows };
}

/** One row of each combination of values. */
export function distinct(written: Extract<Operation, { kind: 'distinct' }>, table: Table, running: Running): Table {
  // A star is all columns, as no column is.
  const operation = written.by.some((operand) => operand.kind === 'field' && operand.name === '*') ? { ...written, by: [] } : written;
  const options = new Map(operation.options?.map(({ name, value }) => [name.toLowerCase(), value]));
  for (const name of options.keys()) if (!['keepevents', 'keepempty', 'consecutive', 'sortby'].includes(name)) throw refused(`the option \`${name}\``);
  if (options.has('sortby')) throw refused('sorting inside `dedup`');
  const isOn = (name: string): boolean => /^(?:t|true|1|yes)$/i.test(options.get(name) ?? '');
  const names = operation.by.map((operand) => (operand.kind === 'field' ? operand.name : null));
  const of =
    operation.by.length > 0
      ? operation.by.map((operand) => running.evaluate(operand))
      : table.columns.map(
          ({ name }): Evaluate =>
            (row) =>
              row[name] ?? null,
        );
  const seen = new Map<string, number>();
  const count = operation.count ?? 1;
  let last: string | null = null;
  const rows: Row[] = [];
  for (const row of table.rows) {
    const values = of.map((evaluate) => evaluate(row));
    if (operation.keep === true && values.includes(null)) {
      if (isOn('keepempty')) rows.push(row);
      continue;
    }
    const key = values.map(keyOf).join('\u0000');
    if (isOn('consecutive') && key !== last) seen.delete(key);
    last = key;
    const met = seen.get(key) ?? 0;
    seen.set(key, met + 1);
    if (met < count) rows.push(row);
    else if (isOn('keepevents')) {
      const draft = draftOf(row);
      for (const name of names) if (name !== null) delete draft[name];
      rows.push(draft);
    }
  }
  if (operation.keep === true || operation.by.length === 0) return { columns: table.columns, rows };
  const made = operation.by.map((_, at) => ({ name: names[at] ?? `Column${at + 1}`, evaluate: of[at]! }));
  return {
    columns: made.map(({ name }) => ({ name, type: typeIn(table, name) })),
    rows: rows.map((row) => {
      const draft = Object.create(null) as Draft;
      for (const { name, evaluate } of made) draft[name] = evaluate(row);
      return draft;
    }),
  };
}

/** A row for each of the values of a column; `through`: what is done with the rows of each row. */
export function expand(operation: Extract<Operation, { kind: 'expand' }>, table: Table, running: Running): Table {
  const { dialect } = running;
  const { index, branch } = operation;
  const of = operation.of.map(({ name, value }, at) => {
    const type = operation.types?.[at] ?? '';
    return { name, evaluate: running.evaluate(value), type, shown: type === '' ? running.columnType(value) : type };
  });
  const most = operation.limit === undefined ? Infinity : Number(running.evaluate(operation.limit)({}) ?? Infinity);
  const made: readonly Column[] = [...of.map(({ name, shown }) => ({ name, type: shown })), ...(index === undefined ? [] : [{ name: index, type: '' }])];
  const columns = withColumns(table.columns, made);
  const rowsOf = (row: Row): Draft[] => {
    const lists = of.map(({ evaluate }) => dialect.expanded(evaluate(row), operation.pairs === true));
    const length = Math.min(
      most || Infinity,
      lists.reduce((longest, list) => Math.max(longest, list.length), 0),
    );
    return Array.from({ length }, (_, at) => {
      const draft = draftOf(row);
      of.forEach(({ name, type }, which) => {
        const item = lists[which]![at] ?? null;
        draft[name] = type === '' ? item : dialect.typed(item, type);
      });
      if (index !== undefined) draft[index] = BigInt(at);
      return draft;
    });
  };
  if (branch === undefined) return { columns, rows: table.rows.flatMap(rowsOf) };
  // What comes of the rows of one row stands beside that row.
  let after = table.columns;
  const rows = table.rows.flatMap((row) => {
    const inner = running.through(branch, { columns, rows: rowsOf(row) });
    after = withColumns(after, inner.columns);
    return inner.rows.map((found) => {
      const draft = draftOf(row);
      for (const { name } of inner.columns) draft[name] = found[name] ?? null;
      return draft;
    });
  });
  return { columns: after, rows };
}

/** Columns with others beside them, which take the place of those of their name. */
export function withColumns(columns: readonly Column[], others: readonly Column[]): readonly Column[] {
  const made = new Map(others.map(({ name, type }) => [name, { name, type }]));
  const kept = columns.map((column) => made.get(column.name) ?? column);
  const known = new Set(columns.map(({ name }) => name));
  return [...kept, ...[...made.values()].filter(({ name }) => !known.has(name))];
}

/** The rows of each value of a column apart. */
export function partition(operation: Extract<Operation, { kind: 'partition' }>, table: Table, running: Running): Table {
  const evaluate = running.evaluate(operation.by);
  const groups = new Map<string, Row[]>();
  for (const row of table.rows) {
    const key = keyOf(evaluate(row));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return unionOf(
    [...groups.values()].map((rows) => running.through(operation.branch, { columns: table.columns, rows })),
    running,
  );
}

/** The columns that have a value in some row, the others' gaps filled. */
export function fill({ value }: Extract<Operation, { kind: 'fill' }>, table: Table, running: Running): Table {
  const filled = running.evaluate(value)({});
  const names = table.columns.map(({ name }) => name).filter((name) => table.rows.some((row) => (row[name] ?? null) !== null));
  const rows = table.rows.map((row) => {
    const draft = draftOf(row);
    for (const name of names) draft[name] ??= filled;
    return draft;
  });
  return { columns: table.columns, rows };
}

/** Members of an object as columns in its place. */
export function unpack(operation: Extract<Operation, { kind: 'unpack' }>, table: Table, running: Running): Table {
  const { of, prefix, conflict, makes, alone } = operation;
  const evaluate = running.evaluate(of);
  const gone = of.kind === 'field' ? of.name : null;
  const kept = table.columns.filter(({ name }) => name !== gone);
  const known = new Set(kept.map(({ name }) => name));
  const without = new Set(operation.without);
  const named = makes === undefined ? null : new Map(makes.map(({ name, type }) => [name, type]));
  const types = new Map<string, string>();
  const members = table.rows.map((row): readonly (readonly [string, Value])[] => {
    const value = evaluate(row);
    if (value !== null && !isBag(value)) throw refused('`bag_unpack` of what is no object');
    return Object.entries(value ?? {}).flatMap(([member, inner]) => {
      const name = prefix + member;
      if (without.has(member) || (named !== null && !named.has(name))) return [];
      if (known.has(name)) {
        if (conflict === 'error') throw refused(`a member \`${name}\` beside a column of the name`);
        if (conflict === 'keep') return [];
      }
      const type = inner === null ? '' : running.dialect.typeOf(inner);
      const before = types.get(name);
      types.set(name, named?.get(name) ?? (before === undefined || before === '' || before === type ? type : type === '' ? before : 'dynamic'));
      return [[name, inner] as const];
    });
  });
  for (const { name, type } of makes ?? []) if (!known.has(name)) types.set(name, type);
  const made = [...types].map(([name, type]) => ({ name, type }));
  if (makes === undefined) made.sort((a, b) => (a.name < b.name ? -1 : 1));
  const columns = withColumns(
    table.columns.filter(({ name }) => types.has(name) || (name !== gone && alone !== true)),
    made,
  );
  const rows = table.rows.map((row, at) => {
    const draft = draftOf(row);
    if (gone !== null) delete draft[gone];
    for (const [name, type] of types) if (!known.has(name)) draft[name] = running.dialect.lacking(type);
    for (const [name, value] of members[at]!) draft[name] = running.dialect.typed(value, types.get(name)!);
    return draft;
  });
  return { columns, rows };
}

/** Columns cut out of a text. */
export function extract(operation: Extract<Operation, { kind: 'extract' }>, table: Table, running: Running): Table {
  const pattern = operation.pattern === null || operation.pattern.kind === 'list' ? null : running.evaluate(operation.pattern)({});
  if (pattern !== null && typeof pattern !== 'string') throw refused('a pattern that is no text');
  const cut = running.dialect.extractor(operation, running.evaluate(operation.from), pattern);
  if (cut === null) throw refused(`\`${operation.how}\``);
  const made = new Set(operation.makes.map(({ name }) => name));
  const rows: Draft[] = [];
  for (const row of table.rows) {
    const found = cut(row);
    if (found === 'drop') continue;
    const draft = draftOf(row);
    if (found !== null)
      for (const [name, value] of Object.entries(found)) {
        made.add(name);
        draft[name] = value;
      }
    rows.push(draft);
  }
  const types = new Map(operation.makes.toReversed().map(({ name, type }) => [name, type]));
  return {
    columns: withColumns(
      table.columns,
      [...made].map((name) => ({ name, type: types.get(name) ?? '' })),
    ),
    rows,
  };
}
