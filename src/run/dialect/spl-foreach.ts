import type { Branch } from '../../model';
import { refused } from '../dialect';
import type { Table } from '../engine';
import type { OwnStep } from '../pipeline-dialect';
import { isList, type Value } from '../value';
import { heldByStars, jsonOf, splText, valuesIn } from './spl-values';

/** A pipeline for each column whose name fits, or for each of several values of one, its marks (`<<FIELD>>`, `<<ITEM>>`) written out. */
export const foreach: OwnStep = ({ of, options = [], branch }, table, running) => {
  const names = of.flatMap((operand) => (operand.kind === 'field' ? [operand.name] : []));
  const mode = options.find(({ name }) => name === 'mode')?.value ?? 'multifield';
  for (const { name } of options) if (name !== 'mode') throw refused(`the option \`${name}\` of foreach`);
  if (mode === 'multifield') {
    const fits = (column: string): readonly (readonly [string, string])[] | null => {
      for (const name of names) {
        const found = heldByStars(column, name.split('*'));
        if (found !== null) return [['FIELD', column], ['MATCHSTR', found.join('')], ...found.map((text, at) => [`MATCHSEG${at + 1}`, text] as const)];
      }
      return null;
    };
    return table.columns.reduce((made, { name }) => {
      const marks = fits(name);
      return marks === null ? made : running.through(marked(branch!, marks), made);
    }, table);
  }
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
