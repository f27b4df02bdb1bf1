import type { FieldNames } from '../knowledge/fields';
import type { FieldRef, GlobPart, Operand, Predicate, Span } from '../model';
import { mapTests } from '../syntax/walk';

/** The predicate with every field's canonical name beside its own; `namesAt` says which names hold at a place. */
export function withCanonicalNames(predicate: Predicate, namesAt: (place: Span) => FieldNames): Predicate {
  const named = (field: FieldRef, names: FieldNames): FieldRef => {
    if (field.derived === true && field.of === undefined) return field;
    const canonical = names.canonical(field.of ?? field.name);
    return canonical === field.name ? field : { ...field, canonical };
  };
  const operandOf = (operand: Operand, names: FieldNames): Operand => {
    switch (operand.kind) {
      case 'field':
        return named(operand, names);
      case 'call':
        return { ...operand, args: operand.args.map((arg) => operandOf(arg, names)) };
      case 'list':
        return { ...operand, of: operand.of.map((item) => operandOf(item, names)) };
      case 'glob':
        return {
          ...operand,
          parts: operand.parts.map((part): GlobPart => (typeof part === 'object' && 'of' in part ? { of: operandOf(part.of, names) } : part)),
        };
      case 'condition':
        return { ...operand, of: visit(operand.of) };
      case 'literal':
      case 'regex':
      case 'time':
      case 'unread':
        return operand;
      default:
        return operand satisfies never;
    }
  };
  const visit = (node: Predicate): Predicate =>
    mapTests(node, (test) => {
      const names = namesAt(test.span);
      return { ...test, left: test.left === null ? null : operandOf(test.left, names), values: test.values.map((value) => operandOf(value, names)) };
    });
  return visit(predicate);
}
