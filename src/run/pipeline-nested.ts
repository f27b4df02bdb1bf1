import type { Operation } from '../model';
import { refused, type Row } from './dialect';
import type { Table } from './engine';
import { groupsOf, readyMeasures } from './pipeline-aggregate';
import type { Running } from './pipeline-dialect';
import { draftOf, type Draft } from './running';
import { isNumber, type Value } from './value';

/** The groups of most by a measure, the same inside each of them, and so on: one row for each group of the last level. */
export function nested({ levels }: Extract<Operation, { kind: 'nested' }>, table: Table, running: Running): Table {
  const { dialect } = running;
  if (levels.length > 1 && levels.some(({ others }) => others !== undefined)) throw refused('the others of several levels');
  const ready = levels.map(({ of, count, by, ascending, others }) => {
    const [measure] = readyMeasures(by, { by: [of] }, table, running);
    if (measure === undefined) throw refused('a level without a measure');
    const most = count === undefined ? Infinity : running.evaluate(count)({});
    if (!isNumber(most) || Number(most) < 0) throw refused('a number of groups that is no number');
    return {
      key: { name: of.name, type: running.columnType(of.value), evaluate: running.evaluate(of.value) },
      measure,
      most: Number(most),
      sign: ascending === true ? 1 : -1,
      others: others === undefined ? undefined : running.evaluate(others)({}),
    };
  });
  const columns = ready.flatMap(({ key, measure }) => [key, measure]).map(({ name, type }) => ({ name, type }));
  if (new Set(columns.map(({ name }) => name)).size < columns.length) throw refused('two columns of one name');

  const inside = (at: number, rows: readonly Row[], outer: Draft): readonly Draft[] => {
    const level = ready[at];
    if (level === undefined) return [outer];
    const { key, measure, most, sign, others } = level;
    const groups = groupsOf([key], rows, running).map((group) => ({ ...group, value: measure.measure(group.rows) }));
    const order = (a: Value, b: Value): number => (a === null || b === null ? Number(a === null) - Number(b === null) : sign * dialect.sorted(a, b, undefined));
    groups.sort((a, b) => order(a.value, b.value));
    const [kept, rest] = [groups.slice(0, most), groups.slice(most)];
    if (rest.length > 0 && kept.length > 0 && order(kept.at(-1)!.value, rest[0]!.value) === 0) throw refused('which of groups with equal measures are kept');
    const made = (name: Value, value: Value): Draft => Object.assign(draftOf(outer), { [key.name]: name, [measure.name]: value });
    const found = kept.flatMap((group) => inside(at + 1, group.rows, made(group.values[0] ?? null, group.value)));
    if (others === undefined) return found;
    if (rest.length === 0) throw refused('others where every group is kept');
    return [...found, made(others, measure.measure(rest.flatMap((group) => group.rows)))];
  };
  return { columns, rows: inside(0, table.rows, Object.create(null) as Draft) };
}
