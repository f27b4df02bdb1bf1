import type { Operator, Predicate, Span, Stage } from '../../../model';
import { exactTest, type WrittenField } from '../../../syntax/written-test';
import type { Aggregation } from '../tree';

const OPERATORS: Readonly<Record<string, Operator>> = { '>': 'gt', '>=': 'ge', '<': 'lt', '<=': 'le', '=': 'eq', '==': 'eq' };

/** The part of an old condition after its bar as a stage: a count with its group and threshold, `near` as what it is not modelled to be. */
export function aggregationStage(aggregation: Aggregation, place: (span: Span) => Span): Stage {
  const span = place(aggregation.span);
  const { field, operator, bound } = aggregation;
  const op = operator === null ? undefined : OPERATORS[operator.text];
  if (op === undefined || bound === null || !['count', 'min', 'max', 'avg', 'sum'].includes(aggregation.function)) {
    return { kind: 'aggregation', role: 'unread', span, predicate: { kind: 'unread', span, reason: 'unmodelled', note: aggregation.function } };
  }
  const groupBy = aggregation.by.map(({ name, span: at }): WrittenField => ({ name, span: place(at) }));
  const name = `${aggregation.function}(${field?.name ?? ''})`;
  const made = place({ start: aggregation.functionSpan.start, end: (field?.span ?? aggregation.functionSpan).end });
  const predicate: Predicate = exactTest({
    kind: 'test',
    span,
    field: { name, span: made, derived: true },
    op,
    values: [{ text: bound.text, span: place(bound.span), type: 'number' }],
    caseSensitive: false,
  });
  return { kind: 'aggregation', role: 'aggregate', span, predicate, groupBy, derives: [{ name, span: made, expression: made }] };
}
