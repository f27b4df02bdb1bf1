import type { FieldNames } from '../knowledge/fields';
import type { FieldRef, GlobPart, Operand, Predicate, Span } from '../model';
import { mapTests, replaced } from '../syntax/walk';

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
        return { ...operand, args: replaced(operand.args, (arg) => operandOf(arg, names)) };
      case 'list':
        return { ...operand, of: replaced(operand.of, (item) => operandOf(item, names)) };
      case 'glob': {
        const parts = replaced(operand.parts, (part): GlobPart => (typeof part === 'object' && 'of' in part ? { of: operandOf(part.of, names) } : part));
        return parts === operand.parts ? operand : { ...operand, parts };
      }
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
      const left = test.left === null ? null : operandOf(test.left, names);
      const values = replaced(test.values, (value) => operandOf(value, names));
      return left === test.left && values === test.values ? test : { ...test, left, values };
    });
  return visit(predicate);
}
