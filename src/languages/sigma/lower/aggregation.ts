import type { ColumnRef, FieldRef, Measure, Operation, Parameter, Predicate, Span, Stage, Test } from '../../../model';
import { ORDER_SIGNS, saidBy } from '../../../syntax/orders';
import { unread } from '../../../syntax/predicates';
import type { Aggregation } from '../tree';

const OPERATORS: ReadonlySet<string> = new Set(['=', '==', ...Object.values(ORDER_SIGNS)]);

const FUNCTIONS: ReadonlySet<string> = new Set(['count', 'min', 'max', 'avg', 'sum']);

/**
 * The part of an old condition after its bar as a stage: a count with its group and threshold over the `timeframe`, `near` as what it is not modelled to be.
 * `count(field)` counts the field's distinct values (the old specification, "Aggregation expression").
 */
export function aggregationStage(aggregation: Aggregation, timeframe: Parameter | null, place: (span: Span) => Span): Stage {
  const span = place(aggregation.span);
  const { field, operator, bound } = aggregation;
  const parameters = timeframe === null ? null : { parameters: [timeframe] };
  if (operator === null || !OPERATORS.has(operator.text) || bound === null || !FUNCTIONS.has(aggregation.function)) {
    const lost = unread(span, 'unmodelled', aggregation.function === '' ? 'aggregation' : `aggregation \`${aggregation.function}\``);
    return { kind: 'aggregation', role: 'unread', span, operations: [lost], predicate: lost, ...parameters };
  }
  const { word, compare } = saidBy(operator.text);
  const fieldAt = ({ name, span: at }: { readonly name: string; readonly span: Span }): FieldRef => ({ kind: 'field', name, span: place(at) });
  const by = aggregation.by.map(fieldAt);
  const groupBy: readonly ColumnRef[] = by.map(({ name, span: at }) => ({ name, span: at }));
  const name = `${aggregation.function}(${field?.name ?? ''})`;
  const made = place({ start: aggregation.functionSpan.start, end: (field?.span ?? aggregation.functionSpan).end });
  const measure: Measure = { name, span: made, fn: aggregation.function, args: field === null ? [] : [fieldAt(field)] };
  const test: Test = {
    kind: 'test',
    span,
    left: { kind: 'field', name, span: made, derived: true },
    compare,
    values: [{ kind: 'literal', type: 'number', text: bound.text, span: place(bound.span) }],
    case: 'fold',
    missing: 'false',
    word,
    operator: place(operator.span),
  };
  const predicate: Predicate = test;
  const operations: readonly Operation[] = [
    {
      kind: 'aggregate',
      span,
      how: 'group',
      measures: [measure],
      by: by.map((value) => ({ name: value.name, span: value.span, value })),
      ...(timeframe === null ? null : { options: [{ name: timeframe.name, value: timeframe.value }] }),
    },
    { kind: 'filter', span, predicate },
  ];
  return { kind: 'aggregation', role: 'aggregate', span, operations, predicate, groupBy, derives: [{ name, span: made, expression: made }], ...parameters };
}
