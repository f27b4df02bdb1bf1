import type { Operation } from '../model';
import type { Table } from './engine';
import type { Running } from './pipeline-dialect';

/** Steps that leave exactly the columns they name. */
const CLOSING: ReadonlySet<Operation['kind']> = new Set(['rows', 'range', 'project', 'nested', 'schema', 'series']);
/** Steps that add columns of known names, or none. */
const KEEPING: ReadonlySet<Operation['kind']> = new Set([
  'filter',
  'assign',
  'keep',
  'drop',
  'reorder',
  'rename',
  'sort',
  'limit',
  'distinct',
  'aggregate',
  'show',
]);
/** Steps whose columns are all those of the table before them. */
const ASKING: ReadonlySet<Operation['kind']> = new Set(['rows', 'filter', 'assign', 'project', 'sort']);

/** Whether a step leaves exactly the columns it names: measures of every column (`arg_max(x, *)`) hand on those that nobody named. */
function isClosing(operation: Operation): boolean {
  if (operation.kind !== 'aggregate') return CLOSING.has(operation.kind);
  return operation.how === 'group' && !operation.measures.some(({ args }) => args.some((arg) => arg.kind === 'field' && arg.name.includes('*')));
}

/** Steps that leave rows in the order they stood in. */
const IN_ORDER: ReadonlySet<Operation['kind']> = new Set([
  'filter',
  'assign',
  'project',
  'keep',
  'drop',
  'reorder',
  'rename',
  'limit',
  'expand',
  'extract',
  'unpack',
  'fill',
  'show',
]);

/** A table with what is known of its columns and of its rows' order after a step. */
export function known(operation: Operation, before: Table | null, after: Table): Table {
  const isClosed = isClosing(operation) || (KEEPING.has(operation.kind) && before?.isClosed === true);
  // Rows that a query makes itself stand as it makes them.
  const isOrdered =
    operation.kind === 'sort' || operation.kind === 'range' || operation.kind === 'rows' || (IN_ORDER.has(operation.kind) && before?.isOrdered === true);
  return { ...after, ...(isClosed ? { isClosed } : null), ...(isOrdered ? { isOrdered } : null) };
}

/** Which columns a step cannot read: those its table is known not to have, and in a condition those of a row that was taken among several. */
export function unreadableIn(operation: Operation, table: Table | null, chosen: readonly string[], { dialect }: Running): (name: string) => string | null {
  if (dialect.starred === true) return (name) => (name.includes('*') ? `\`${name}\`, several fields where one is asked for` : null);
  if (dialect.strict !== true || !ASKING.has(operation.kind)) return () => null;
  const known = operation.kind === 'rows' ? [] : table?.isClosed === true ? table.columns.map(({ name }) => name) : null;
  return (name) => {
    if (operation.kind === 'filter' && chosen.includes(name)) return `a condition on \`${name}\`, of which the join took one row's among several`;
    return known === null || name.includes('*') || known.some((column) => name === column || name.startsWith(`${column}.`)) ? null : `no column \`${name}\``;
  };
}
