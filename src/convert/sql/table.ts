import type { ConversionOptions, Literal, Operand, Predicate, Test } from '../../model';
import { isOrder } from '../../syntax/orders';
import { placeOf } from '../../syntax/predicates';
import { mapTests } from '../../syntax/walk';
import { called } from '../side';
import { SQL_AS_NUMBER, SQL_AS_TEXT } from './dialect';

/** The predicate over a table with known columns: one that it does not have is null, what is neither text nor number is compared as a text, a text as a number with one. */
export function overTable(predicate: Predicate, columns: ConversionOptions['columns']): Predicate {
  if (columns === undefined) return predicate;
  const inTable = (side: Operand): Operand => {
    if (side.kind === 'call') return { ...side, args: side.args.map(inTable) };
    const kind = side.kind === 'field' ? columns(side.name) : 'text';
    if (kind === null) return called(SQL_AS_TEXT, nullAt(side));
    return kind === 'other' ? called(SQL_AS_TEXT, side) : side;
  };
  return mapTests(predicate, (test): Test => {
    if (test.left === null) return test;
    const left = inTable(test.left);
    const isOrdered = isOrder(test.compare) && test.left.kind === 'field' && columns(test.left.name) !== 'number';
    return { ...test, left: isOrdered ? called(SQL_AS_NUMBER, left) : left, values: test.values.map(inTable) };
  });
}

const nullAt = ({ span }: Operand): Literal => ({ kind: 'literal', span: placeOf(span), type: 'null', text: '' });
