import type { GlobPart, Operand, Predicate } from '../model';

/** What columns stand for, by name; null: what cannot be worked back to a field. A name that is not there is a field of the event. */
type Columns = ReadonlyMap<string, Operand | null>;

/** Of a written-out expression no more than this is kept: what is longer cannot be worked back. */
const MOST_PARTS = 800;

/** An operand with columns replaced by what they stand for; null where one cannot be worked back. The same object where nothing changes. */
export function operandOver(operand: Operand, columns: Columns): Operand | null {
  switch (operand.kind) {
    case 'field':
      return columnOf(operand, columns);
    case 'call': {
      const args = all(operand.args, columns);
      return args === null ? null : args === operand.args ? operand : { ...operand, args };
    }
    case 'list': {
      const of = all(operand.of, columns);
      return of === null ? null : of === operand.of ? operand : { ...operand, of };
    }
    case 'condition': {
      const of = predicateOver(operand.of, columns);
      return of === null ? null : of === operand.of ? operand : { ...operand, of };
    }
    case 'glob': {
      if (!operand.parts.some((part) => typeof part === 'object' && 'of' in part)) return operand;
      const parts: GlobPart[] = [];
      for (const part of operand.parts) {
        const of = typeof part === 'object' && 'of' in part ? operandOver(part.of, columns) : undefined;
        if (of === null) return null;
        parts.push(of === undefined ? part : { of });
      }
      return { ...operand, parts };
    }
    case 'literal':
    case 'regex':
    case 'time':
    case 'unread':
      return operand;
    default:
      return operand satisfies never;
  }
}

function columnOf(field: Extract<Operand, { kind: 'field' }>, columns: Columns): Operand | null {
  const found = columns.get(field.name);
  if (found !== undefined) return found;
  // A name that a renaming with a star gave.
  for (const [to, from] of columns) {
    const star = to.indexOf('*');
    if (star < 0 || from?.kind !== 'field') continue;
    const [head, tail] = [to.slice(0, star), to.slice(star + 1)];
    if (field.name.length < head.length + tail.length || !field.name.startsWith(head) || !field.name.endsWith(tail) || field.name.includes('.')) continue;
    return { ...field, name: from.name.replace('*', field.name.slice(head.length, field.name.length - tail.length)) };
  }
  // A part of a column that was made stands in what it was made of.
  for (let dot = field.name.lastIndexOf('.'); dot > 0; dot = field.name.lastIndexOf('.', dot - 1)) {
    const head = columns.get(field.name.slice(0, dot));
    if (head === undefined) continue;
    if (head?.kind === 'field') return { ...head, name: head.name + field.name.slice(dot) };
    return head === null
      ? null
      : field.name
          .slice(dot + 1)
          .split('.')
          .reduce<Operand>((of, step) => partOf(of, /^-?\d+$/.test(step) ? Number(step) : step), head);
  }
  return field;
}

/** A member of what an operand gives, or an element of it: one that stands in it is itself. */
export function partOf(operand: Operand, step: string | number): Operand {
  if (typeof step === 'number' && operand.kind === 'list' && operand.of[step] !== undefined) return operand.of[step];
  const { span } = operand;
  const key: Operand = { kind: 'literal', span, type: typeof step === 'number' ? 'number' : 'string', text: String(step) };
  return { kind: 'call', span, fn: '[]', name: span, args: [operand, key], written: `[${step}]` };
}

function all(operands: readonly Operand[], columns: Columns): readonly Operand[] | null {
  const of: Operand[] = [];
  let isSame = true;
  for (const operand of operands) {
    const made = operandOver(operand, columns);
    if (made === null) return null;
    isSame &&= made === operand;
    of.push(made);
  }
  return isSame ? operands : of;
}

/** A predicate over the event's own fields; null where a part cannot be worked back. */
export function predicateOver(predicate: Predicate, columns: Columns): Predicate | null {
  if (columns.size === 0) return predicate;
  switch (predicate.kind) {
    case 'all':
    case 'any': {
      const of: Predicate[] = [];
      for (const part of predicate.of) {
        const made = predicateOver(part, columns);
        if (made === null) return null;
        of.push(made);
      }
      return of.every((part, at) => part === predicate.of[at]) ? predicate : { ...predicate, of };
    }
    case 'not': {
      const of = predicateOver(predicate.of, columns);
      return of === null ? null : of === predicate.of ? predicate : { ...predicate, of };
    }
    case 'test': {
      const left = predicate.left === null ? null : operandOver(predicate.left, columns);
      const values = all(predicate.values, columns);
      if ((left === null && predicate.left !== null) || values === null) return null;
      return left === predicate.left && values === predicate.values ? predicate : { ...predicate, left, values };
    }
    case 'unread':
      return predicate;
    default:
      return predicate satisfies never;
  }
}

/** Whether an operand is small enough to be worked back. */
export function isSmall(operand: Operand): boolean {
  let left = MOST_PARTS;
  const visit = (inner: Operand): boolean => {
    if (left-- <= 0) return false;
    if (inner.kind === 'call') return inner.args.every(visit);
    if (inner.kind === 'condition') return visitIn(inner.of);
    return inner.kind === 'list' ? inner.of.every(visit) : true;
  };
  const visitIn = (predicate: Predicate): boolean => {
    if (predicate.kind === 'all' || predicate.kind === 'any') return predicate.of.every(visitIn);
    if (predicate.kind === 'not') return visitIn(predicate.of);
    return predicate.kind !== 'test' || ((predicate.left === null || visit(predicate.left)) && predicate.values.every(visit));
  };
  return visit(operand);
}
