import type { Equality, Operation } from '../model';
import { refused, type Row } from './dialect';
import type { Column, Table } from './engine';
import { readerOf } from './fields';
import { addressOf, liesIn, networkOf } from './network';
import { draftOf, keepEvent, type Draft } from './running';
import { keyOf, type Running } from './pipeline-dialect';
import { isList, textOf, type Value } from './value';

/** Rows of tables one after another; a column that a row lacks has no value. `common`: only the columns that all have. */
export function unionOf(tables: readonly Table[], { dialect }: Running, common = false): Table {
  const columns = new Map<string, Column>();
  for (const table of tables) {
    for (const column of table.columns) {
      const known = columns.get(column.name);
      if (known === undefined || known.type === '') columns.set(column.name, column);
      else if (column.type !== '' && known.type !== column.type) throw refused(`a column \`${column.name}\` of two types in a union`);
    }
  }
  const all = [...columns.values()].filter(({ name }) => !common || tables.every((table) => table.columns.some((column) => column.name === name)));
  const dropped = common ? new Set([...columns.keys()].filter((name) => !all.some((column) => column.name === name))) : null;
  const rows = tables.flatMap((table) =>
    table.rows.map((row) => {
      const draft = draftOf(row);
      for (const name of dropped ?? []) delete draft[name];
      for (const { name, type } of all) if (!Object.hasOwn(draft, name) && type !== '') draft[name] = dialect.lacking(type);
      return draft;
    }),
  );
  return { columns: all, rows };
}

const keysOf = (on: readonly Equality[], side: 'left' | 'right', nullsMeet: boolean): ((row: Row) => string | null) => {
  const readers = on.map((equality) => readerOf(equality[side].name));
  return (row) => {
    const values = readers.map((read) => read(row) ?? null);
    return values.includes(null) && !nullsMeet ? null : values.map(keyOf).join('\u0000');
  };
};

/** Rows of two tables that meet, by the kind of join. Rows without a key meet none. */
export function joinTables(operation: Extract<Operation, { kind: 'join' }>, left: Table, running: Running): Table {
  for (const { name } of operation.options ?? []) if (!IDLE.test(name)) throw refused(`the option \`${name}\``);
  const isLookup = operation.options?.some(({ name }) => name === 'lookup') === true;
  const right = running.branch(operation.with);
  const { how, on } = operation;
  if (on.length === 0) throw refused('a join without a key');
  const leftKey = keysOf(on, 'left', running.dialect.nullKeysMeet === true);
  const rightKey = keysOf(on, 'right', running.dialect.nullKeysMeet === true);
  const byKey = indexed(right.rows, rightKey);
  switch (how) {
    case 'leftsemi':
      return { columns: left.columns, rows: left.rows.filter((row) => byKey.has(leftKey(row) ?? '')) };
    case 'leftanti':
      return { columns: left.columns, rows: left.rows.filter((row) => !byKey.has(leftKey(row) ?? '')) };
    case 'rightsemi':
    case 'rightanti': {
      const keys = new Set(left.rows.map(leftKey));
      return { columns: right.columns, rows: right.rows.filter((row) => (rightKey(row) !== null && keys.has(rightKey(row))) === (how === 'rightsemi')) };
    }
    case 'inner':
    case 'innerunique':
    case 'left':
    case 'right':
    case 'full':
      return met(how, left, right, leftKey, rightKey, running, isLookup ? new Set(on.map((equality) => equality.right.name)) : null);
    default:
      return how satisfies never;
  }
}

/** Rows a join may give, and how many more for each row it is given: beyond that time and memory grow with their product. */
const MOST_ROWS = 20_000;
const ROWS_EACH = 10;

const IDLE = /^(?:lookup|hint\..*|max|usetime|earlier|overwrite|kind|type)$/i;

function indexed(rows: readonly Row[], keyIn: (row: Row) => string | null): ReadonlyMap<string, readonly Row[]> {
  const byKey = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyIn(row);
    if (key === null) continue;
    const found = byKey.get(key);
    if (found === undefined) byKey.set(key, [row]);
    else found.push(row);
  }
  return byKey;
}

