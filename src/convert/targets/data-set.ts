import { searchText } from '../../languages/spl/print/search';
import type { Predicate, Refusal, StartingPoint } from '../../model';
import { dataSetOf } from '../points';

/** A data set of a data model; a field's name begins there with the set's own, and is read back without. */
interface DataSet {
  readonly name: string;
  readonly prefix: string;
}

/** The set that is known to hold a class of events. */
export function setOf(point: StartingPoint): DataSet {
  const name = dataSetOf(point)!;
  return { name, prefix: `${name.slice(name.indexOf('.') + 1)}.` };
}

/** The conditions over a set, as words of a search; null: some cannot be said. */
export const whereIn = (predicate: Predicate, { prefix }: DataSet, refused: Refusal[]): string | null => searchText(prefixed(predicate, prefix), refused);

function prefixed(node: Predicate, prefix: string): Predicate {
  if (node.kind === 'all' || node.kind === 'any') return { ...node, of: node.of.map((part) => prefixed(part, prefix)) };
  if (node.kind === 'not') return { ...node, of: prefixed(node.of, prefix) };
  return node.kind === 'test' && node.left?.kind === 'field' ? { ...node, left: { ...node.left, name: prefix + node.left.name } } : node;
}
