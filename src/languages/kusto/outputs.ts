import type { OutputField } from '../../model';
import type { Node } from './node';
import type { Scope } from './scope';

/** The fields the answer carries: every column where they are known, else those the query makes itself. */
export function outputsOf(text: string, nodes: readonly Node[], scope: Scope): readonly OutputField[] {
  const made = new Map<string, OutputField>();
  for (const node of nodes) {
    for (const { name, span, expression } of node.derives ?? [])
      made.set(name, { name, source: text.slice(expression.start, expression.end).replace(/\s+/g, ' ').trim(), span });
    for (const field of node.groupBy ?? []) if (!made.has(field.name)) made.set(field.name, { name: field.name, source: field.name, span: field.span });
  }
  const isClosed = scope.bases.length === 0;
  const names = isClosed ? [...scope.own.keys()] : [...made.keys()].filter((name) => scope.own.has(name));
  const end = nodes.at(-1)?.span ?? { start: 0, end: 0 };
  return names.map((name) => made.get(name) ?? { name, source: name, span: end });
}
