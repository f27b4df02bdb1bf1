import type { Branch, Operation } from '../../model';
import { refused } from '../dialect';
import type { Table } from '../engine';
import type { OwnStep } from '../pipeline-dialect';
import { isList, type Value } from '../value';
import { heldByStars, jsonOf, splText, valuesIn } from './spl-values';

/** The pipeline for a column, its marks written out; null where none of the names fits it. */
function forColumn(names: readonly string[], branch: Branch, column: string): Branch | null {
  for (const name of names) {
    const found = heldByStars(column, name.split('*'));
    if (found !== null)
      return marked(branch, [['FIELD', column], ['MATCHSTR', found.join('')], ...found.map((text, at) => [`MATCHSEG${at + 1}`, text] as const)]);
  }
  return null;
}

/** Of a foreach over columns: a pipeline for one that its first name fits, as an event may have it; null for any other step. */
export function throughOne({ word, of, options = [], branch }: Extract<Operation, { kind: 'own' }>): Branch | null {
  const [first] = of;
  if (word !== 'foreach' || options.length > 0 || branch === undefined || first?.kind !== 'field' || first.name === '*') return null;
  return forColumn([first.name], branch, first.name.replaceAll('*', '0'));
}

/** A pipeline for each column whose name fits, or for each of several values of one, its marks (`<<FIELD>>`, `<<ITEM>>`) written out. */
export const foreach: OwnStep = ({ of, options = [], branch }, table, running) => {
  const names = of.flatMap((operand) => (operand.kind === 'field' ? [operand.name] : []));
  const mode = options.find(({ name }) => name === 'mode')?.value ?? 'multifield';
  for (const { name } of options) if (name !== 'mode') throw refused(`the option \`${name}\` of foreach`);
  if (mode === 'multifield')
    return table.columns.reduce((made, { name }) => {
      const through = forColumn(names, branch!, name);
      return through === null ? made : running.through(through, made);
    }, table);
  const [name] = names;
  if (name === undefined || (mode !== 'multivalue' && mode !== 'json_array')) throw refused(`foreach of the mode \`${mode}\``);
  const itemsOf = (value: Value): readonly Value[] => {
    if (mode === 'multivalue') return valuesIn(value);
    const json = jsonOf(value);
    return isList(json) ? json : [];
  };
  const tables = table.rows.map((row) =>
    itemsOf(row[name] ?? null).reduce<Table>(
      (made, item, at) =>
        running.through(
          marked(branch!, [
            ['ITEM', splText(item) ?? ''],
            ['ITER', String(at)],
          ]),
          made,
        ),
      {
        columns: table.columns,
        rows: [row],
      },
    ),
  );
  const columns = new Map([...table.columns, ...tables.flatMap((one) => one.columns)].map((column) => [column.name, column]));
  return { columns: [...columns.values()], rows: tables.flatMap(({ rows }) => rows) };
};

/** A pipeline with what stands for its marks. A mark alone that stands for a number is one, as the text would be read. */
const marked = (branch: Branch, marks: readonly (readonly [string, string])[]): Branch => {
  const written = (text: string): string => marks.reduce((all, [mark, value]) => all.replaceAll(`<<${mark}>>`, value), text);
  const over = (part: unknown): unknown => {
    if (typeof part === 'string') return part.includes('<<') ? written(part) : part;
    if (Array.isArray(part)) return part.map(over);
    if (typeof part !== 'object' || part === null) return part;
    const made = Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, over(inner)]));
    const isMark = made['kind'] === 'field' && /^<<(?:MATCHSTR|MATCHSEG\d|ITEM|ITER)>>$/.test(String((part as { name: unknown }).name));
    return isMark && /^-?\d+(?:\.\d+)?$/.test(String(made['name'])) ? { kind: 'literal', span: made['span'], type: 'number', text: made['name'] } : made;
  };
  return over(branch) as Branch;
};
