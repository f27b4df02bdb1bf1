import type { Predicate, Test } from '../model';
import type { Manner } from './manner';

/** Comparisons of a choice that differ in their values only, as one of several values, where the target has such; in the place of the first. */
export function gathered(parts: readonly Predicate[], lists: Manner['lists']): readonly Predicate[] {
  const opened = parts.flatMap((part) => (part.kind === 'any' ? part.of : [part]));
  return lists === 'none' ? opened : groupsOf(opened, keyOf).map(oneOf);
}

/** A choice of which one part asks for no field and another for an empty text in it asks for either at once: that loses nothing where both are one. */
export function emptied(parts: readonly Predicate[]): readonly Predicate[] {
  const empty = new Set(parts.map(emptyIn));
  const absent = new Set(parts.map(absentIn));
  return parts.flatMap((part): readonly Predicate[] => {
    const [gone, none] = [absentIn(part), emptyIn(part)];
    if (none !== null && absent.has(none)) return [];
    return [gone !== null && empty.has(gone) && part.kind === 'test' ? { ...part, compare: 'empty', values: [] } : part];
  });
}

/** The field that is asked not to be there. */
const absentIn = (part: Predicate): string | null => (part.kind === 'test' && part.compare === 'absent' && part.left?.kind === 'field' ? part.left.name : null);

/** The field that is compared with an empty text alone. */
function emptyIn(part: Predicate): string | null {
  if (part.kind !== 'test' || part.compare !== 'equals' || part.left?.kind !== 'field' || part.values.length !== 1) return null;
  const [value] = part.values;
  return value?.kind === 'literal' && value.type === 'string' && value.text === '' ? part.left.name : null;
}

/** Parts, those of one key together, in the place of the first; the key of a test, null where it goes with no other. */
function groupsOf(parts: readonly Predicate[], keyFor: (test: Test) => string | null): readonly (readonly Predicate[])[] {
  const groups = new Map<string | Predicate, Predicate[]>();
  for (const part of parts) {
    const key = (part.kind === 'test' ? keyFor(part) : null) ?? part;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [part]);
    else group.push(part);
  }
  return [...groups.values()];
}

function oneOf(parts: readonly Predicate[]): Predicate {
  const [first, ...others] = parts;
  if (others.length === 0 || first?.kind !== 'test') return first!;
  const tests = parts.filter((part) => part.kind === 'test');
  const end = tests.reduce((most, { span }) => Math.max(most, span.end), 0);
  const { every: _, ...one } = first;
  return { ...one, span: { start: first.span.start, end }, values: tests.flatMap(({ values }) => values), word: 'in' };
}

/** Null: it is not one of several values of a field. */
function keyOf({ left, compare, values, case: letters, missing, over, modifiers, every }: Test): string | null {
  if (left?.kind !== 'field' || compare !== 'equals' || over !== undefined || (every === true && values.length > 1)) return null;
  return values.every(({ kind }) => kind === 'literal' || kind === 'glob') ? `${left.name} ${letters} ${missing} ${modifiers?.join(' ') ?? ''}` : null;
}

/**
 * The same, what Sigma writes as one list side by side: comparisons of a choice that differ in their values only, and texts that one field must hold
 * together, each told as one of those that must all fit.
 */
export function gatheredAll(node: Predicate): Predicate {
  switch (node.kind) {
    case 'any':
      return { ...node, of: groupsOf(node.of.map(gatheredAll), listedAs).flat() };
    case 'not':
      return { ...node, of: gatheredAll(node.of) };
    case 'all': {
      const groups = groupsOf(node.of.map(gatheredAll), (test) => (isPart(test) ? keyOf(test) : null));
      return { ...node, of: groups.flatMap((parts) => (parts.length === 1 ? parts : parts.map((part) => ({ ...part, every: true as const })))) };
    }
    case 'test':
    case 'unread':
      return node;
    default:
      return node satisfies never;
  }
}

/** Whether one text is sought within a field. */
const isPart = ({ word, values }: Test): boolean => word === 'contains' && values.length === 1 && values[0]!.kind === 'glob';

const MODIFIERS: ReadonlySet<Test['word']> = new Set(['contains', 'starts_with', 'ends_with']);
const listedAs = (test: Test): string | null => {
  const key = keyOf(test);
  return key === null || test.every === true ? null : `${key} ${MODIFIERS.has(test.word) ? test.word : ''}`;
};
