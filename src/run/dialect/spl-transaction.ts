import { refused, type Row } from '../dialect';
import { keyOf, type OwnStep } from '../pipeline-dialect';
import type { Draft } from '../running';
import { TRUE } from '../truth';
import type { Value } from '../value';
import { spanSeconds } from './spl-time';
import { mvOf, splNumber, splText, valuesIn } from './spl-values';

/** Rows that belong together, newest first as Splunk meets them. */
interface Group {
  readonly rows: Row[];
  /** The values of the fields it holds together by, as far as its rows have them. */
  readonly keys: Map<string, string>;
  first: number;
  readonly last: number;
  isClosed: boolean;
}

const OPTIONS: ReadonlySet<string> = new Set(
  'maxspan maxpause maxevents keepevicted mvlist connected startswith endswith maxopentxn maxopenevents unifyends delim nullstr mvraw'.split(' '),
);

/** Rows of equal values, near in time, as one: each column with all its values, `duration` and `eventcount` beside. */
export const transaction: OwnStep = ({ of, options = [], tests = [] }, table, running) => {
  const names = of.flatMap((operand) => (operand.kind === 'field' ? [operand.name] : []));
  const settings = new Map(options.map(({ name, value }) => [name, value]));
  for (const name of settings.keys()) if (!OPTIONS.has(name)) throw refused(`the option \`${name}\` of transaction`);
  const lengthOf = (name: string): number => {
    const text = settings.get(name);
    if (text === undefined || text === '-1') return Infinity;
    const seconds = spanSeconds(text);
    if (seconds === null) throw refused(`the length of time \`${text}\``);
    return seconds;
  };
  const [maxspan, maxpause, maxevents] = [lengthOf('maxspan'), lengthOf('maxpause'), Number(settings.get('maxevents') ?? 1000)];
  const isOn = (name: string): boolean => /^(?:t|true|1)$/i.test(settings.get(name) ?? '');
  const connected = !/^(?:f|false|0)$/i.test(settings.get('connected') ?? 't');
  const bound = (name: string): ((row: Row) => boolean) | null => {
    const conditions = tests.filter((test) => test.name === name).map(({ predicate }) => running.condition(predicate));
    if (conditions.length === 0 && settings.has(name)) throw refused(`\`${name}\` of transaction`);
    return conditions.length === 0 ? null : (row) => conditions.every((condition) => condition(row) === TRUE);
  };
  const [starts, ends] = [bound('startswith'), bound('endswith')];
  const readers = names.map((name) => ({ name, read: running.reading.read(name) }));
  const timed = table.rows.map((row) => {
    const at = splNumber(row['_time']);
    if (at === null) throw refused('a transaction of rows without `_time`');
    return { row, at };
  });
  const done: Group[] = [];
  const open = new Map<string, Group>();
  const loose: Group[] = [];
  const closed = (group: Group): boolean => group.isClosed || group.rows.length >= maxevents;
  for (const { row, at } of timed.toSorted((a, b) => b.at - a.at)) {
    const own = new Map(readers.flatMap(({ name, read }) => ((read(row) ?? null) === null ? [] : [[name, keyOf(read(row))] as const])));
    if (names.length > 0 && own.size === 0) continue;
    const whole = own.size === names.length ? names.map((name) => own.get(name)).join('\u0000') : null;
    const agrees = ({ keys }: Group): boolean =>
      [...own].every(([name, key]) => (keys.get(name) ?? key) === key) && (!connected || names.length === 0 || [...own.keys()].some((name) => keys.has(name)));
    const found = (whole === null ? undefined : open.get(whole)) ?? loose.findLast((group) => !closed(group) && agrees(group));
    const isEnd = ends?.(row) === true;
    const fits = found !== undefined && !closed(found) && !isEnd && found.last - at <= maxspan && found.first - at <= maxpause;
    const group: Group = fits ? found : { rows: [], keys: new Map(), first: at, last: at, isClosed: false };
    if (!fits) {
      done.push(group);
      if (whole === null || own.size < names.length) loose.push(group);
    }
    group.rows.push(row);
    group.first = at;
    for (const [name, key] of own) if (!group.keys.has(name)) group.keys.set(name, key);
    group.isClosed = starts?.(row) === true;
    if (whole !== null) open.set(whole, group);
  }
  const isWhole = ({ rows }: Group): boolean => (starts === null || starts(rows.at(-1)!)) && (ends === null || ends(rows[0]!));
  const kept = isOn('keepevicted') ? done : done.filter(isWhole);
  const listed = (name: string): boolean => {
    const list = settings.get('mvlist') ?? 'f';
    return isOn('mvlist') || list.split(/[\s,]+/).includes(name);
  };
  const rows = kept.map((group): Row => {
    const draft = Object.create(null) as Draft;
    const inOrder = group.rows.toReversed();
    for (const { name } of table.columns)
      draft[name] = together(
        inOrder.map((row) => row[name] ?? null),
        listed(name),
      );
    return Object.assign(draft, {
      _time: group.first,
      duration: group.last - group.first,
      eventcount: group.rows.length,
      closed_txn: starts !== null && isWhole(group) ? 1 : 0,
    });
  });
  const made = ['_time', 'duration', 'eventcount', 'closed_txn'].filter((name) => !table.columns.some((column) => column.name === name));
  return { columns: [...table.columns, ...made.map((name) => ({ name, type: '' }))], rows };
};

/** The values of a column: all as they come, or each once, by their letters. */
function together(values: readonly Value[], isListed: boolean): Value {
  if (isListed) return mvOf(values.flatMap((value): readonly Value[] => (value === null ? ['NULL'] : valuesIn(value))));
  const texts = new Map(values.flatMap(valuesIn).map((value) => [splText(value) ?? '', value]));
  return mvOf([...texts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value));
}
