import type { FieldRef, Operation, Rule, Span } from '../model';

/** What a pipeline shows of the rows that are left: which columns, in which order, how many. */
export type Shape =
  | { readonly kind: 'keep'; readonly span: Span; readonly of: readonly FieldRef[] }
  | { readonly kind: 'sort'; readonly span: Span; readonly by: readonly { readonly of: FieldRef; readonly descending: boolean }[] }
  | { readonly kind: 'limit'; readonly span: Span; readonly count: string };

/** A step as one that every pipeline has; null: it is another. Where rows without a value stand in an order is each pipeline's own. */
export function shapeOf(operation: Operation): Shape | null {
  switch (operation.kind) {
    case 'project': {
      const of = operation.of.flatMap(({ name, value }) => (value.kind === 'field' && value.name === name && isPlain(value) ? [value] : []));
      return of.length === operation.of.length ? { kind: 'keep', span: operation.span, of } : null;
    }
    case 'keep':
      if (operation.names.some((name) => name.includes('*') || name.startsWith('_'))) return null;
      return { kind: 'keep', span: operation.span, of: operation.names.map((name): FieldRef => ({ kind: 'field', name, span: operation.span })) };
    case 'sort': {
      const by = operation.by.flatMap(({ of, descending, as }) => (of.kind === 'field' && as === undefined && isPlain(of) ? [{ of, descending }] : []));
      return by.length === operation.by.length ? { kind: 'sort', span: operation.span, by } : null;
    }
    case 'limit': {
      const { count, by, end } = operation;
      return count.kind === 'literal' && by === undefined && end === undefined ? { kind: 'limit', span: operation.span, count: count.text } : null;
    }
    default:
      return null;
  }
}

const isPlain = ({ derived, of }: FieldRef): boolean => derived !== true && of === undefined;

/** What a rule shows of single events, by steps that every pipeline has. */
export function shapesOf({ analysis }: Rule): readonly Shape[] {
  const operations = analysis.stages.flatMap((stage) => stage.operations ?? []);
  const end = operations.findIndex(({ kind }) => kind === 'aggregate' || kind === 'distinct');
  return (end < 0 ? operations : operations.slice(0, end)).flatMap((operation) => shapeOf(operation) ?? []);
}

/** The step with fields by other names. */
export function shapeNamed(shape: Shape, nameOf: (field: FieldRef) => string): Shape {
  const named = (field: FieldRef): FieldRef => ({ kind: 'field', name: nameOf(field), span: field.span });
  switch (shape.kind) {
    case 'keep':
      return { ...shape, of: shape.of.map(named) };
    case 'sort':
      return { ...shape, by: shape.by.map(({ of, descending }) => ({ of: named(of), descending })) };
    case 'limit':
      return shape;
    default:
      return shape satisfies never;
  }
}

/** What steps do, as a text that those that do the same share. */
export const shapesMeaning = (shapes: readonly Shape[]): string =>
  shapes
    .map((shape) =>
      shape.kind === 'keep'
        ? ` keep ${shape.of.map(({ name }) => name).join(', ')}`
        : shape.kind === 'sort'
          ? ` sort ${shape.by.map(({ of, descending }) => `${of.name} ${descending ? 'down' : 'up'}`).join(', ')}`
          : ` limit ${shape.count}`,
    )
    .join('');