function met(
  how: 'inner' | 'innerunique' | 'left' | 'right' | 'full',
  left: Table,
  right: Table,
  leftKey: (row: Row) => string | null,
  rightKey: (row: Row) => string | null,
  running: Running,
  /** Of a lookup: the right side's keys, which are not shown a second time. */
  hidden: ReadonlySet<string> | null,
): Table {
  const { dialect } = running;
  const taken = new Set(left.columns.map(({ name }) => name));
  const own = new Set(right.columns.map(({ name }) => name));
  const names: { readonly column: Column; readonly as: string | null }[] = [];
  for (const column of right.columns) {
    if (hidden?.has(column.name) === true) continue;
    let as: string | null = column.name;
    if (taken.has(column.name)) as = dialect.twin(column.name, (name) => taken.has(name) || own.has(name));
    if (as !== null) taken.add(as);
    names.push({ column, as });
  }
  const columns = [...left.columns, ...names.flatMap(({ column, as }) => (as === null ? [] : [{ name: as, type: column.type }]))];
  const rows: Draft[] = [];
  const join = (one: Row | null, other: Row | null): void => {
    const draft = Object.create(null) as Draft;
    if (one !== null) keepEvent(draft, one);
    for (const { name, type } of left.columns) {
      if (one === null) draft[name] = dialect.lacking(type || typeAmong(left, name, running));
      else if (Object.hasOwn(one, name)) draft[name] = one[name]!;
    }
    for (const { column, as } of names) {
      const { name, type } = column;
      if (other === null) {
        if (as !== null) draft[as] = dialect.lacking(type || typeAmong(right, name, running));
      } else if (as !== null) draft[as] = other[name] ?? null;
      else if ((other[name] ?? null) !== null) draft[name] = other[name]!;
    }
    rows.push(draft);
  };
  const firsts = how === 'innerunique' ? new Map(left.rows.toReversed().map((row) => [leftKey(row), row])) : null;
  const leftRows = firsts === null ? left.rows : [...firsts.values()].toReversed();
  const chosen = left.columns.flatMap(({ name }) =>
    firsts !== null && left.rows.some((row) => keyOf(row[name]) !== keyOf(firsts.get(leftKey(row))![name])) ? [name] : [],
  );
  const byKey = indexed(right.rows, rightKey);
  const meeting = leftRows.reduce((sum, row) => sum + (byKey.get(leftKey(row) ?? '')?.length ?? 0), 0);
  if (meeting > MOST_ROWS + ROWS_EACH * (left.rows.length + right.rows.length))
    throw refused(`a join in which ${meeting.toLocaleString('en')} pairs of rows have the same key`);
  const used = new Set<string>();
  for (const row of leftRows) {
    const key = leftKey(row);
    const found = key === null ? undefined : byKey.get(key);
    if (found === undefined) {
      if (how === 'left' || how === 'full') join(row, null);
      continue;
    }
    used.add(key!);
    for (const other of found) join(row, other);
  }
  if (how === 'right' || how === 'full') for (const row of right.rows) if (!used.has(rightKey(row) ?? '\u0001')) join(null, row);
  return { columns, rows, ...(chosen.length === 0 ? null : { chosen }) };
}

/** The type of a column by its values. */
function typeAmong(table: Table, name: string, { dialect }: Running): string {
  const value = table.rows.find((row) => (row[name] ?? null) !== null)?.[name];
  return value === undefined ? '' : dialect.typeOf(value);
}

/** Columns of a table that is given under a name, or of an enrich policy. */
export function lookUp(operation: Extract<Operation, { kind: 'lookup' }>, table: Table, running: Running): Table {
  const { tables, policies } = running.given;
  const policy = policies.get(operation.table);
  const source = policy?.table ?? tables.get(operation.table);
  if (source === undefined) throw refused(`the table \`${operation.table}\` is not given`);
  for (const { name } of operation.options ?? []) throw refused(`the option \`${name}\` of a lookup`);
  const on = operation.on.map(({ left, right }) => ({
    read: readerOf(left.name),
    name: policy === undefined || right.name !== left.name ? right.name : policy.matchField,
  }));
  if (on.length === 0) throw refused('a lookup without a key');
  const offered = policy === undefined ? source.columns.map(({ name }) => name).filter((name) => !on.some((key) => key.name === name)) : policy.fields;
  const makes = operation.makes.length > 0 ? operation.makes : offered.map((name) => ({ from: name, to: name }));
  const typed = new Map(source.columns.map(({ name, type }) => [name, type]));
  const valueOf = (row: Row, name: string): Value => running.dialect.typed(row[name] ?? null, typed.get(name) ?? '');
  const fits = (own: Value, other: Value): boolean => {
    if (isList(own)) return own.some((one) => fits(one, other));
    if (isList(other)) return other.some((one) => fits(own, one));
    if (own === null || other === null) return false;
    return policy?.type === 'range' ? inRange(textOf(own), textOf(other)) : keyOf(own) === keyOf(other) || textOf(own) === textOf(other);
  };
  if (policy !== undefined && policy.type !== 'match' && policy.type !== 'range') throw refused(`an enrich policy of the type \`${policy.type}\``);
  const rows: Draft[] = [];
  for (const row of table.rows) {
    const found = source.rows.filter((other) => on.every(({ read, name }) => fits(read(row) ?? null, valueOf(other, name))));
    if (found.length === 0) {
      if (operation.onlyMatching === true) continue;
      const draft = draftOf(row);
      for (const { to } of makes) draft[to] = null;
      rows.push(draft);
    } else if (policy === undefined)
      for (const other of found) {
        const draft = draftOf(row);
        for (const { from, to } of makes) draft[to] = valueOf(other, from);
        rows.push(draft);
      }
    else {
      const draft = draftOf(row);
      for (const { from, to } of makes) {
        const values = found.map((other) => valueOf(other, from)).flatMap((value) => (isList(value) ? value : value === null ? [] : [value]));
        draft[to] = values.length === 0 ? null : values.length === 1 ? values[0]! : values;
      }
      rows.push(draft);
    }
  }
  const made = new Map(makes.map(({ from, to }) => [to, typed.get(from) ?? '']));
  return { columns: [...table.columns.filter(({ name }) => !made.has(name)), ...[...made].map(([name, type]) => ({ name, type }))], rows };
}

/** `10.0.0.0/8`; `1.5..1.6`, its end left out; or `1-10`. */
function inRange(text: string, range: string): boolean {
  const network = networkOf(range);
  const address = addressOf(text);
  if (network !== null && address !== null) return liesIn(address, network);
  const half = /^\s*(-?\d+(?:\.\d+)?)\s*\.\.\s*(-?\d+(?:\.\d+)?)\s*$/.exec(range);
  if (half !== null) return Number(text) >= Number(half[1]) && Number(text) < Number(half[2]);
  const found = /^\s*(-?[\d.]+)\s*-\s*(-?[\d.]+)\s*$/.exec(range);
  return found !== null && Number(text) >= Number(found[1]) && Number(text) <= Number(found[2]);
}
