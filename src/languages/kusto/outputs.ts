import type { OutputField } from '../../model';
import type { Node } from './node';
import type { Scope } from './scope';

/** The fields the answer carries: every column where a query says them all, else those it makes itself. */
export function outputsOf(text: string, nodes: readonly Node[], scope: Scope): readonly OutputField[] {
  const made = new Map<string, OutputField>();
  for (const { stage } of nodes) {
    for (const { name, span, expression } of stage.derives ?? [])
      made.set(name, { name, source: text.slice(expression.start, expression.end).replace(/\s+/g, ' ').trim(), span });
    for (const field of stage.groupBy ?? []) if (!made.has(field.name)) made.set(field.name, { name: field.name, source: field.name, span: field.span });
  }
  const names = [...scope.own.keys()];
  const end = nodes.at(-1)?.stage.span ?? { start: 0, end: 0 };
  return names.map((name) => made.get(name) ?? { name, source: name, span: end });
}
