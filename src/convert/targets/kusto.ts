import { localFunction } from '../../knowledge/functions';
import { columnsOfTable } from '../../knowledge/tables';
import { fitsNothing } from '../../languages/kusto/lower/predicate';
import { pathText, print } from '../../languages/kusto/print/print';
import type { StartingPoint } from '../../model';
import type { Manner, Target } from '../manner';
import { tableOf } from '../points';
import { isAtEnds } from './conditions';
import { kustoSeveral } from './several/kusto';
import { isOrder } from '../../syntax/orders';

const manner: Manner = {
  missing: (compare, value) => (isOrder(compare) || compare === 'cidr' ? 'unknown' : compare === 'absent' || compare === 'empty' ? 'true' : fitsNothing(value)),
  emptyIsValue: false,
  saysAbsent: true,
  letters: 'both',
  globs: isAtEnds,
  regex: { dialect: 're2', fold: 'flag', word: 'regex_match' },
  lists: 'literals',
  globWord: 'classified',
  anywhere: 'part',
  anywhereWord: 'keyword',
  hasWords: true,
  cidr: 'cidr_match',
  asksAddress: true,
  fieldsCompare: true,
  manyValues: false,
  functions: 'kusto',
  textOf: localFunction('scalar', 'text', 'kusto')!,
  isTyped: true,
  singleTypes: true,
};

const columnsRead = (point: StartingPoint | null, source: string | null): ReadonlyMap<string, string> | null =>
  columnsOfTable(source ?? (point === null ? '' : tableOf(point)));

export const kustoTarget: Target = {
  id: 'kusto',
  label: 'Kusto',
  language: 'kusto',
  container: null,
  taxonomy: 'kusto',
  manner,
  columnsAt(point, source) {
    const columns = columnsRead(point, source);
    if (columns === null) return null;
    return {
      has: (name) => columns.has(/^[^.[]*/.exec(name)![0]),
      why: (name) => `What is read has no column \`${name}\`: the query fails until it is named otherwise`,
    };
  },
  mannerAt(point, source) {
    const columns = columnsRead(point, source);
    if (columns === null) return manner;
    return {
      ...manner,
      typeOf: (name) => {
        const type = columns.get(name);
        return type === undefined
          ? null
          : type === 'string' || type === 'guid'
            ? 'text'
            : type === 'int' || type === 'long' || type === 'real' || type === 'decimal'
              ? 'number'
              : 'other';
      },
    };
  },
  namesByTable: true,
  scopes: (point) => [tableOf(point).toLowerCase()],
  // What its query asks beside the time says which of the table's events these are.
  scoping: ({ kusto }) => [...kusto.matchAll(/ and (\w+) == "([^"]+)"/g)].map(([, field, value]) => [field!, value!] as const),
  ownSource({ analysis: { sources } }) {
    const names = [...new Set(sources.map(({ name }) => name))];
    return names.length === 0 ? null : names.length === 1 && !names[0]!.includes('*') ? names[0]! : `union ${names.join(', ')}`;
  },
  several: kustoSeveral(manner),
  shape(shape) {
    if (shape.kind === 'limit') return `take ${shape.count}`;
    const fields = shape.kind === 'keep' ? shape.of : shape.by.map(({ of }) => of);
    // A path shown as a column gets another name.
    if (fields.some(({ name }) => pathText(name) !== name || name.includes('.'))) return null;
    return shape.kind === 'keep'
      ? `project ${fields.map(({ name }) => name).join(', ')}`
      : `sort by ${shape.by.map(({ of, descending }) => `${of.name} ${descending ? 'desc' : 'asc'}`).join(', ')}`;
  },
  write({ predicate, point, source }) {
    const printed = print(predicate);
    const table = source ?? (point === null ? 'union *' : tableOf(point));
    return { demands: predicate, printed: 'text' in printed ? { text: `${table}\n| where ${printed.text}` } : printed };
  },
  unsourced: { why: 'No table is known to hold these events: every table is read', effect: 'looser' },
};
